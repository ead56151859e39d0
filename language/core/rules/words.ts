import type { Component, Control, NeedExpression } from '../model/index.ts';

/** `A`, `A and B`, `A, B and C`, `A, B, C and 4 more`: at most four names, or three and a number. */
export function listed(names: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : [...names];
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} ${conjunction} ${last}`;
}

/** The word for one or for several. */
export const agree = (names: readonly string[], one: string, several: string): string =>
  names.length === 1 ? one : several;

/** `users run it`, `Amazon runs it`, by whoever operates the component. */
export function whoRuns(component: Component): string {
  if (component.operator !== undefined) return `${component.operator} runs it`;
  switch (component.party) {
    case 'company':
      return 'the company runs it';
    case 'users':
      return 'users run it';
    case 'vendor':
      return 'a vendor runs it';
  }
}

/** What the company can do to it, as the rest of a sentence that `it` was named in. */
export function whatCompanyCan(control: Control): string {
  switch (control) {
    case 'none':
      return 'the company can neither touch nor command it';
    case 'physical':
      return 'the company can touch its machines but not command its software';
    case 'programmatic':
      return 'the company can command its software but not touch its machines';
    case 'full':
      return 'the company can both touch and command it';
  }
}

/** What the company can do to what it does not run; with no control at all, nothing. */
export function whatCompanyCanStill(control: Control): string {
  switch (control) {
    case 'none':
      return '';
    case 'physical':
      return ', but can touch its machines';
    case 'programmatic':
      return ', but can command its software';
    case 'full':
      return ', but can both touch and command it';
  }
}

/** A share of 0…1 as the text would write it: `95%`, `33.33%`. */
export const percent = (share: number): string => `${Number((share * 100).toFixed(2))}%`;

/** A need in the words of the text, for a sentence: of many alternatives the first three. */
export function needText(need: NeedExpression, inside = false): string {
  switch (need.kind) {
    case 'reference':
      return need.name;
    case 'and':
    case 'or': {
      const words = need.operands.map((operand) => needText(operand, true));
      const shown = words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} more`] : words;
      const text = shown.join(` ${need.kind} `);
      return inside ? `(${text})` : text;
    }
    case 'atLeast': {
      const words = need.operands.map((operand) => needText(operand, true));
      const shown = words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} more`] : words;
      return `${need.count} of (${shown.join(', ')})`;
    }
  }
}
