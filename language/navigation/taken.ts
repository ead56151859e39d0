import { AstUtils, type LangiumDocument } from 'langium';
import { type Architecture, isArchitecture, isScenario } from '../generated/ast.ts';
import type { FileNames } from '../names/files.ts';
import { declaredElements } from '../names/members.ts';
import { KIND_WORDS } from '../names/scope.ts';
import { type Meanings, namesArchitecture } from './meanings.ts';
import { isDeclaration, type Named } from './occurrences.ts';
import { isOfFile, type SameName } from './same-name.ts';

/**
 * Why a name cannot become `name`: a sentence, or undefined if it can. The new name must be free wherever one of the
 * declarations is seen; it must not take words from another name, and no other name may take words from it.
 */
export function takenBy(meanings: Meanings, names: FileNames, named: SameName, name: string): string | undefined {
  for (const declaration of named.declarations) {
    const refusal = isOfFile(declaration)
      ? takenInFiles(meanings, names, declaration, name)
      : takenInArchitectures(meanings, names, declaration, name);
    if (refusal !== undefined) return refusal;
  }
  return hiddenInside(meanings, names, named, name);
}

function takenInFiles(meanings: Meanings, names: FileNames, declaration: Named, name: string): string | undefined {
  const home = AstUtils.getDocument(declaration);
  for (const document of meanings.documents.all) {
    const sees = document === home || names.importedFiles(document).includes(home);
    const other = sees ? names.declarations(document).get(name) : undefined;
    if (other) return sentence(other, name, fileWords(document, home));
  }
  return undefined;
}

/** Files of the same name stand in different folders, and the reader looks for them by their name. */
const fileWords = (document: LangiumDocument, home: LangiumDocument): string =>
  document === home
    ? 'this file or its imports'
    : `${decodeURIComponent(document.uri.path.replace(/^.*\//, ''))} or its imports`;

const sentence = (other: Named, name: string, where: string): string => {
  const words = KIND_WORDS[other.$type];
  return `"${name}" is the name of ${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words} in ${where} already.`;
};

function takenInArchitectures(
  meanings: Meanings,
  names: FileNames,
  declaration: Named,
  name: string,
): string | undefined {
  const home = AstUtils.getContainerOfType(declaration, isArchitecture);
  if (!home) return undefined;
  const affected = [home, ...meanings.variantsOf(home)];
  for (const architecture of affected) {
    for (const link of names.chainOf(architecture)) {
      const other = declaredAlike(link, declaration, name);
      if (other) return sentence(other, name, link.name);
    }
  }
  if (isScenario(declaration)) return undefined;
  // Where a variant leaves the member out, it takes no words from anything.
  const present = affected.filter(
    (architecture) => architecture === home || names.members(architecture).elements.has(declaration.name),
  );
  return takesFromFile(meanings, present, name);
}

/** Scenarios are named among themselves; everything else in an architecture shares one list of names. */
function declaredAlike(link: Architecture, declaration: Named, name: string): Named | undefined {
  const candidates: Named[] = isScenario(declaration) ? link.members.filter(isScenario) : declaredElements(link);
  return candidates.find((candidate) => candidate.name === name);
}

/** A member may be called like a hazard of the file, but not while the architecture's own words mean that hazard. */
function takesFromFile(meanings: Meanings, affected: readonly Architecture[], name: string): string | undefined {
  for (const document of meanings.documents.all) {
    for (const occurrence of meanings.occurrences.of(document).byName.get(name) ?? []) {
      if (isDeclaration(occurrence) || namesArchitecture(occurrence)) continue;
      for (const ground of meanings.grounds(occurrence.node)) {
        const meant = affected.includes(ground) ? meanings.in(occurrence, ground) : undefined;
        if (meant) return `"${name}" is a ${KIND_WORDS[meant.$type]} of the file, and ${ground.name} names it.`;
      }
    }
  }
  return undefined;
}

/** A hazard of the file may not take the name of a member of an architecture that names the hazard. */
function hiddenInside(meanings: Meanings, names: FileNames, named: SameName, name: string): string | undefined {
  for (const occurrence of named.occurrences) {
    if (isDeclaration(occurrence) || namesArchitecture(occurrence)) continue;
    for (const ground of meanings.grounds(occurrence.node)) {
      const other = names.members(ground).elements.get(name);
      if (other) return sentence(other, name, ground.name);
    }
  }
  return undefined;
}
