import { TextDocument } from 'langium';
import { describe, expect, it } from 'vitest';
import type { Range, SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver-protocol';
import { MODIFIERS, TOKEN_TYPES } from '../../language/navigation/legend.ts';
import { applied, type Opened, open, place, type Texts } from './at.ts';

const MARKED = /«(\S+) ([^»]+)»/g;

const plain = (text: string): string => text.replace(MARKED, '$2');

/** The text with each coloured word as `«type word»`, a declaration's as `«type! word»`. */
function coloured({ document }: Opened, { data }: SemanticTokens): string {
  let line = 0;
  let character = 0;
  const edits = Array.from({ length: data.length / 5 }, (_, index) => {
    const [lines, characters, length, type, modifiers] = data.slice(index * 5, index * 5 + 5) as [
      number,
      number,
      number,
      number,
      number,
    ];
    line += lines;
    character = lines > 0 ? characters : character + characters;
    const range: Range = { start: { line, character }, end: { line, character: character + length } };
    const mark = `${TOKEN_TYPES[type]}${MODIFIERS.filter((_, bit) => modifiers & (1 << bit)).length > 0 ? '!' : ''}`;
    return { range, newText: `«${mark} ${document.textDocument.getText(range)}»` };
  });
  return applied(document, edits);
}

async function checkTokens(texts: Texts, range?: Range): Promise<void> {
  const opened = await open(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, plain(text)])));
  const { document, language } = opened;
  const provider = language.lsp.SemanticTokenProvider;
  const tokens = range
    ? await provider?.semanticHighlightRange(document, { ...place(opened), range })
    : await provider?.semanticHighlight(document, place(opened));
  expect(coloured(opened, tokens ?? { data: [] })).toBe(Object.values(texts)[0]);
}

describe('the colour of a name', () => {
  it('says who runs it, at its declaration and wherever it is named', () =>
    checkTokens({
      'main.p2parch': `hazard «hazard! Update»
architecture «architecture! A» "Skype" {
  group «group! Europe» { exposed to «hazard Update» company «company! Login» }
  users «users! Client» {
    instances «number 9_600_000»
    needs «company Login» and («users Super» or «vendor Cloud») to start
    retries every «number 30» «unit s» up to «number 10»«unit min»
    exposed to «hazard Update» «number 60»«unit %»
  }
  users «users! Super» { promoted from «users Client» at «number 0.5»/«unit min» }
  vendor «vendor! Cloud» by "Amazon"
  service «service! Calling» for «users Client» { needs «users Super» traffic «number 100» «unit %» through «users Super» }
  require «service Calling» survives any «number 1» external failure
  accept «rule cold-start-cycle» on «group Europe» for «service Calling» because "So." until 2027-06-30
}
scenario «scenario! S» on «architecture A» { at «number 1» «unit h» strike «hazard Update» run «number 2» «unit d» }
`,
    }));

  it('is that of the variant in the variant, and of the base in the base', () =>
    checkTokens({
      'main.p2parch': `import "base.p2parch"
architecture «architecture! B» extends «architecture A» {
  company «company! Super»
  vendor «vendor! New» { needs «company Super» }
  without «users Other»
}
architecture «architecture! C» extends «architecture B» { without «company Super» }
`,
      'base.p2parch': 'architecture A { users Super users Other users Client { needs Super } }\n',
    }));

  it('is neither, where a scenario runs on architectures that differ', () =>
    checkTokens({
      'main.p2parch': `architecture «architecture! A» { users «users! Super» users «users! Client» }
architecture «architecture! B» extends «architecture A» { company «company! Super» }
scenario «scenario! S» on «architecture A», «architecture B» {
  at «number 1» «unit h» crash «component Super» at «number 2» «unit h» crash «users Client»
}
`,
    }));

  it('is given in a file with errors for all that has a meaning', () =>
    checkTokens({
      'main.p2parch': `architecture «architecture! A» {
  company «company! 顧客-1» { needs Nobody instances }
  users «users! __proto__» { needs «company 顧客-1» needs «users __proto__» nonsense }
  service «service! S» { needs «company 顧客-1»
`,
    }));

  it('is given for a part of the file', () =>
    checkTokens(
      {
        'main.p2parch': `architecture A {
  company «company! Login»
  users «users! Client» {
    needs Login
  }
}
`,
      },
      { start: { line: 1, character: 0 }, end: { line: 3, character: 0 } },
    ));
});

describe('what has changed', () => {
  it('is one edit of the tokens before', async () => {
    const opened = await open({ 'main.p2parch': 'architecture A { company B users C { needs B instances 2 } }\n' });
    const { document, language } = opened;
    const provider = language.lsp.SemanticTokenProvider;
    const before = (await provider?.semanticHighlight(document, place(opened))) as SemanticTokens;
    const text = 'architecture A { company B users C { needs B needs C instances 2 } }\n';
    const { DocumentBuilder, TextDocuments } = language.shared.workspace;
    TextDocuments.set(TextDocument.create(document.uri.toString(), 'p2parch', 2, text));
    await DocumentBuilder.update([document.uri], []);
    const previousResultId = before.resultId as string;
    const delta = (await provider?.semanticHighlightDelta(document, {
      ...place(opened),
      previousResultId,
    })) as SemanticTokensDelta;
    const data = [...before.data];
    for (const edit of delta.edits) data.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
    expect(coloured(opened, { data })).toBe(
      'architecture «architecture! A» { company «company! B» users «users! C» { needs «company B» needs «users C» instances «number 2» } }\n',
    );
    expect(delta.edits).toHaveLength(1);
    const unknown = await provider?.semanticHighlightDelta(document, { ...place(opened), previousResultId });
    expect((unknown as SemanticTokens).data).toEqual(data);
  });
});
