import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionItem } from 'vscode-languageserver-types';
import { inOrder } from './at.ts';

interface Stop {
  offset: number;
  length: number;
}

/**
 * Someone who writes by completion: accepts what is offered, goes from stop to stop, and types names, numbers and the
 * insides of texts, and nothing else but blanks and line ends.
 */
export class Editor {
  text = '';
  private cursor = 0;
  private stops: Stop[] = [];

  constructor(private readonly offers: (text: string, offset: number) => Promise<readonly CompletionItem[]>) {}

  /** Accepts the offer of this label where the cursor stands; what is selected goes first. */
  async accept(label: string): Promise<this> {
    this.replace(this.cursor, this.selected(), '');
    const document = TextDocument.create('file:///main.p2parch', 'p2parch', 1, this.text);
    const items = inOrder({ isIncomplete: false, items: [...(await this.offers(this.text, this.cursor))] });
    const item = items.find((one) => one.label === label);
    if (!item?.textEdit || !('range' in item.textEdit)) {
      throw new Error(
        `"${label}" is not offered behind "${this.text.slice(Math.max(0, this.cursor - 60), this.cursor)}", but ${items.map((one) => one.label).join(' | ')}`,
      );
    }
    const { range, newText } = item.textEdit;
    const start = document.offsetAt(range.start);
    const { plain, stops } = item.insertTextFormat === 2 ? expanded(newText) : { plain: newText, stops: [] };
    this.replace(start, document.offsetAt(range.end) - start, plain);
    this.cursor = start + plain.length;
    this.stops.unshift(...stops.map(({ offset, length }) => ({ offset: offset + start, length })));
    return stops.length > 0 ? this.next() : this;
  }

  /** Types a name, a number, or what stands between quotes, in place of what is selected. */
  type(text: string): this {
    if (!/^([\p{L}_][\p{L}\d_-]*|[\d_.-]+)$/u.test(text) && !this.isInText())
      throw new Error(`"${text}" is no name, number or text`);
    this.replace(this.cursor, this.selected(), text);
    this.cursor += text.length;
    return this;
  }

  blank(): this {
    return this.move(' ');
  }

  /** A line further nobody is among the stops any more. */
  line(): this {
    this.stops = [];
    return this.move('\n');
  }

  /** Goes to the next stop of what was accepted. */
  next(): this {
    const stop = this.stops.shift();
    if (!stop)
      throw new Error(
        `there is no stop to go to behind "${this.text.slice(Math.max(0, this.cursor - 60), this.cursor)}"`,
      );
    this.cursor = stop.offset;
    this.selection = stop.length;
    return this;
  }

  /** Goes to the end of the line. */
  end(): this {
    const end = this.text.indexOf('\n', this.cursor);
    this.cursor = end < 0 ? this.text.length : end;
    this.selection = 0;
    return this;
  }

  /** Goes to the end of the line below. */
  down(): this {
    this.end();
    this.cursor++;
    return this.end();
  }

  /** Leaves the block that the cursor stands in, to a line of its own. */
  leave(): this {
    this.cursor = this.text.indexOf('}', this.cursor) + 1;
    this.stops = [];
    return this.line();
  }

  /** Does what a script says, one thing after the other: `accept needs | accept Client | line`. */
  async follow(script: string): Promise<this> {
    for (const action of script.split(/ \| |\n/).map((one) => one.trim())) {
      const [, verb = '', object = ''] = /^(\S*)\s*(.*)$/.exec(action) ?? [];
      if (verb === 'accept') await this.accept(object);
      else if (verb === 'type') this.type(object);
      else if (
        verb === 'line' ||
        verb === 'blank' ||
        verb === 'next' ||
        verb === 'end' ||
        verb === 'down' ||
        verb === 'leave'
      )
        this[verb]();
      else if (verb !== '') throw new Error(`no such thing to do: ${action}`);
    }
    return this;
  }

  private selection = 0;

  private selected(): number {
    const length = this.selection;
    this.selection = 0;
    return length;
  }

  private move(white: string): this {
    this.selection = 0;
    this.replace(this.cursor, 0, white);
    this.cursor += white.length;
    return this;
  }

  private isInText(): boolean {
    const line = this.text.slice(this.text.lastIndexOf('\n', this.cursor - 1) + 1, this.cursor);
    return line.split('"').length % 2 === 0 || line.includes('/**');
  }

  private replace(offset: number, length: number, by: string): void {
    this.text = this.text.slice(0, offset) + by + this.text.slice(offset + length);
    for (const stop of this.stops) if (stop.offset >= offset + length) stop.offset += by.length - length;
  }
}

/** A snippet's text and its stops in their order, the last one that of `$0`. */
function expanded(snippet: string): { plain: string; stops: Stop[] } {
  let plain = '';
  const stops: (Stop & { number: number })[] = [];
  const pattern = /\$\{(\d+)\|([^|]*)\|\}|\$\{(\d+):((?:\\.|[^}\\])*)\}|\$(\d+)|\\(.)|[\s\S]/g;
  for (const [whole, choice, choices, holder, content, bare, escaped] of snippet.matchAll(pattern)) {
    const number = choice ?? holder ?? bare;
    const text =
      choices?.split(',')[0] ?? content?.replace(/\\(.)/g, '$1') ?? (bare === undefined ? (escaped ?? whole) : '');
    if (number !== undefined)
      stops.push({ number: Number(number) || Infinity, offset: plain.length, length: text.length });
    plain += text;
  }
  return { plain, stops: stops.sort((left, right) => left.number - right.number) };
}
