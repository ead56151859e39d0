import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CodeAction,
  CodeLens,
  CompletionList,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  Position,
  SelectionRange,
  SemanticTokens,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TOKEN_TYPES } from '../../language/navigation/legend.ts';
import { Client } from './client.ts';
import { REVIEW, SHARED } from './review.ts';

const FILES: Readonly<Record<string, string>> = { 'shared.p2parch': SHARED, 'review.p2parch': REVIEW };
const OPTIONS = { tabSize: 2, insertSpaces: true };

let client: Client;
beforeAll(async () => {
  client = await Client.start(FILES);
  for (const [file, text] of Object.entries(FILES)) await client.open(file, text);
});
afterAll(() => client.stop());

/** Asks at words of a file, so many letters into them. */
const at = <Answer>(method: string, file: string, words: string, letters = 1, more: object = {}): Promise<Answer> =>
  client.ask(`textDocument/${method}`, file, { position: client.at(file, words, letters), ...more });

const fileOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);
const lineOf = ({ line }: Position): number => line + 1;
/** A place as its file, its line counted from one, and its words. */
const said = ({ uri, range }: Location): string =>
  `${fileOf(uri)} ${lineOf(range.start)} ${client.textIn(fileOf(uri), range)}`;

/** What a text becomes, in an editor of its own, by edits that are asked for. */
async function edited(text: string, ask: (file: string) => Promise<TextEdit[] | null>): Promise<string> {
  await client.open('odd.p2parch', text);
  const edits = await ask('odd.p2parch');
  await client.close('odd.p2parch');
  return TextDocument.applyEdits(TextDocument.create('file:///odd', 'p2parch', 1, text), edits ?? []);
}

/** The labels that are offered at a bar in a text, in their order. */
async function offered(marked: string): Promise<string[]> {
  const text = marked.replace('|', '');
  await client.open('odd.p2parch', text);
  const position = TextDocument.create('file:///odd', 'p2parch', 1, text).positionAt(marked.indexOf('|'));
  const { items } = await client.ask<CompletionList>('textDocument/completion', 'odd.p2parch', { position });
  await client.close('odd.p2parch');
  return items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)).map(({ label }) => label);
}

describe('an editor gets over the protocol', () => {
  it('a colour of its own for the names of each party', async () => {
    const { data } = await client.ask<SemanticTokens>('textDocument/semanticTokens/full', 'shared.p2parch');
    const types = new Map<string, Set<string>>();
    let place = { line: 0, character: 0 };
    for (let index = 0; index < data.length; index += 5) {
      const [lines, characters, length, type] = data.slice(index, index + 4) as [number, number, number, number];
      place = { line: place.line + lines, character: lines > 0 ? characters : place.character + characters };
      const range = { start: place, end: { ...place, character: place.character + length } };
      const word = client.textIn('shared.p2parch', range);
      types.set(word, (types.get(word) ?? new Set()).add(TOKEN_TYPES[type] ?? ''));
    }
    const typeOf = (word: string): string[] => [...(types.get(word) ?? [])];
    expect(['Login', 'Peer', 'Hub', 'Cloud', 'Reboot', 'Base', 'Calling'].map(typeOf)).toEqual([
      ['company'],
      ['users'],
      ['users'],
      ['vendor'],
      ['hazard'],
      ['architecture'],
      ['service'],
    ]);
  });

  it('completion that knows what may stand: components after `needs`, hazards after `strike`, rules after `accept`', async () => {
    const inside = (words: string): string => `import "./shared.p2parch"\narchitecture A extends Base { ${words} }\n`;
    expect(await offered(inside('users New { needs |'))).toEqual([
      'Login',
      'Cloud',
      'Peer',
      'Hub',
      '( … )',
      'n of ( … )',
    ]);
    expect(await offered(inside('scenario S { at 1 h strike | }'))).toEqual(['Reboot']);
    expect((await offered(inside('accept |')))[0]).toBe('single-external-dependency');
    // What is left out here is none of what there is.
    expect(await offered(inside('without Cloud users New { needs |'))).not.toContain('Cloud');
    expect((await offered(inside('without |'))).sort()).toEqual(['Calling', 'Cloud', 'Hub', 'Login', 'Peer']);
    expect(await offered('import "./shared.p2parch"\narchitecture A extends |')).toEqual(['Base']);
  });

  it('completion of durations and units, and of paths', async () => {
    const property = (words: string): Promise<string[]> => offered(`architecture A { company B { ${words} } }`);
    expect(await property('restarts in |')).toEqual(['30 s', '5 min', '1 h', '1 d', '500 ms']);
    expect(await property('restarts in 7 |')).toEqual(['ms', 's', 'min', 'h', 'd']);
    expect(await property('restarts in 7|')).toEqual(['ms', 's', 'min', 'h', 'd']);
    expect(await offered('import "|"')).toEqual(['./review.p2parch', './shared.p2parch', '../']);
  });

  it('hovers: the comment, who runs it and what the company can do, what it takes down, how long it refills', async () => {
    const hover = await at<Hover>('hover', 'shared.p2parch', 'company Login', 10);
    const { value } = hover.contents as { value: string };
    expect(value).toContain('Lets people in.');
    expect(value).toMatch(/The company runs it/);
    expect(value).toMatch(/5 min/);
    const hub = (await at<Hover>('hover', 'review.p2parch', 'company Hub', 10)).contents as { value: string };
    expect(hub.value).toMatch(/Calling/);
  });

  it('hints on the form of a property while it is written', async () => {
    const help = await at<SignatureHelp>('signatureHelp', 'shared.p2parch', 'admits 5 ', 9);
    const [signature] = help.signatures;
    const active = signature?.parameters?.[help.activeParameter ?? -1]?.label as [number, number];
    expect(signature?.label).toBe('admits n component/s');
    expect(signature?.label.slice(...active)).toBe('component');
  });

  it('the definition of a name in another file', async () => {
    const [link] = await at<LocationLink[]>('definition', 'review.p2parch', 'extends Base', 9);
    const { targetUri, targetSelectionRange } = link as LocationLink;
    expect(said({ uri: targetUri, range: targetSelectionRange })).toBe('shared.p2parch 4 Base');
  });

  it('the references of a name in all files, those of variants included', async () => {
    const context = { includeDeclaration: true };
    const found = await at<Location[]>('references', 'shared.p2parch', 'users Peer', 7, { context });
    expect(found.map(said).sort()).toEqual([
      'review.p2parch 6 Peer',
      'review.p2parch 9 Peer',
      'shared.p2parch 12 Peer',
      'shared.p2parch 20 Peer',
      'shared.p2parch 21 Peer',
      'shared.p2parch 23 Peer',
      'shared.p2parch 8 Peer',
    ]);
  });

  it('the highlights of a name in its file', async () => {
    const found = await at<DocumentHighlight[]>('documentHighlight', 'shared.p2parch', 'needs Hub', 7);
    expect(found.map(({ range }) => lineOf(range.start)).sort((a, b) => a - b)).toEqual([14, 18, 24, 25]);
  });

  it('a new name in all files at once, with what replaces or leaves it out in variants', async () => {
    const rename = (file: string, words: string, letters: number, newName: string): Promise<WorkspaceEdit> =>
      at('rename', file, words, letters, { newName });
    const after = (edit: WorkspaceEdit): string[] =>
      Object.entries(FILES).map(([file, text]) =>
        TextDocument.applyEdits(
          TextDocument.create(client.uri(file), 'p2parch', 1, text),
          edit.changes?.[client.uri(file)] ?? [],
        ),
      );
    expect(after(await rename('review.p2parch', 'without Cloud', 9, 'Storage-Ω'))).toEqual([
      SHARED.replaceAll('Cloud', 'Storage-Ω'),
      REVIEW.replaceAll('Cloud', 'Storage-Ω'),
    ]);
    expect(after(await rename('shared.p2parch', 'users Hub', 7, '中継点'))).toEqual([
      SHARED.replaceAll('Hub', '中継点'),
      REVIEW.replaceAll('Hub', '中継点'),
    ]);
    expect(after(await rename('shared.p2parch', 'architecture Base', 14, 'Grund'))).toEqual([
      SHARED.replaceAll('Base', 'Grund'),
      REVIEW.replaceAll('Base', 'Grund'),
    ]);
  });

  it('the hierarchy of what needs what, both ways', async () => {
    const [item] = await at<CallHierarchyItem[]>('prepareCallHierarchy', 'shared.p2parch', 'users Hub', 7);
    const needing = await client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
    expect(needing.map(({ from }) => from.name).sort()).toEqual(['Calling', 'Peer']);
    const [peer] = await at<CallHierarchyItem[]>('prepareCallHierarchy', 'shared.p2parch', 'users Peer', 7);
    const needed = await client.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item: peer });
    expect(needed.map(({ to }) => to.name).sort()).toEqual(['Hub', 'Login']);
  });

  it('an outline', async () => {
    const symbols = await client.ask<DocumentSymbol[]>('textDocument/documentSymbol', 'review.p2parch');
    const names = (list: readonly DocumentSymbol[]): unknown[] =>
      list.map(({ name, children }) => (children?.length ? [name, names(children)] : name));
    expect(names(symbols)).toEqual([['Hosted', ['Hub', 'Calling']], 'Patch']);
  });

  it('what can be folded', async () => {
    const ranges = await client.ask<FoldingRange[]>('textDocument/foldingRange', 'review.p2parch');
    expect(ranges.map(({ startLine, endLine }) => [startLine + 1, endLine + 1])).toEqual([
      [3, 9],
      [4, 6],
      [12, 15],
    ]);
  });

  it('selections that grow', async () => {
    const positions = [client.at('review.p2parch', 'serves 100 Peer', 12)];
    const [range] = await client.ask<SelectionRange[]>('textDocument/selectionRange', 'review.p2parch', { positions });
    const texts: string[] = [];
    for (let one = range; one && texts.length < 3; one = one.parent as SelectionRange) {
      texts.push(client.textIn('review.p2parch', one.range).trim().split('\n')[0] as string);
    }
    expect(texts).toEqual(['Peer', 'serves 100 Peer', 'instances 60']);
  });

  it('symbols of the whole folder', async () => {
    const symbols = await client.request<WorkspaceSymbol[]>('workspace/symbol', { query: 'ho' });
    expect(symbols.map(({ name }) => name)).toContain('Hosted');
    const all = await client.request<WorkspaceSymbol[]>('workspace/symbol', { query: '' });
    expect(new Set(all.map(({ name }) => name))).toEqual(
      new Set(['Reboot', 'Base', 'Login', 'Cloud', 'Peer', 'Hub', 'Calling', 'Hosted', 'Patch']),
    );
  });

  it('links on imports', async () => {
    const [link] = await client.ask<DocumentLink[]>('textDocument/documentLink', 'review.p2parch');
    expect(link?.target).toBe(client.uri('shared.p2parch'));
    expect(client.textIn('review.p2parch', (link as DocumentLink).range)).toBe('./shared.p2parch');
  });

  it('formatting of a file, of lines and of what is typed', async () => {
    const odd = 'architecture   A {\ncompany   B\n  users C{ needs   B }\n}\n';
    expect(await edited(odd, (file) => client.ask('textDocument/formatting', file, { options: OPTIONS }))).toBe(
      'architecture A {\n  company B\n  users C { needs B }\n}\n',
    );
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
    expect(
      await edited(odd, (file) => client.ask('textDocument/rangeFormatting', file, { range, options: OPTIONS })),
    ).toBe(odd.replace('company   B', '  company B'));
    const typed = { position: { line: 3, character: 1 }, ch: '}', options: OPTIONS };
    expect(await edited(odd, (file) => client.ask('textDocument/onTypeFormatting', file, typed))).toBe(
      'architecture A {\n  company B\n  users C { needs B }\n}\n',
    );
  });

  it('quick fixes: the nearest name, a missing `run`', async () => {
    const text = `${REVIEW.replace('strike Reboot', 'strike Rebot').replace('  run 24 h\n', '')}`;
    await client.open('odd.p2parch', text);
    const range = client.whole('odd.p2parch');
    const actions = await client.ask<CodeAction[]>('textDocument/codeAction', 'odd.p2parch', {
      range,
      context: { diagnostics: [] },
    });
    await client.close('odd.p2parch');
    expect(actions.map(({ title }) => title)).toEqual(['Add "run 24 h"', 'Change to "Reboot"']);
  });

  it('lenses: Diagram and Compare, minimal cut sets of a service, Run', async () => {
    const lenses = await client.ask<CodeLens[]>('textDocument/codeLens', 'shared.p2parch');
    const resolved = await Promise.all(
      lenses.map((lens) => (lens.command ? lens : client.request<CodeLens>('codeLens/resolve', lens))),
    );
    expect(resolved.map(({ range, command }) => `${lineOf(range.start)} ${command?.title}`)).toEqual([
      '4 Diagram',
      '4 Compare',
      '23 2 minimal cut sets, smallest order 1',
    ]);
    const others = await client.ask<CodeLens[]>('textDocument/codeLens', 'review.p2parch');
    expect(others.map(({ command }) => command?.title)).toEqual(['Diagram', 'Compare', undefined, 'Run']);
  });

  it('an answer to everything where a file cannot be read to its end', async () => {
    const text = `${SHARED.replace('serves 100 Peer', 'serves hundred Peer {{').replace('needs Hub and Cloud', 'needs Hub and')}`;
    await client.edit('shared.p2parch', text);
    try {
      const file = 'shared.p2parch';
      expect(client.problems(file)).toHaveLength(2);
      const labels = (await at<CompletionList>('completion', file, 'needs Login', 6)).items.map(({ label }) => label);
      expect(labels).toContain('Cloud');
      expect(await at<Hover>('hover', file, 'company Login', 10)).not.toBeNull();
      expect(await at<LocationLink[]>('definition', file, 'needs Login', 7)).toHaveLength(1);
      expect((await client.ask<DocumentSymbol[]>('textDocument/documentSymbol', file)).length).toBeGreaterThan(1);
      expect((await client.ask<FoldingRange[]>('textDocument/foldingRange', file)).length).toBeGreaterThan(3);
      expect((await client.ask<SemanticTokens>('textDocument/semanticTokens/full', file)).data.length).toBeGreaterThan(
        50,
      );
      const context = { includeDeclaration: true };
      const found = await at<Location[]>('references', file, 'company Login', 9, { context });
      expect(found).toHaveLength(2);
      const { changes } = await at<WorkspaceEdit>('rename', file, 'company Login', 9, { newName: 'Door' });
      expect(changes?.[client.uri(file)]).toHaveLength(2);
    } finally {
      await client.edit('shared.p2parch', SHARED);
    }
  });

  it('hints on how long refilling takes', async () => {
    const range = client.whole('shared.p2parch');
    const hints = await client.ask<InlayHint[]>('textDocument/inlayHint', 'shared.p2parch', { range });
    expect(hints.map(({ position, label }) => `${lineOf(position)} ${label}`)).toEqual([
      '8 ≈ 1 min for all 3,000',
      '9 ≈ 15 min for all 10',
      '21 ≈ 30 min for all 60',
    ]);
  });
});

/** Nothing is offered that the tests above do not ask for. */
it('the server offers what is proved here, and no more', () => {
  const offers = Object.entries(client.abilities).flatMap(([ability, value]) => (value ? [ability] : []));
  expect(offers.sort()).toEqual([
    'callHierarchyProvider',
    'codeActionProvider',
    'codeLensProvider',
    'completionProvider',
    'definitionProvider',
    'documentFormattingProvider',
    'documentHighlightProvider',
    'documentLinkProvider',
    'documentOnTypeFormattingProvider',
    'documentRangeFormattingProvider',
    'documentSymbolProvider',
    'foldingRangeProvider',
    'hoverProvider',
    'inlayHintProvider',
    'referencesProvider',
    'renameProvider',
    'selectionRangeProvider',
    'semanticTokensProvider',
    'signatureHelpProvider',
    'textDocumentSync',
    'workspace',
    'workspaceSymbolProvider',
  ]);
});
