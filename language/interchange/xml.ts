/** An element of XML. Names and attributes' names come from the program, values and text from anywhere. */
export interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Elements, or text. */
  readonly content: readonly Xml[] | string;
}

export const xml = (name: string, attributes: Xml['attributes'] = {}, content: Xml['content'] = []): Xml => ({
  name,
  attributes,
  content,
});

/** A whole document, an element a line. */
export function xmlDocument(root: Xml): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  write(root, '', lines);
  return `${lines.join('\n')}\n`;
}

function write({ name, attributes, content }: Xml, indent: string, lines: string[]): void {
  const values = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const start = `${indent}<${name}${values.join('')}`;
  if (typeof content === 'string') lines.push(`${start}>${escaped(content)}</${name}>`);
  else if (content.length === 0) lines.push(`${start}/>`);
  else {
    lines.push(`${start}>`);
    for (const child of content) write(child, `${indent}  `, lines);
    lines.push(`${indent}</${name}>`);
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Line ends and tabs become blanks, as in every reader of attributes; what XML 1.0 cannot hold becomes U+FFFD. */
const escaped = (text: string): string =>
  text
    .replace(/[\t\n\r]/g, ' ')
    .replace(/[^\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
