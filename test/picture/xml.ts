/** A small reader of well-formed XML: elements, attributes and text, and an error for anything else. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const ENTITY = /&(?:amp|lt|gt|quot|#39);/g;
const DECODED: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

function decode(text: string): string {
  if (text.replace(ENTITY, '').includes('&')) throw new Error(`a bare & in ${text}`);
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
    throw new Error('a character that XML cannot hold');
  return text.replace(ENTITY, (entity) => DECODED[entity] ?? '');
}

export function readXml(source: string): XmlElement {
  const root: XmlElement = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  const token = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let at = 0;
  while (at < source.length) {
    token.lastIndex = at;
    const match = token.exec(source);
    if (match === null) throw new Error(`not XML at ${at}: ${source.slice(at, at + 60)}`);
    at = token.lastIndex;
    const [, closing, name = '', attributes = '', empty, text] = match;
    const parent = open.at(-1) ?? root;
    if (text !== undefined) {
      parent.text += decode(text);
    } else if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another`);
    } else {
      const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, decode(value)] as const,
      );
      const element: XmlElement = { name, attributes: new Map(pairs), children: [], text: '' };
      if (pairs.length !== element.attributes.size) throw new Error(`an attribute twice on <${name}>`);
      parent.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name}> is left open`);
  const [only] = root.children;
  if (only === undefined || root.children.length !== 1 || root.text.trim() !== '') throw new Error('not one root');
  return only;
}

export function descendants(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(descendants)];
}

export const withAttribute = (element: XmlElement, key: string, value?: string): XmlElement[] =>
  descendants(element).filter(
    ({ attributes }) => attributes.has(key) && (value === undefined || attributes.get(key) === value),
  );
