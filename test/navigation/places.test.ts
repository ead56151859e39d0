import { describe, expect, it } from 'vitest';
import { type DocumentSymbol, type SelectionRange, SymbolKind } from 'vscode-languageserver-protocol';
import { selectionRanges } from '../../language/navigation/selection.ts';
import { P2PArchWorkspaceSymbols } from '../../language/navigation/workspace-symbols.ts';
import { nameOf, type Opened, open, place, type Texts, uriOf } from './at.ts';

const SKYPE = `import "./hazards.p2parch"

architecture Skype2007 "Skype, August 2007" {
  hazard Local
  users SuperNode { instances 25_000 }
  group Europe {
    exposed to Local
    company Login "Log-in servers"
    vendor Relay by "Amazon" { instances 9_600_000 }
  }
  service Calling for SuperNode { needs Login }
  scenario Own { run 72 h }
}
architecture Hosted extends Skype2007 { }
scenario Patch on Skype2007, Hosted { run 72 h }
hazard MassReboot
`;

describe('the outline', () => {
  it('nests what has a name, and says what a reader asks first', async () => {
    const opened = await open({ 'main.p2parch': SKYPE });
    const symbols =
      (await opened.language.lsp.DocumentSymbolProvider?.getSymbols(opened.document, place(opened))) ?? [];
    const lines = (symbol: DocumentSymbol, depth = 0): string[] => [
      `${'  '.repeat(depth)}${symbol.name}${symbol.detail ? ` (${symbol.detail})` : ''}: ${kindOf(symbol.kind)}`,
      ...(symbol.children ?? []).flatMap((child) => lines(child, depth + 1)),
    ];
    expect(symbols.flatMap((symbol) => lines(symbol)).join('\n')).toBe(
      `Skype2007: Module
  Local: Event
  SuperNode (users · 25,000): Class
  Europe (2 members): Package
    Login (company): Class
    Relay (vendor · Amazon · 9.6 million): Class
  Calling (for SuperNode): Interface
  Own (72 h): Function
Hosted (extends Skype2007): Module
Patch (on Skype2007, Hosted · 72 h): Function
MassReboot: Event`,
    );
    const { textDocument } = opened.document;
    const checkRanges = (symbol: DocumentSymbol): void => {
      expect(textDocument.getText(symbol.selectionRange)).toBe(symbol.name);
      const [start, end] = [textDocument.offsetAt(symbol.range.start), textDocument.offsetAt(symbol.range.end)];
      expect(textDocument.getText().slice(start, end)).toMatch(/^[a-z]+ .*[^\s]$/s);
      for (const child of symbol.children ?? []) {
        expect(textDocument.offsetAt(child.range.start)).toBeGreaterThan(start);
        expect(textDocument.offsetAt(child.range.end)).toBeLessThan(end);
        checkRanges(child);
      }
    };
    symbols.forEach(checkRanges);
  });

  it('of a file with errors has what can be read', async () => {
    const opened = await open({
      'main.p2parch': 'architecture A {\n  company { instances 2 }\n  users B { nonsense }\n  group G { vendor C\n',
    });
    const symbols = await opened.language.lsp.DocumentSymbolProvider?.getSymbols(opened.document, place(opened));
    const names = (list: readonly DocumentSymbol[]): string[] =>
      list.flatMap(({ name, children }) => [name, ...names(children ?? [])]);
    expect(names(symbols ?? [])).toEqual(['A', 'B', 'G', 'C']);
  });
});

const kindOf = (kind: SymbolKind): string | undefined =>
  Object.entries(SymbolKind).find(([, value]) => value === kind)?.[0];

describe('symbols of the workspace', () => {
  it('are found by part of their name, with the architecture around them', async () => {
    const { language } = await open({
      'main.p2parch': SKYPE,
      'other.p2parch': 'architecture B { vendor SuperServer }\n',
    });
    const provider = new P2PArchWorkspaceSymbols(language.shared);
    const found = (query: string): string[] =>
      provider
        .getSymbols({ query })
        .map(({ name, containerName, location }) => `${name} in ${containerName ?? '-'} of ${nameOf(location.uri)}`);
    expect(found('super')).toEqual(['SuperNode in Skype2007 of main.p2parch', 'SuperServer in B of other.p2parch']);
    expect(found('own')).toEqual(['Own in Skype2007 of main.p2parch']);
    expect(found('patch')).toEqual(['Patch in - of main.p2parch']);
    expect(found('')).toHaveLength(13);
  });
});

/** At the end of each line whose fold begins there: `…n` for n lines more, with its kind. */
async function checkFolding(text: string): Promise<void> {
  const opened = await open({ 'main.p2parch': text.replace(/ ⋯.*$/gm, '') });
  const ranges =
    (await opened.language.lsp.FoldingRangeProvider?.getFoldingRanges(opened.document, place(opened))) ?? [];
  const lines = opened.document.textDocument.getText().split('\n');
  for (const { startLine, endLine, kind } of ranges) lines[startLine] += ` ⋯${endLine - startLine}${kind ?? ''}`;
  expect(lines.join('\n')).toBe(text);
}

describe('folding', () => {
  it('takes blocks, comments and imports', () =>
    checkFolding(`import "a.p2parch" ⋯1imports
import "b.p2parch"
/** ⋯2comment
 * Documented.
 */
architecture A { ⋯9
  // One line ⋯1comment
  // and another.
  users B { instances 2 }
  users C { // not a block of comments ⋯2
    // alone
    instances 2
  }
  group G { company D
  }
}
`));

  it('works in a file that cannot be parsed', () =>
    checkFolding(`architecture A { ⋯3
  nonsense { ⋯1
    7 % "open
  }
}
scenario
architecture B {
`));
});

/** From the cursor outwards, each selection as its text. */
async function selected(text: string): Promise<string[]> {
  const { document, position } = await open({ 'main.p2parch': text });
  const texts: string[] = [];
  for (let at: SelectionRange | undefined = selectionRanges(document, [position])[0]; at; at = at.parent) {
    texts.push(document.textDocument.getText(at.range));
  }
  return texts;
}

describe('the selection grows', () => {
  it('from a name to the need, the property, the block, the component and the file', async () => {
    const file = 'architecture A { users B { needs (C and D) or E to start } }\n';
    expect(await selected(file.replace('and D', 'and D‸'))).toEqual([
      'D',
      'C and D',
      '(C and D)',
      '(C and D) or E',
      'needs (C and D) or E to start',
      ' needs (C and D) or E to start ',
      'users B { needs (C and D) or E to start }',
      ' users B { needs (C and D) or E to start } ',
      'architecture A { users B { needs (C and D) or E to start } }',
      file,
    ]);
  });

  it('from the inside of a text to its quotes', async () => {
    expect(await selected('architecture A "Sky‸pe" {}')).toEqual(['Skype', '"Skype"', 'architecture A "Skype" {}']);
  });

  it('from a blank, in an empty file, and in one that cannot be parsed', async () => {
    expect(await selected('')).toEqual(['']);
    expect((await selected('architecture A {\n‸\n}')).at(-1)).toBe('architecture A {\n\n}');
    expect((await selected('archi‸ tecture } { 7')).at(-1)).toBe('archi tecture } { 7');
  });
});

describe('the links of imports', () => {
  async function linksOf(texts: Texts) {
    const opened: Opened = await open(texts);
    const links = await opened.language.lsp.DocumentLinkProvider?.getDocumentLinks(opened.document, place(opened));
    return links?.map(({ range, target, tooltip }) => [opened.document.textDocument.getText(range), target, tooltip]);
  }

  it('lead to the files that can be read', async () =>
    expect(
      await linksOf({
        'main.p2parch': 'import "./shared/haz ards.p2parch"\nimport "nowhere.p2parch"\nimport\n',
        'shared/haz%20ards.p2parch': '',
      }),
    ).toEqual([['./shared/haz ards.p2parch', uriOf('shared/haz%20ards.p2parch'), 'Open haz ards.p2parch']]));
});
