import type { AstNode, LangiumDocument } from 'langium';
import type { FileNames } from './files.ts';

/** A time in which every name that a file can see means the same: what was found out by name in it still holds. */
export interface Epoch {
  readonly names: ReadonlyMap<string, AstNode>[];
  /** What `extends` says, and what it finds. */
  readonly bases: readonly unknown[];
}

/** The epochs of files. */
export class Epochs {
  private readonly names: FileNames;
  private readonly current = new WeakMap<LangiumDocument, Epoch>();

  constructor(names: FileNames) {
    this.names = names;
  }

  /** The same object for as long as all names of the file mean the same nodes. */
  of(document: LangiumDocument): Epoch {
    const epoch = this.read(document);
    const last = this.current.get(document);
    if (last && isSame(last, epoch)) return last;
    this.current.set(document, epoch);
    return epoch;
  }

  private read(document: LangiumDocument): Epoch {
    const architectures = this.names.architectures(document);
    const seen = [...architectures.values()];
    const members = seen.flatMap((architecture) => {
      const { elements, scenarios } = this.names.members(architecture);
      return [elements, scenarios];
    });
    const bases = seen.flatMap((architecture) => [architecture.base?.$refText, this.names.baseOf(architecture)]);
    return { names: [this.names.declarations(document), architectures, ...members], bases };
  }
}

function isSame(left: Epoch, right: Epoch): boolean {
  return (
    left.bases.length === right.bases.length &&
    left.bases.every((base, index) => base === right.bases[index]) &&
    left.names.length === right.names.length &&
    left.names.every((names, index) => isSameMap(names, right.names[index]))
  );
}

function isSameMap(left: ReadonlyMap<string, AstNode>, right: ReadonlyMap<string, AstNode> | undefined): boolean {
  if (left.size !== right?.size) return false;
  for (const [name, node] of left) if (right.get(name) !== node) return false;
  return true;
}
