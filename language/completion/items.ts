import type { AstNode, LangiumDocument } from 'langium';
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Candidate, Candidates } from './candidates.ts';
import { type Form, type FormName, formOf, isFormName, type Slot } from './forms.ts';
import { meaningOf } from './meanings.ts';
import { ruleWords } from './rule-words.ts';
import type { Sight } from './sight.ts';
import {
  type Choices,
  leadingWords,
  openWords,
  type PlacedPart,
  partsFrom,
  required,
  shownForm,
  snippetOf,
} from './snippets.ts';
import { type GrammarPlace, placeIn, type Step } from './walk.ts';

/** One offer, before it is put into the words of the editor's protocol. */
export interface Offer {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** As a snippet; the label unless said. */
  readonly snippet?: string;
  readonly detail?: string;
  readonly documentation?: string;
  /** Whose comment is its documentation: looked for only if the offer is shown. */
  readonly node?: AstNode;
  /** Lower stands higher. */
  readonly rank: number;
}

/** How offers are ranked among each other; each leaves room for distances within. */
export const RANKS = { names: 0, values: 10, words: 20, signs: 30, later: 40 } as const;

/** What is offered for one step of the grammar. */
export class Offers {
  constructor(
    private readonly candidates: Candidates,
    private readonly day: () => string,
  ) {}

  for(document: LangiumDocument, sight: Sight, step: Step): Offer[] {
    if (step.kind === 'reference') return this.candidates.at(document, sight, step).map(fromCandidate);
    const choices: Choices = (rule, slot) => this.choices(document, sight, rule, slot);
    return step.kind === 'value' ? this.values(sight, step, choices) : keywordOffers(sight, step, choices);
  }

  /** The forms of the statement that begins with a keyword, whole. */
  beginning(document: LangiumDocument, sight: Sight, step: Step): Offer[] {
    const { rule } = step.at;
    if (!isFormName(rule) || step.kind !== 'keyword') return this.for(document, sight, step);
    const form: Form = formOf(rule);
    const choices: Choices = (of, slot) => this.choices(document, sight, of, slot);
    const offer = (parts: readonly PlacedPart[], label: string): Offer => ({
      label,
      kind: form.block ? CompletionItemKind.Snippet : CompletionItemKind.Property,
      snippet: snippetOf(parts, choices, form.block),
      detail: shownForm(
        rule === 'Component'
          ? [step.word, ...form.parts.slice(1)]
          : parts === main
            ? form.parts
            : parts.map(({ part }) => part),
      ),
      documentation: [meaningOf(rule, step.word), form.says].filter(Boolean).join('\n\n'),
      rank: RANKS.words,
    });
    const main = beginningParts(rule, step.word, this.needsPlace(sight, rule));
    if (rule === 'Traffic') {
      return [
        offer(
          ['traffic', ...formOf('Share').parts].flatMap((part) => required('Share', [part])),
          'traffic',
        ),
      ];
    }
    if (rule === 'Step') {
      return (['Crash', 'Strike', 'Restore', 'Add'] as const).map((action) => {
        const parts = [...main.slice(0, 2), ...required(action, formOf(action).parts)];
        return { ...offer(parts, openWords(parts)), documentation: formOf(action).says };
      });
    }
    const others = Object.values(form.others ?? {}).map((parts) => required(rule, parts));
    return [offer(main, leadingWords(main)), ...others.map((parts) => offer(parts, openWords(parts)))];
  }

  /** A scenario of the file says on what it runs; one in an architecture must not. */
  private needsPlace(sight: Sight, rule: FormName): boolean {
    return rule === 'Scenario' && sight.block.rule === 'File';
  }

  private values(sight: Sight, step: Step, choices: Choices): Offer[] {
    if (step.at.rule === 'AtomicNeed') return [fewOf(choices)];
    if (step.at.rule === 'Acceptance' && step.at.property === 'rule') return ruleOffers();
    const at = placeIn(step.at, isFormName);
    const slot = at && slotOf(at);
    if (!at || !slot || slot.of === 'name') return [];
    const value = (snippet: string, label: string, rank: number = RANKS.values): Offer => ({
      label,
      kind: /\d (ms|s|min|h|d)$/.test(label) ? CompletionItemKind.Unit : CompletionItemKind.Value,
      snippet,
      detail: slot.says,
      rank,
    });
    if (step.word === 'DATE') return [value(`\${1:${yearAfter(this.day())}}`, yearAfter(this.day()))];
    const examples = EXAMPLES[`${at.rule}.${slot.of}`] ?? (placeIn(step.at, isDuration) ? DURATIONS : [slot.example]);
    // The sign or the unit behind the number may stand there already.
    const following = sight.behind[0]?.image;
    const cut = examples.map((example) =>
      following && '%/'.includes(following) ? (example.split(following)[0] ?? '') : example,
    );
    return cut.map((example, index) => value(valueSnippet(example), example, RANKS.values + index));
  }

  private choices(document: LangiumDocument, sight: Sight, rule: FormName, slot: Slot): readonly string[] {
    if (rule === 'Acceptance' && slot.of === 'rule') return [...ruleWords().keys()];
    if (slot.of === 'until') return [yearAfter(this.day())];
    if (slot.of === 'shares' || slot.of === 'name') return [];
    const need = slot.of === 'need' || slot.of === 'operands';
    const around: GrammarPlace = { rule: rule === 'ServiceNeeds' ? 'Service' : rule, type: rule };
    const at = need
      ? { rule, type: 'ReferenceNeed', property: 'target', around }
      : { rule, type: rule, property: slot.of };
    if (!need && typeof slot.example === 'string' && !/^\p{Lu}/u.test(slot.example)) return [];
    return this.candidates
      .at(document, sight, { kind: 'reference', word: 'NAME', at, rest: undefined })
      .map(({ name }) => name);
  }
}

const isDuration = (rule: string): boolean => rule === 'Duration';

const DURATIONS = ['30 s', '5 min', '1 h', '1 d', '500 ms'] as const;

/** Values with what belongs to them, where the form shows them in parts. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  'Promoted.rate': ['10/min', '5%/min'],
  'Overloads.loss': ['5%/min'],
  'Traffic.shares': ['95%'],
  'Crash.share': ['40% of'],
};

/** The numbers or the text between the quotes are what the writer changes. */
const valueSnippet = (example: string): string =>
  example.startsWith('"')
    ? `"\${1:${example.slice(1, -1)}}"`
    : example.replace(/^[\d_.]+/, (number) => `\${1:${number}}`);

function slotOf(at: GrammarPlace): (Slot & { readonly example: string }) | undefined {
  const form: Form | undefined = isFormName(at.rule) ? formOf(at.rule) : undefined;
  const lists = form ? [form.parts, ...Object.values(form.others ?? {})] : [];
  const slots = lists.flat().flatMap((part) => (typeof part === 'string' ? [] : 'of' in part ? [part] : part.optional));
  const found = slots.find((part) => typeof part !== 'string' && 'of' in part && part.of === at.property) as
    | Slot
    | undefined;
  return found && typeof found.example === 'string' ? { ...found, example: found.example } : undefined;
}

function beginningParts(rule: FormName, word: string, isPlaced: boolean): PlacedPart[] {
  const { parts }: Form = formOf(rule);
  const placed = isPlaced ? parts.flatMap((part) => (isPlacing(part) ? part.optional : [part])) : parts;
  return required(rule, rule === 'Component' ? [word, ...parts.slice(1)] : placed);
}

const isPlacing = (part: Form['parts'][number]): part is { readonly optional: Form['parts'] } =>
  typeof part !== 'string' && 'optional' in part && part.optional[0] === 'on';

function keywordOffers(sight: Sight, step: Step, choices: Choices): Offer[] {
  const { word } = step;
  const form = placeIn(step.at, isFormName);
  const documentation = meaningOf(step.at.rule, word);
  const offer = (label: string, snippet: string, rank: number, kind: CompletionItemKind): Offer => ({
    label,
    kind,
    snippet,
    ...(documentation !== undefined && { documentation }),
    rank,
  });
  if (step.at.rule === 'Duration') return [offer(word, `${gap(sight)}${word}`, RANKS.values, CompletionItemKind.Unit)];
  if (step.at.rule === 'Per') return perOffers(sight, word, offer);
  if (word === '{') return [offer('{ … }', '{\n\t$0\n}', RANKS.signs, CompletionItemKind.Snippet)];
  if (word === '(') return [offer('( … )', '($1)', RANKS.signs, CompletionItemKind.Operator)];
  if (word === ',') return [offer(',', ', ', RANKS.signs, CompletionItemKind.Operator)];
  if (!/^\p{L}/u.test(word)) return [offer(word, word, RANKS.signs, CompletionItemKind.Operator)];
  if (word.startsWith('failure') && (countOf(sight) === '1') !== (word === 'failure')) return [];
  const rule = form?.rule;
  const ways = rule !== undefined && isFormName(rule) ? partsFrom(rule, word) : [];
  if (ways.length === 0) return [offer(word, word, RANKS.words, CompletionItemKind.Keyword)];
  return ways.map((parts) => {
    const label = leadingWords(parts);
    // What the words are followed by may stand there already.
    const snippet = sight.behind.length > 0 ? label : snippetOf(parts, choices);
    const detail = shownForm(parts.map(({ part }) => part));
    return { ...offer(label, snippet, RANKS.words, CompletionItemKind.Keyword), detail };
  });
}

/** A unit right behind a number stands apart from it. */
const gap = (sight: Sight): string =>
  sight.word.start === sight.word.end && /\d/.test(sight.text[sight.offset - 1] ?? '') ? ' ' : '';

/** The number that a word stands behind, as it is written. */
const countOf = (sight: Sight): string | undefined =>
  sight.before.findLast((token) => token.tokenType.name === 'INT')?.image;

function perOffers(
  sight: Sight,
  word: string,
  offer: (label: string, snippet: string, rank: number, kind: CompletionItemKind) => Offer,
): Offer[] {
  const units = word === '/' ? ['/s', '/min', '/h', '/d'] : [word];
  // Right behind the "/" each unit comes as a step of its own.
  return sight.before.at(-1)?.image === '/' && word === '/'
    ? []
    : units.map((unit) => offer(unit, unit, RANKS.values, CompletionItemKind.Unit));
}

const KINDS: Readonly<Record<Candidate['kind'], CompletionItemKind>> = {
  Component: CompletionItemKind.Class,
  Group: CompletionItemKind.Module,
  Service: CompletionItemKind.Interface,
  Hazard: CompletionItemKind.Event,
  Architecture: CompletionItemKind.Struct,
  Scenario: CompletionItemKind.Function,
};

function fromCandidate({ name, kind, header, distance, node }: Candidate): Offer {
  return {
    label: name,
    kind: KINDS[kind],
    detail: header,
    ...(node && { node }),
    rank: RANKS.names + distance,
  };
}

const ruleOffers = (): Offer[] =>
  [...ruleWords()].map(([name, { says, why, remedy }]) => ({
    label: name,
    kind: CompletionItemKind.EnumMember,
    detail: says,
    documentation: [says, why, remedy].filter(Boolean).join('\n\n'),
    rank: RANKS.names,
  }));

/** `2 of (A, B)`: so many of several needs. */
function fewOf(choices: Choices): Offer {
  const slot = (example: string): Slot => ({ of: 'operands', shows: '', says: '', example });
  const rule = 'Needs';
  const names = choices(rule, slot('A')).slice(0, 3);
  const operands = (names.length < 2 ? ['A', 'B'] : names).map((name, index) => `\${${index + 2}:${name}}`);
  return {
    label: 'n of ( … )',
    kind: CompletionItemKind.Operator,
    snippet: `\${1:2} of (${operands.join(', ')})`,
    documentation: meaningOf('AtomicNeed', 'of') as string,
    rank: RANKS.signs,
  };
}

/** The same day a year on; the last of February where that year has no 29th. */
function yearAfter(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(year) + 1}-${month}-${month === '02' && date === '29' ? '28' : date}`;
}
