import { describe, expect, it } from 'vitest';
import { cutSetWords } from '../../language/navigation/cut-sets.ts';
import { P2PArchLenses } from '../../language/navigation/lenses.ts';
import { type Opened, open, place, type Texts, uriOf } from './at.ts';

/** Each lens as the word that it stands above, its title and what its command is given. */
async function lensesOf(texts: Texts): Promise<unknown[][]> {
  const opened: Opened = await open(texts);
  const provider = opened.language.lsp.CodeLensProvider as P2PArchLenses;
  const lenses = provider.provideCodeLens(opened.document, place(opened));
  return Promise.all(
    lenses.map(async (lens) => {
      const { range, command } = lens.command ? lens : await provider.resolveCodeLens(JSON.parse(JSON.stringify(lens)));
      const word = opened.document.textDocument.getText(range);
      return [word, command?.title, command?.command.replace('p2parch.', ''), command?.arguments?.[0]];
    }),
  );
}

const uri = uriOf('main.p2parch');

describe('code lenses', () => {
  it('offer the picture, the comparison, the cut sets and the run', async () => {
    const text = `architecture A {
  company One
  company Two
  service Calling needs One and Two
  scenario Own { at 1 h crash One run 2 h }
}
architecture B extends A { vendor Two }
architecture C {}
scenario Both on A, B { at 1 h crash One run 2 h }
`;
    const both = { uri, scenario: 'Both', architectures: ['A', 'B'] };
    const own = { uri, scenario: 'Own', architectures: ['A', 'B'] };
    expect(await lensesOf({ 'main.p2parch': text })).toEqual([
      ['A', 'Diagram', 'openDiagram', { uri, architecture: 'A' }],
      ['A', 'Compare in Both', 'runScenario', both],
      ['A', 'Compare in Own', 'runScenario', own],
      [
        'Calling',
        '2 minimal cut sets, smallest order 1',
        'showFaultTree',
        { uri, architecture: 'A', service: 'Calling' },
      ],
      ['Own', 'Run', 'runScenario', { uri, scenario: 'Own', architectures: ['A'] }],
      ['B', 'Diagram', 'openDiagram', { uri, architecture: 'B' }],
      ['B', 'Compare in Both', 'runScenario', both],
      ['B', 'Compare in Own', 'runScenario', own],
      ['C', 'Diagram', 'openDiagram', { uri, architecture: 'C' }],
      ['Both', 'Run', 'runScenario', { uri, scenario: 'Both' }],
    ]);
  });

  it('compare in the scenario of another file', async () => {
    const texts = {
      'main.p2parch': 'architecture A {}\n',
      'other.p2parch': 'import "main.p2parch"\narchitecture B {}\nscenario S on A, B { run 1 h }\n',
    };
    expect((await lensesOf(texts))[1]).toEqual([
      'A',
      'Compare',
      'runScenario',
      { uri: uriOf('other.p2parch'), scenario: 'S', architectures: ['A', 'B'] },
    ]);
  });

  it('do not count in a text with errors', async () => {
    const texts = { 'main.p2parch': 'architecture A { company One service Calling needs One and Nobody }\n' };
    expect((await lensesOf(texts)).map(([word, title]) => [word, title])).toEqual([
      ['A', 'Diagram'],
      ['Calling', 'Minimal cut sets: once the errors are gone'],
    ]);
  });

  it('say nothing of what is gone', async () => {
    const { language } = await open({ 'main.p2parch': '' });
    const lens = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
    const provider = new P2PArchLenses(language);
    expect(await provider.resolveCodeLens(lens)).toEqual({ ...lens, command: { title: '', command: '' } });
  });
});

describe('the words for cut sets', () => {
  const none = { sets: [], allListed: false, completeToOrder: Infinity };
  it.each([
    [{ byOrder: [1n], total: 1n, complete: true }, '1 minimal cut set, smallest order 1'],
    [{ byOrder: [0n, 0n, 1234n], total: 1234n, complete: true }, '1,234 minimal cut sets, smallest order 3'],
    [{ byOrder: [], total: 0n, complete: true }, 'No minimal cut set'],
    [
      { byOrder: [0n, 7n], total: 7n, complete: false, completeToOrder: 2 },
      '7 minimal cut sets up to order 2, smallest order 2',
    ],
    [{ byOrder: [0n, 0n], total: 0n, complete: false, completeToOrder: 2 }, 'No minimal cut set up to order 2'],
  ])('%#', (cutSets, title) => expect(cutSetWords({ ...none, ...cutSets })).toBe(title));
});
