import type { AstNode, CompositeCstNode, CstNode, LangiumDocument, LeafCstNode, Reference } from 'langium';
import type { Architecture, Element, Scenario } from '../generated/ast.ts';
import { walk } from '../names/walk.ts';

/** What a name can be given to. */
export type Named = Element | Architecture | Scenario;

/** A name where it stands in a text: at its declaration, or in a reference. */
export interface Occurrence {
  /** In normal form C, as names are compared. */
  readonly name: string;
  /** The declaration itself, or the node that holds the reference. */
  readonly node: AstNode;
  /** The property that holds the reference; `name` at a declaration. */
  readonly property: string;
  /** Absent at a declaration. */
  readonly reference?: Reference;
  readonly words: CstNode;
}

export const isDeclaration = (occurrence: Occurrence): occurrence is Occurrence & { readonly node: Named } =>
  occurrence.reference === undefined;

/** The names of one file. */
export interface FileOccurrences {
  /** In the order of the text. */
  readonly all: readonly Occurrence[];
  readonly byName: ReadonlyMap<string, readonly Occurrence[]>;
}

/** Every name of every file, found by walking each tree once. */
export class Occurrences {
  private readonly kept = new WeakMap<LangiumDocument, Kept>();

  of(document: LangiumDocument): FileOccurrences {
    const { parseResult, textDocument } = document;
    const known = this.kept.get(document);
    // Reading a text anew gives a new tree, or mends the old one for the next version of the text.
    if (known?.parseResult === parseResult && known.version === textDocument.version) return known.found;
    const found = collect(parseResult.value);
    this.kept.set(document, { parseResult, version: textDocument.version, found });
    return found;
  }

  /** The name at an offset; right behind its last letter still counts, for there the cursor stands after typing it. */
  at(document: LangiumDocument, offset: number): Occurrence | undefined {
    const { all } = this.of(document);
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle] as Occurrence).words.offset <= offset) low = middle + 1;
      else high = middle;
    }
    const found = all[low - 1];
    return found && offset <= found.words.end ? found : undefined;
  }
}

interface Kept {
  readonly parseResult: LangiumDocument['parseResult'];
  readonly version: number;
  readonly found: FileOccurrences;
}

const DECLARING: ReadonlySet<string> = new Set(['Architecture', 'Component', 'Group', 'Hazard', 'Scenario', 'Service']);

function collect(root: AstNode): FileOccurrences {
  const all: Occurrence[] = [];
  walk(
    root,
    (node) => {
      if (DECLARING.has(node.$type)) all.push(...declaration(node as Named));
    },
    (node, property, reference) => {
      const words = reference.$refNode;
      if (words) all.push({ name: reference.$refText, node, property, reference, words });
    },
  );
  all.sort((left, right) => left.words.offset - right.words.offset);
  const byName = new Map<string, Occurrence[]>();
  for (const occurrence of all) {
    const same = byName.get(occurrence.name);
    if (same) same.push(occurrence);
    else byName.set(occurrence.name, [occurrence]);
  }
  return { all, byName };
}

function declaration(node: Named): Occurrence[] {
  const name: string | undefined = node.name;
  const words = name === undefined ? undefined : nameWords(node);
  // Where the name is missing, the first one may be that of something else.
  return words?.text.normalize('NFC') === name && words ? [{ name, node, property: 'name', words }] : [];
}

/** The words of a declaration's name: the first name of the text of what a word of the language begins. */
export const nameWords = (node: AstNode): CstNode | undefined => node.$cstNode && firstName(node.$cstNode);

function firstName(words: CstNode): CstNode | undefined {
  if (!('content' in words)) return (words as LeafCstNode).tokenType.name === 'NAME' ? words : undefined;
  for (const part of (words as CompositeCstNode).content) {
    const found = firstName(part);
    if (found) return found;
  }
  return undefined;
}
