import { type Form, type FormName, formOf, type Part, type Slot } from './forms.ts';

/** A part of a form, and the rule that it is of. */
export interface PlacedPart {
  readonly rule: FormName;
  readonly part: string | Slot;
}

/** The names or words that a slot may be filled with, the best first; empty where only the writer knows. */
export type Choices = (rule: FormName, slot: Slot) => readonly string[];

/** More choices than these are no help in a list that opens by itself. */
const MOST_CHOICES = 20;

/** Parts as a snippet of the editor's protocol; each slot a place to stop at. */
export function snippetOf(parts: readonly PlacedPart[], choices: Choices, block = false): string {
  let stop = 0;
  const words = parts.map(({ rule, part }) => {
    if (typeof part === 'string') return part;
    stop++;
    return slotSnippet(part, choices(rule, part), stop);
  });
  const written = words.reduce(
    (text, word) => (text === '' || word.includes(':/') ? text + word : `${text} ${word}`),
    '',
  );
  return block ? `${written} {\n\t$0\n}` : written;
}

function slotSnippet(slot: Slot, offered: readonly string[], stop: number): string {
  const fixed = typeof slot.example === 'string' ? offered : slot.example;
  const [first, ...more] = fixed;
  if (first !== undefined && more.length > 0 && fixed.length <= MOST_CHOICES) return `\${${stop}|${fixed.join(',')}|}`;
  const example = first ?? String(slot.example);
  const quoted = /^"(.*)"$/.exec(example);
  if (quoted) return `"\${${stop}:${escaped(quoted[1] as string)}}"`;
  const percentage = /^([\d_.]+)%$/.exec(example);
  return percentage ? `\${${stop}:${percentage[1]}}%` : `\${${stop}:${escaped(example)}}`;
}

const escaped = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** A snippet as plain text, for editors that know none. */
export const withoutStops = (snippet: string): string =>
  snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:\\.|[^}])*)\}/g, '$1')
    .replace(/\$\d+/g, '')
    .replace(/\\([\\$}])/g, '$1');

/** Words and slots that must be written, what is optional left out. */
export const required = (rule: FormName, parts: readonly Part[]): PlacedPart[] =>
  parts.flatMap((part) => (typeof part === 'string' || 'of' in part ? [{ rule, part }] : []));

/** From `keyword` on to the end of the form, or of the optional part that it stands in; for each way to write it. */
export function partsFrom(rule: FormName, keyword: string): PlacedPart[][] {
  const form: Form = formOf(rule);
  const found: PlacedPart[][] = [];
  for (const parts of [form.parts, ...Object.values(form.others ?? {})]) {
    for (const list of [parts, ...parts.flatMap((part) => (isOptional(part) ? [part.optional] : []))]) {
      const at = list.findIndex((part) => part === keyword || isChoiceOf(part, keyword));
      if (at >= 0) found.push(required(rule, [keyword, ...list.slice(at + 1)]));
    }
  }
  return found;
}

const isChoiceOf = (part: Part, word: string): boolean =>
  typeof part !== 'string' && 'of' in part && typeof part.example !== 'string' && part.example.includes(word);

const isOptional = (part: Part): part is Extract<Part, { readonly optional: unknown }> =>
  typeof part !== 'string' && 'optional' in part;

/** The words of a form up to its first slot: `promoted from`. */
export function leadingWords(parts: readonly PlacedPart[]): string {
  const slot = parts.findIndex(({ part }) => typeof part !== 'string');
  return parts
    .slice(0, slot < 0 ? parts.length : slot)
    .map(({ part }) => part)
    .join(' ');
}

/** All words of a form, its slots left open: `expect … never below`. */
export const openWords = (parts: readonly PlacedPart[]): string =>
  parts
    .map(({ part }) => (typeof part === 'string' ? part : '…'))
    .join(' ')
    .replace(/( …)+$/, '')
    .replace(/…( …)+/g, '…');

/** A form as readers see it: `needs what [to start]`. */
export function shownForm(parts: readonly Part[]): string {
  return parts.reduce<string>((text, part) => {
    const shown = typeof part === 'string' ? part : 'of' in part ? part.shows : `[${shownForm(part.optional)}]`;
    return text === '' || shown.startsWith('/') ? text + shown : `${text} ${shown}`;
  }, '');
}
