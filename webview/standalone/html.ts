/** HTML as text. Every attribute and every word of a file passes through here, and comes out as text. */
import { escapeText } from '../picture/index.ts';

export type Attributes = Readonly<Record<string, string | number | true | undefined>>;

/** Markup that was made here, and no words of a file: those become some by `text`. */
export type Html = string & { readonly markup: unique symbol };

export const text = (words: string | number): Html => escapeText(String(words)) as Html;

/** Markup of another maker that escapes as this one does: an SVG, a style sheet. */
export const trusted = (markup: string): Html => markup as Html;

export const joined = (parts: readonly Html[]): Html => parts.join('') as Html;

export const none = '' as Html;

export function tag(name: string, attributes: Attributes, ...content: readonly (Html | undefined)[]): Html {
  let opening = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) opening += ` ${key}`;
    else if (value !== undefined) opening += ` ${key}="${escapeText(String(value))}"`;
  }
  const inside = content.filter((part) => part !== undefined).join('');
  return `${opening}>${VOID.has(name) ? '' : `${inside}</${name}>`}` as Html;
}

const VOID = new Set(['meta', 'br', 'hr']);

export interface Column {
  readonly title: string;
  readonly className?: string;
}

/** A table with a row of headings; nothing where there are no rows. */
export function tableOf(columns: readonly Column[], rows: readonly (readonly Html[])[]): Html {
  if (rows.length === 0) return none;
  const cell = (name: 'th' | 'td', at: number, content: Html): Html =>
    tag(name, { class: columns[at]?.className, ...(name === 'th' && { scope: 'col' }) }, content);
  const heads = columns.map(({ title }, at) => cell('th', at, text(title)));
  return tag(
    'div',
    { class: 'table' },
    tag(
      'table',
      {},
      tag('thead', {}, tag('tr', {}, ...heads)),
      tag('tbody', {}, ...rows.map((row) => tag('tr', {}, ...row.map((content, at) => cell('td', at, content))))),
    ),
  );
}
