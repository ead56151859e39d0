import { type AstNode, AstUtils, DocumentState, type LangiumDocuments, WorkspaceCache } from 'langium';
import {
  type Architecture,
  isArchitecture,
  isComponent,
  isGroup,
  isRemoval,
  isScenario,
  isService,
} from '../generated/ast.ts';
import { type FileNames, fileOf } from '../names/files.ts';
import type { P2PArchServices } from '../services.ts';
import { isDeclaration, type Named, type Occurrence, Occurrences } from './occurrences.ts';

/** What names mean, in each architecture in which their words are read. */
export class Meanings {
  readonly occurrences: Occurrences;
  readonly documents: LangiumDocuments;
  private readonly names: FileNames;
  private readonly variants: WorkspaceCache<'variants', ReadonlyMap<Architecture, readonly Architecture[]>>;

  constructor(services: P2PArchServices) {
    this.occurrences = new Occurrences();
    this.documents = services.shared.workspace.LangiumDocuments;
    this.names = services.names.FileNames;
    this.variants = new WorkspaceCache(services.shared, DocumentState.Parsed);
  }

  /**
   * What a name means where it stands. A scenario on several architectures names a member of each of them, and one
   * inside an architecture a member of it and of each variant; every other name means one thing.
   */
  here(occurrence: Occurrence): Named[] {
    if (isDeclaration(occurrence)) return [occurrence.node];
    const around = AstUtils.getContainerOfType(occurrence.node, isArchitecture);
    const isOne = around && !isRemoval(occurrence.node) && !AstUtils.getContainerOfType(occurrence.node, isScenario);
    return this.among(occurrence, isOne ? [around] : this.grounds(occurrence.node));
  }

  /** As `here`, and what it means in the variants that inherit its words. */
  everywhere(occurrence: Occurrence): Named[] {
    return isDeclaration(occurrence) ? [occurrence.node] : this.among(occurrence, this.grounds(occurrence.node));
  }

  /** What a name that stands at the words of `occurrence` means in one architecture. */
  in(occurrence: Occurrence, ground: Architecture): Named | undefined {
    if (isRemoval(occurrence.node)) return this.names.inBase(occurrence.name, ground);
    return this.names.lookUp(occurrence.name, ground, occurrence.node);
  }

  private among(occurrence: Occurrence, grounds: readonly Architecture[]): Named[] {
    if (namesArchitecture(occurrence)) {
      const named = this.names.architectures(AstUtils.getDocument(occurrence.node)).get(occurrence.name);
      return named ? [named] : [];
    }
    return [...new Set(grounds.flatMap((ground) => this.in(occurrence, ground) ?? []))];
  }

  /** The architectures in which words are read: the one around them first, then the variants that inherit them. */
  grounds(node: AstNode): Architecture[] {
    const around = AstUtils.getContainerOfType(node, isArchitecture);
    if (!around) return this.architecturesOn(node);
    if (isRemoval(node)) {
      const base = this.names.baseOf(around);
      return base ? [base] : [];
    }
    return [around, ...this.variantsOf(around).filter((variant) => this.inherits(variant, node))];
  }

  private architecturesOn(node: AstNode): Architecture[] {
    const scenario = AstUtils.getContainerOfType(node, isScenario);
    return [...new Set(scenario?.architectures.flatMap((reference) => reference.ref ?? []) ?? [])];
  }

  /** Whether the member around `node` is still there in a variant: not replaced, and not left out. */
  private inherits(variant: Architecture, node: AstNode): boolean {
    const members = this.names.members(variant);
    for (let at: AstNode | undefined = node; at && !isArchitecture(at); at = at.$container) {
      if (isComponent(at) || isGroup(at) || isService(at)) return members.elements.get(at.name) === at;
      if (isScenario(at)) return members.scenarios.get(at.name) === at;
    }
    return true;
  }

  /** The architectures of all files that extend one, directly or by way of others. */
  variantsOf(architecture: Architecture): readonly Architecture[] {
    const all = this.variants.get('variants', () => {
      const variants = new Map<Architecture, Architecture[]>();
      for (const document of this.documents.all) {
        for (const variant of fileOf(document).architectures ?? []) {
          for (const link of this.names.chainOf(variant).slice(0, -1)) {
            const known = variants.get(link);
            if (known) known.push(variant);
            else variants.set(link, [variant]);
          }
        }
      }
      return variants;
    });
    return all.get(architecture) ?? [];
  }
}

/** Whether a reference stands where only an architecture can be named: after `extends`, and after `on`. */
export const namesArchitecture = ({ node, property }: Occurrence): boolean =>
  (isArchitecture(node) && property === 'base') || (isScenario(node) && property === 'architectures');

const instances = new WeakMap<P2PArchServices, Meanings>();

/** One for all that navigates, for what it keeps of each file is dear. */
export function meaningsOf(services: P2PArchServices): Meanings {
  const known = instances.get(services);
  if (known) return known;
  const made = new Meanings(services);
  instances.set(services, made);
  return made;
}
