import { type AstNode, AstUtils } from 'langium';
import { type Architecture, isArchitecture, isHazard, isScenario } from '../generated/ast.ts';
import type { FileNames } from '../names/files.ts';
import type { Meanings } from './meanings.ts';
import { isDeclaration, type Named, type Occurrence } from './occurrences.ts';

/** One name of the architects': all declarations that stand for each other, and all words that mean any of them. */
export interface SameName {
  readonly name: string;
  readonly declarations: readonly Named[];
  readonly occurrences: readonly Occurrence[];
}

/**
 * All that has to change together if one name changes. A member and what replaces it in a variant share a name, and so
 * do members that one reference means: in several architectures of a scenario, or in a base and its variants. What is
 * spelled alike elsewhere is another name.
 */
export function sameName(meanings: Meanings, names: FileNames, start: Occurrence): SameName {
  const alike = [...meanings.documents.all].flatMap(
    (document) => meanings.occurrences.of(document).byName.get(start.name) ?? [],
  );
  const declarationsOf = new Map<Occurrence, readonly Named[]>();
  const occurrencesOf = new Map<Named, Occurrence[]>();
  for (const occurrence of alike) {
    const declarations = isDeclaration(occurrence)
      ? [occurrence.node, ...replacedBy(names, occurrence.node)]
      : meanings.everywhere(occurrence);
    declarationsOf.set(occurrence, declarations);
    for (const declaration of declarations) {
      const known = occurrencesOf.get(declaration);
      if (known) known.push(occurrence);
      else occurrencesOf.set(declaration, [occurrence]);
    }
  }
  const declarations = new Set<Named>();
  const occurrences = new Set<Occurrence>([start]);
  // A set that grows while it is walked: each occurrence brings its declarations, and they bring theirs.
  for (const occurrence of occurrences) {
    for (const declaration of declarationsOf.get(occurrence) ?? []) {
      if (declarations.has(declaration)) continue;
      declarations.add(declaration);
      for (const other of occurrencesOf.get(declaration) ?? []) occurrences.add(other);
    }
  }
  return {
    name: start.name,
    declarations: [...declarations],
    occurrences: alike.filter((occurrence) => occurrences.has(occurrence)),
  };
}

/**
 * The base's member that a declaration replaces; what a base in between leaves out is replaced all the same. Of a name
 * given twice, only the first replaces anything.
 */
export function replacedBy(names: FileNames, declaration: Named): Named[] {
  const architecture = AstUtils.getContainerOfType(declaration.$container as AstNode, isArchitecture);
  if (!architecture) return [];
  const membersOf = (link: Architecture): ReadonlyMap<string, Named> => {
    const { elements, scenarios } = names.members(link);
    return isScenario(declaration) ? scenarios : elements;
  };
  if (membersOf(architecture).get(declaration.name) !== declaration) return [];
  for (const link of names.chainOf(architecture).slice(0, -1).reverse()) {
    const replaced = membersOf(link).get(declaration.name);
    if (replaced && replaced !== declaration) return [replaced];
  }
  return [];
}

/** Whether a declaration stands at the level of the file, where importing files see it. */
export const isOfFile = (declaration: Named): boolean =>
  isArchitecture(declaration) ||
  ((isHazard(declaration) || isScenario(declaration)) && declaration.$container.$type === 'File');
