import { describe, expect, it } from 'vitest';
import type { CallHierarchyItem } from 'vscode-languageserver-protocol';
import { nameOf, type Opened, open, place, type Texts } from './at.ts';

const words = ({ documents }: Opened, uri: string, ranges: readonly CallHierarchyItem['range'][]): string => {
  const document = documents.find((candidate) => candidate.uri.toString() === uri);
  return ranges.map((range) => `${document?.textDocument.getText(range)}@${range.start.line + 1}`).join(' ');
};

const said = ({ name, detail, uri }: CallHierarchyItem): string => `${name} (${detail}) in ${nameOf(uri)}`;

/** For each item at the cursor: what it needs and what needs it, with the words that say so. */
async function hierarchy(texts: Texts) {
  const opened = await open(texts);
  const provider = opened.language.lsp.CallHierarchyProvider;
  const items = (await provider?.prepareCallHierarchy(opened.document, place(opened))) ?? [];
  return Promise.all(
    items.map(async (item) => {
      // Over the wire the item comes back as JSON.
      const sent = JSON.parse(JSON.stringify(item)) as CallHierarchyItem;
      const needs = (await provider?.outgoingCalls({ item: sent })) ?? [];
      const neededBy = (await provider?.incomingCalls({ item: sent })) ?? [];
      return {
        item: said(item),
        needs: needs.map(({ to, fromRanges }) => `${said(to)}: ${words(opened, item.uri, fromRanges)}`),
        neededBy: neededBy.map(({ from, fromRanges }) => `${said(from)}: ${words(opened, from.uri, fromRanges)}`),
      };
    }),
  );
}

const SKYPE = `architecture Skype2007 {
  company Login { instances 40 }
  users Client { needs SuperNode and Login needs 1 of (SuperNode, Login) to start }
  users SuperNode { instances 25_000 promoted from Client at 10/min }
  service Calling for Client { needs SuperNode traffic 100% through Login }
}
`;

describe('the hierarchy of needs', () => {
  it('leads from a component to what it needs or is promoted from, and to what needs it', async () => {
    expect(await hierarchy({ 'main.p2parch': SKYPE.replace('users SuperNode', 'users Super‸Node') })).toEqual([
      {
        item: 'SuperNode (users · 25,000 · Skype2007) in main.p2parch',
        needs: ['Client (users · Skype2007) in main.p2parch: Client@4'],
        neededBy: [
          'Client (users · Skype2007) in main.p2parch: SuperNode@3 SuperNode@3',
          'Calling (for Client · Skype2007) in main.p2parch: SuperNode@5',
        ],
      },
    ]);
  });

  it('is that of the variant in the variant, inherited members included', async () => {
    const texts = {
      'hosted.p2parch': 'import "skype.p2parch"\narchitecture Hosted extends Skype2007 { company ‸SuperNode }\n',
      'skype.p2parch': SKYPE,
    };
    expect(await hierarchy(texts)).toEqual([
      {
        item: 'SuperNode (company · Hosted) in hosted.p2parch',
        needs: [],
        neededBy: [
          'Client (users · Hosted) in skype.p2parch: SuperNode@3 SuperNode@3',
          'Calling (for Client · Hosted) in skype.p2parch: SuperNode@5',
        ],
      },
    ]);
  });

  it('is asked for each architecture of a scenario', async () => {
    const text = `architecture A { users B { needs C } users C }
architecture D extends A { company B { needs C } }
scenario S on A, D { at 1 h crash B‸ run 2 h }
`;
    expect((await hierarchy({ 'main.p2parch': text })).map(({ item }) => item)).toEqual([
      'B (users · A) in main.p2parch',
      'B (company · D) in main.p2parch',
    ]);
  });

  it('answers in a file with errors, and nothing where there is nothing that needs', async () => {
    const text = 'architecture A { users B‸ { needs C and needs } users C { instances } ';
    expect((await hierarchy({ 'main.p2parch': text }))[0]?.item).toBe('B (users · A) in main.p2parch');
    expect(await hierarchy({ 'main.p2parch': 'hazard H‸\n' })).toEqual([]);
    const opened = await open({ 'main.p2parch': 'hazard H\n' });
    const item = { name: 'H', uri: 'x:', kind: 5 } as CallHierarchyItem;
    expect(await opened.language.lsp.CallHierarchyProvider?.outgoingCalls({ item })).toBeUndefined();
  });
});
