import type { LangiumDocument } from 'langium';
import type { CompletionProvider, CompletionProviderOptions } from 'langium/lsp';
import type { CompletionParams } from 'vscode-languageserver-protocol';
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  type Range,
} from 'vscode-languageserver-types';
import { today } from '../problems/settings.ts';
import type { P2PArchServices } from '../services.ts';
import { Candidates, documentationOf } from './candidates.ts';
import { importOffers } from './imports.ts';
import { type Offer, Offers, RANKS } from './items.ts';
import { endOf, type Sight, type Sights, sightsOf } from './sight.ts';
import { withoutStops } from './snippets.ts';
import type { Step, Token } from './walk.ts';

/** Beyond so many names the list is cut, and asked for anew as more letters come. */
const MOST_ITEMS = 1000;

/** Offers what may stand at a place, by the grammar, by kind, and by what stands there already. */
export class P2PArchCompletionProvider implements CompletionProvider {
  readonly completionOptions: CompletionProviderOptions = { triggerCharacters: [' ', '"', '/', '(', ','] };
  private readonly services: P2PArchServices;
  private readonly sights: Sights;
  private readonly offers: Offers;
  private knowsSnippets = true;

  constructor(services: P2PArchServices, day: () => string = today) {
    this.services = services;
    this.sights = sightsOf(services);
    this.offers = new Offers(new Candidates(services), day);
    services.shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
      this.knowsSnippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false;
    });
  }

  async getCompletion(document: LangiumDocument, params: CompletionParams): Promise<CompletionList> {
    const sight = this.sights.at(document, document.textDocument.offsetAt(params.position));
    if (sight.within === 'comment') return { isIncomplete: false, items: [] };
    if (sight.within === 'text') return this.inText(document, sight);
    const typedBlank = params.context?.triggerCharacter === ' ';
    const offers = await this.inCode(document, sight, typedBlank);
    return this.listed(document, sight, offers, sight.word);
  }

  private async inText(document: LangiumDocument, sight: Sight): Promise<CompletionList> {
    const { touched, statement, offset } = sight;
    if (!touched || statement?.rule !== 'Import') return { isIncomplete: false, items: [] };
    const start = touched.startOffset + 1;
    const isClosed = touched.image.length > 1 && touched.image.endsWith('"');
    const offers = await importOffers(this.services.shared, document, sight.text.slice(start, offset));
    return this.listed(document, sight, offers, { start, end: isClosed ? endOf(touched) - 1 : offset });
  }

  private async inCode(document: LangiumDocument, sight: Sight, typedBlank: boolean): Promise<Offer[]> {
    const beginnings = this.sights.beginnings(sight.block);
    const isBeginning = (step: Step): boolean =>
      beginnings.some(({ word, at }) => word === step.word && at.rule === step.at.rule);
    const isWhole = sight.before.length === 0 || sight.steps.some(isBeginning);
    // A blank is typed between any two words: only where something must follow, a list opens by itself.
    if (typedBlank && (isWhole || sight.isWrong)) return [];
    const isFollowed = sight.before.length > 0 && hasMoreOnLine(sight);
    const inside = sight.before.length === 0 ? [] : sight.steps.filter((step) => !isBeginning(step));
    const offers = inside.flatMap((step) =>
      isFollowed && step.word === '{' ? [] : this.offers.for(document, sight, step),
    );
    if (sight.steps.some((step) => step.at.rule === 'Import' && step.kind === 'value')) {
      const paths = await importOffers(this.services.shared, document, '');
      offers.unshift(...paths.map((offer) => ({ ...offer, label: `"${offer.label}"` })));
    }
    // Words that are not whole or wrong may have been left for later: on a line of its own a new statement may begin.
    const mayBegin = isFollowed ? false : isWhole || isOnNewLine(sight);
    if (!mayBegin) return unique(offers);
    // On a new line what begins comes first, and what goes on with the line before after it.
    const goesOn = isWhole && isOnNewLine(sight);
    const rank = sight.before.length === 0 || goesOn ? 0 : RANKS.later;
    const given = givenKeywords(sight, beginnings);
    const anew = atBeginning(sight);
    const begun = beginnings
      .filter((step) => !given(step))
      .flatMap((step) => (step.word === '}' ? [] : this.offers.beginning(document, anew, step)))
      .map((offer, index) => ({ ...offer, rank: rank + index / 100 }));
    if (DECLARING.includes(sight.block.rule ?? '')) begun.push(comment(rank));
    const going = goesOn ? offers.map((offer) => ({ ...offer, rank: offer.rank + RANKS.later })) : offers;
    return unique([...going, ...begun]);
  }

  private listed(
    document: LangiumDocument,
    sight: Sight,
    offers: readonly Offer[],
    replaced: { readonly start: number; readonly end: number },
  ): CompletionList {
    const { textDocument } = document;
    const range = { start: textDocument.positionAt(replaced.start), end: textDocument.positionAt(replaced.end) };
    const written = sight.text.slice(replaced.start, sight.offset).toLowerCase();
    const fitting = offers.filter(({ label }) => isSpelledIn(written, label.toLowerCase()));
    const items = fitting.slice(0, MOST_ITEMS).map((offer, index) => this.item(offer, index, range));
    return { isIncomplete: items.length < fitting.length, items };
  }

  private item(offer: Offer, index: number, range: Range): CompletionItem {
    const { label, kind, snippet = label, detail, node, rank } = offer;
    const documentation = offer.documentation ?? documentationOf(node);
    const isSnippet = snippet.includes('$');
    const newText = isSnippet && !this.knowsSnippets ? withoutStops(snippet) : snippet;
    return {
      label,
      kind,
      ...(detail !== undefined && { detail }),
      ...(documentation !== undefined && { documentation: { kind: 'markdown' as const, value: documentation } }),
      sortText: `${String(Math.floor(rank)).padStart(2, '0')}${String(index).padStart(4, '0')}`,
      ...(isSnippet && this.knowsSnippets && { insertTextFormat: InsertTextFormat.Snippet }),
      textEdit: { range, newText },
    };
  }
}

const DECLARING = ['File', 'Architecture', 'Group'];

const comment = (rank: number): Offer => ({
  label: '/** … */',
  kind: CompletionItemKind.Snippet,
  snippet: `/** \${1:What it is.} */`,
  documentation: 'Documents what follows it: it shows on hover.',
  rank: rank + 1,
});

/** Whether the letters of `written` come in this order in `label`, as editors match them. */
function isSpelledIn(written: string, label: string): boolean {
  let at = 0;
  for (const letter of written) {
    at = label.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const lineBreakBetween = ({ text }: Sight, start: number, end: number): boolean =>
  /[\r\n]/.test(text.slice(start, end));

function isOnNewLine(sight: Sight): boolean {
  const last = sight.before.at(-1);
  return last !== undefined && lineBreakBetween(sight, endOf(last), sight.word.start);
}

/** A statement that begins here owes nothing to the words of the one before it. */
function atBeginning({ statement: _, ...sight }: Sight): Sight {
  return { ...sight, before: [], behind: [] };
}

/** Whether the statement goes on behind the place, on the same line: what is put here stands in its middle. */
function hasMoreOnLine(sight: Sight): boolean {
  const following: Token | undefined = sight.tokens.find((token) => token.startOffset >= sight.word.end);
  if (!following || lineBreakBetween(sight, sight.word.end, following.startOffset)) return false;
  return sight.behind.length > 0 || following.image === '{';
}

const REPEATED = new Set(['needs', 'serves', 'admits', 'exposed', 'at', 'expect']);
const SINGLE_IN = new Set(['Component', 'Service', 'Scenario']);

/** Which beginnings may stand once and stand already, or exclude each other. */
function givenKeywords(sight: Sight, beginnings: readonly Step[]): (step: Step) => boolean {
  const { block, statement, tokens } = sight;
  const others = block.statements.filter((other) => other !== statement || sight.before.length > 0);
  const given = new Set(others.map(({ keyword }) => keyword));
  if (given.has('promoted')) given.add('restarts');
  if (given.has('restarts')) given.add('promoted');
  if (block.rule === 'File') return fileHeads(others, sight.offset, tokens);
  if (!SINGLE_IN.has(block.rule ?? '') || beginnings.length === 0) return () => false;
  return ({ word }) => given.has(word) && !REPEATED.has(word);
}

/** Imports stand at the head of a file, before everything else. */
function fileHeads(
  others: readonly { readonly keyword: string | undefined; readonly start: number }[],
  offset: number,
  tokens: readonly Token[],
): (step: Step) => boolean {
  const isBefore = (start: number): boolean => (tokens[start]?.startOffset ?? 0) < offset;
  const afterOthers = others.some(({ keyword, start }) => keyword !== 'import' && isBefore(start));
  const beforeImports = others.some(({ keyword, start }) => keyword === 'import' && !isBefore(start));
  return ({ word }) => (word === 'import' ? afterOthers : beforeImports);
}

function unique(offers: readonly Offer[]): Offer[] {
  const byLabel = new Map<string, Offer>();
  for (const offer of offers) if (!byLabel.has(offer.label)) byLabel.set(offer.label, offer);
  return [...byLabel.values()].sort((left, right) => left.rank - right.rank);
}
