import * as fc from 'fast-check';
import { AstUtils } from 'langium';
import { describe, expect, it } from 'vitest';
import { isArchitecture } from '../../language/generated/ast.ts';
import { meaningsOf } from '../../language/navigation/meanings.ts';
import { isDeclaration } from '../../language/navigation/occurrences.ts';
import { after, errorsOf, nameOf, type Opened, open, type Texts } from './at.ts';
import { programs } from './programs.ts';

/** The models of all architectures and scenarios, each by where it stands. */
function modelsOf({ documents, language }: Opened): Record<string, string> {
  const { models } = language.problems.Problems;
  const all: [string, unknown][] = documents.flatMap((document) => [
    ...models
      .architectures(document)
      .map(({ model }) => [`${nameOf(document.uri.toString())} ${model.name}`, model] as [string, unknown]),
    ...models
      .scenarios(document)
      .map(
        ({ model, architecture }) =>
          [`${nameOf(document.uri.toString())} ${model.name} on ${architecture.name}`, model] as [string, unknown],
      ),
  ]);
  return Object.fromEntries(all.map(([place, model]) => [place, JSON.stringify(model)]));
}

const NEW = 'Renamed';

async function renameAt(
  opened: Opened,
  index: number,
  newName: string,
): Promise<{ texts: Texts; old: string; file: string }> {
  const { occurrences } = meaningsOf(opened.language);
  const all = opened.documents.flatMap((document) =>
    occurrences.of(document).all.map((occurrence) => ({ document, occurrence })),
  );
  const { document, occurrence } = all[index % all.length] as (typeof all)[number];
  const edit = await opened.language.lsp.RenameProvider?.rename(document, {
    textDocument: { uri: document.uri.toString() },
    position: occurrence.words.range.start,
    newName,
  });
  return { texts: after(opened, edit), old: occurrence.name, file: nameOf(document.uri.toString()) };
}

describe('after a rename of any name in any program', () => {
  it('models, scenarios and errors are the same but for that name, and back again it is the same text', () =>
    fc.assert(
      fc.asyncProperty(programs, fc.nat(), async (texts, index) => {
        const before = await open(texts);
        const renamed = await renameAt(before, index, NEW).catch((error: Error) => error.message);
        // Only what is declared nowhere is refused: the new name stands nowhere.
        if (typeof renamed === 'string') return void expect(renamed).toMatch(/^Nothing is declared under the name/);
        const opened = await open(renamed.texts);
        const backwards = (text: string): string => text.replaceAll(NEW, renamed.old);
        const models = Object.entries(modelsOf(opened)).map(([place, model]) => [backwards(place), backwards(model)]);
        expect(Object.fromEntries(models)).toEqual(modelsOf(before));
        expect(errorsOf(opened.documents).map(backwards).sort()).toEqual(errorsOf(before.documents).sort());
        // The file that imports nothing and is imported by none has its own names.
        const changed = Object.keys(texts).filter((name) => texts[name] !== renamed.texts[name]);
        expect(changed).toContain(renamed.file);
        expect(changed.includes('unrelated.p2parch')).toBe(renamed.file === 'unrelated.p2parch');
        const place = meaningsOf(opened.language);
        const at = opened.documents
          .flatMap((document) => place.occurrences.of(document).all)
          .findIndex(({ name }) => name === NEW);
        expect((await renameAt(opened, at, renamed.old)).texts).toEqual(texts);
      }),
      { numRuns: 60 },
    ));

  it('to any name, it is refused, or every name means what it meant', () => {
    const taken = [
      'A',
      'B',
      'C',
      'D',
      'E',
      'G',
      'H',
      'Inner',
      'S',
      'Own',
      'Both',
      'Many',
      'Base',
      'First',
      'Third',
      NEW,
    ];
    return fc.assert(
      fc.asyncProperty(programs, fc.nat(), fc.constantFrom(...taken), async (texts, index, name) => {
        const before = await open(texts);
        const renamed = await renameAt(before, index, name).catch((error: Error) => error.message);
        if (typeof renamed === 'string') return void expect(renamed).toMatch(/^Nothing|already\.$|names it\.$/);
        const opened = await open(renamed.texts);
        expect(meant(opened)).toEqual(meant(before));
        expect(sizesOf(opened)).toEqual(sizesOf(before));
        expect(errorsOf(opened.documents)).toHaveLength(errorsOf(before.documents).length);
      }),
      { numRuns: 120 },
    );
  });
});

/** How many of each kind the architectures have, in the order of the texts. */
const sizesOf = ({ documents, language }: Opened): number[][] =>
  documents.flatMap((document) =>
    language.problems.Problems.models
      .architectures(document)
      .map(({ model }) => [model.components, model.groups, model.services, model.hazards].map(({ length }) => length)),
  );

/** For every name in every file: the numbers of the declarations that it means, in the order of the texts. */
function meant({ documents, language }: Opened): number[][] {
  const meanings = meaningsOf(language);
  const all = documents.flatMap((document) => meanings.occurrences.of(document).all);
  const declared = new Map(all.filter(isDeclaration).map(({ node }, index) => [node as object, index]));
  return all.map((occurrence) =>
    meanings
      .everywhere(occurrence)
      .map((named) => declared.get(named) ?? -1)
      .concat(AstUtils.getContainerOfType(occurrence.node, isArchitecture) ? [] : [-2]),
  );
}
