/** SVG as text. Every attribute and every word passes through here, and comes out as text and never as markup. */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

// All but the characters that XML can hold; with `u`, lone surrogates are caught as well.
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** What would turn the order of letters around, and with it what stands behind a name. They have no width. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Printable ASCII but the five: what most attributes are made of. */
const PLAIN = /^[ !#-%(-;=?-~]*$/;

export const escapeText = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text
        .replace(NOT_XML, '\ufffd')
        .replace(TURNS, '')
        .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** `content` is SVG already: made by `element` or `escapeText`. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  let opening = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined)
      opening += ` ${key}="${typeof value === 'number' ? shortNumber(value) : escapeText(value)}"`;
  }
  const inside = content.join('');
  return inside === '' ? `${opening}/>` : `${opening}>${inside}</${name}>`;
}

export const group = (attributes: Attributes, ...content: readonly string[]): string =>
  element('g', attributes, ...content);

export const textElement = (attributes: Attributes, text: string): string =>
  element('text', attributes, escapeText(text));

export const shortNumber = (value: number): string => String(Math.round(value * 100) / 100);

export const translate = (x: number, y: number): string => `translate(${shortNumber(x)} ${shortNumber(y)})`;
