import type { CompositeCstNode, CstNode, LangiumDocument, LeafCstNode } from 'langium';
import type { SemanticTokenProvider } from 'langium/lsp';
import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensOptions,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from 'vscode-languageserver-protocol';
import { isAcceptance } from '../generated/ast.ts';
import type { P2PArchServices } from '../services.ts';
import { MODIFIERS, TOKEN_TYPES, type TokenType } from './legend.ts';
import { type Meanings, meaningsOf } from './meanings.ts';
import { isDeclaration, type Named, type Occurrence } from './occurrences.ts';

/** Colours for names by what they mean where they stand, and for numbers and units. */
export class P2PArchSemanticTokens implements SemanticTokenProvider {
  readonly tokenTypes = indexOf(TOKEN_TYPES);
  readonly tokenModifiers = Object.fromEntries(MODIFIERS.map((modifier, index) => [modifier, 1 << index]));
  readonly semanticTokensOptions: SemanticTokensOptions = {
    legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...MODIFIERS] },
    full: { delta: true },
    range: true,
  };
  private readonly meanings: Meanings;
  /** What each open file was answered last, to say next time what has changed. */
  private readonly last = new Map<string, { readonly id: string; readonly data: readonly number[] }>();
  private answers = 0;

  constructor(services: P2PArchServices) {
    this.meanings = meaningsOf(services);
    services.shared.workspace.TextDocuments.onDidClose(({ document }) => this.last.delete(document.uri));
  }

  semanticHighlight(document: LangiumDocument, _params: SemanticTokensParams): SemanticTokens {
    return this.keep(document, encode(this.tokens(document)));
  }

  semanticHighlightRange(document: LangiumDocument, { range }: SemanticTokensRangeParams): SemanticTokens {
    const within = [document.textDocument.offsetAt(range.start), document.textDocument.offsetAt(range.end)] as const;
    return { data: encode(this.tokens(document, within)) };
  }

  semanticHighlightDelta(
    document: LangiumDocument,
    { previousResultId }: SemanticTokensDeltaParams,
  ): SemanticTokens | SemanticTokensDelta {
    const before = this.last.get(document.uri.toString());
    const after = this.keep(document, encode(this.tokens(document)));
    if (before?.id !== previousResultId) return after;
    return { resultId: after.resultId as string, edits: difference(before.data, after.data) };
  }

  private keep(document: LangiumDocument, data: number[]): SemanticTokens {
    const id = String(++this.answers);
    this.last.set(document.uri.toString(), { id, data });
    return { resultId: id, data };
  }

  private tokens(document: LangiumDocument, within?: readonly [number, number]): Token[] {
    const root = document.parseResult.value.$cstNode;
    const { all } = this.meanings.occurrences.of(document);
    const occurrences = new Map(all.map((occurrence) => [occurrence.words.offset, occurrence]));
    const tokens: Token[] = [];
    if (root) this.collect(root, within, occurrences, tokens);
    return tokens;
  }

  private collect(
    words: CstNode,
    within: readonly [number, number] | undefined,
    occurrences: ReadonlyMap<number, Occurrence>,
    into: Token[],
  ): void {
    if (isComposite(words)) {
      for (const part of words.content) {
        // What begins behind the range ends the search; a part that ends before it is passed over whole.
        if (within && part.offset >= within[1]) return;
        if (!within || part.end > within[0]) this.collect(part, within, occurrences, into);
      }
      return;
    }
    const kind = words.hidden ? undefined : this.kindOf(words as LeafCstNode, occurrences);
    if (!kind) return;
    const { start } = words.range;
    into.push({ line: start.line, character: start.character, length: words.length, ...kind });
  }

  private kindOf(words: LeafCstNode, occurrences: ReadonlyMap<number, Occurrence>): Kind | undefined {
    const token = words.tokenType.name;
    if (token !== 'NAME') return PLAIN.get(token);
    const occurrence = occurrences.get(words.offset);
    if (!occurrence) return isAcceptance(words.astNode) ? { type: 'rule', declares: false } : undefined;
    const [first, ...others] = this.meanings.here(occurrence).map(typeOf);
    if (first === undefined) return undefined;
    // Run by the company in one architecture of a scenario and by its users in the next, it has neither's colour.
    const differs = others.some((other) => other !== first);
    return { type: differs ? 'component' : first, declares: isDeclaration(occurrence) };
  }
}

const isComposite = (words: CstNode): words is CompositeCstNode => 'content' in words;

interface Kind {
  readonly type: TokenType;
  readonly declares: boolean;
}

interface Token extends Kind {
  readonly line: number;
  readonly character: number;
  readonly length: number;
}

/** What a blank or a line's end may part from its number, so that the text's own colours cannot tell it. */
const PLAIN: ReadonlyMap<string, Kind> = new Map(
  (
    [
      [['INT', 'NUMBER'], 'number'],
      [['ms', 's', 'min', 'h', 'd', '%'], 'unit'],
    ] as const
  ).flatMap(([names, type]) => names.map((name) => [name, { type, declares: false }] as const)),
);

const TYPES = {
  Group: 'group',
  Service: 'service',
  Hazard: 'hazard',
  Architecture: 'architecture',
  Scenario: 'scenario',
} as const satisfies Record<Exclude<Named['$type'], 'Component'>, TokenType>;

const typeOf = (named: Named): TokenType => (named.$type === 'Component' ? named.party : TYPES[named.$type]);

const indexOf = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name, index) => [name, index]));

const NUMBERS = indexOf(TOKEN_TYPES);

/** As the protocol wants it: five numbers a token, places relative to the token before. */
function encode(tokens: readonly Token[]): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const token of tokens) {
    if (token.line !== line) character = 0;
    data.push(token.line - line, token.character - character, token.length);
    data.push(NUMBERS[token.type] as number, token.declares ? 1 : 0);
    line = token.line;
    character = token.character;
  }
  return data;
}

/** One edit, between what both begin with and what both end with. */
function difference(before: readonly number[], after: readonly number[]): SemanticTokensDelta['edits'] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  if (start === before.length && start === after.length) return [];
  return [{ start, deleteCount: before.length - start - end, data: after.slice(start, after.length - end) }];
}
