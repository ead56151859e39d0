import type { Change, FormatOptions } from './format.ts';
import { indentation } from './lines.ts';
import {
  blankBetween,
  isBlank,
  isComment,
  isDocComment,
  isLineComment,
  lineEndOf,
  lineEnds,
  mayBreak,
} from './spacing.ts';
import type { Statement, Statements, Token } from './statements.ts';

/** A block that was on one line stays there as long as its line is no longer. */
const LONGEST_LINE = 120;

export interface Source {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly comments: readonly Token[];
  readonly statements: Statements;
}

/** One pass over the words: what has to change between each two of them. */
export function layOut(source: Source, options: FormatOptions): Change[] {
  const writing = new Writing(source, options);
  for (let index = 0; index <= source.tokens.length; index++) writing.next(index);
  return writing.changes;
}

/** What lies between one word of the language and the next: comments, and a gap before and behind each. */
interface Between {
  /** The token on the right; at the end of the file there is none. */
  readonly index: number;
  readonly left: Token | undefined;
  readonly right: Token | undefined;
  readonly comments: readonly Token[];
  /** One more than there are comments. */
  readonly gaps: readonly Gap[];
}

interface Gap {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lineEnds: number;
}

/** A parenthesis that is open, and the level of the line that it stands on. */
interface Parenthesis {
  readonly level: number;
  /** A line ends behind it: what it holds is a level deeper, and its end may have a line of its own. */
  isHanging: boolean;
  /** The level of the innermost line that ends with one, of this and those around it. */
  hangingLevel: number | undefined;
}

class Writing {
  readonly changes: Change[] = [];
  private readonly lineEnd: string;
  private comment = 0;
  private offset = 0;
  /** Of the line that is being written: its level, and how far it has come. */
  private level = 0;
  private column = 0;
  private parentheses: Parenthesis[] = [];
  /** The token that ends the block on one line that is being written. */
  private oneLineUntil = -1;

  constructor(
    private readonly source: Source,
    private readonly options: FormatOptions,
  ) {
    this.lineEnd = lineEndOf(source.text);
  }

  /** Writes what stands before a token, and the token. */
  next(index: number): void {
    const between = this.between(index);
    const { left, right, comments, gaps } = between;
    const separates = this.separates(between);
    const breaks = this.breaks(between, separates);
    const parenthesis = this.parentheses.at(-1);
    if (left?.image === '(' && parenthesis && breaks.includes(true)) {
      parenthesis.isHanging = true;
      parenthesis.hangingLevel = parenthesis.level;
    }
    const levels = this.levels(index, right);
    const begins = right === undefined || this.statement(index).first === index;
    for (const [position, gap] of gaps.entries()) {
      const item = comments[position] ?? right;
      const level = item === right ? levels.right : levels.comment;
      const isFirst = position === 0 && left === undefined;
      const isLast = position === comments.length;
      if (this.isFrozen(between, position)) {
        this.keep(gap, level);
        if (isLast) continue;
        this.advance((item as Token).image);
        continue;
      }
      if (item === undefined) this.change(gap, isFirst ? mark(gap.text) : this.lineEnd);
      else if (isFirst) this.change(gap, mark(gap.text));
      else if (breaks[position]) {
        const mayBeBlank = begins && !(isLast && right?.image === '}');
        this.breakLine(gap, mayBeBlank && gap.lineEnds > 1, level);
      } else this.change(gap, blankBetween(comments[position - 1] ?? (left as Token), item, gap.text));
      if (!isLast) this.writeComment(item as Token, isFirst || breaks[position] === true);
    }
    if (right) this.writeToken(right, index);
  }

  private between(index: number): Between {
    const { text, tokens, comments } = this.source;
    const right = tokens[index];
    const end = right?.startOffset ?? text.length;
    const own: Token[] = [];
    const gaps: Gap[] = [];
    const addGap = (until: number): void => {
      const gap = text.slice(this.offset, until);
      gaps.push({ start: this.offset, end: until, text: gap, lineEnds: lineEnds(gap) });
    };
    for (let comment = comments[this.comment]; comment && comment.startOffset < end; ) {
      addGap(comment.startOffset);
      own.push(comment);
      this.offset = comment.startOffset + comment.image.length;
      comment = comments[++this.comment];
    }
    addGap(end);
    this.offset = end + (right?.image.length ?? 0);
    return { index, left: tokens[index - 1], right, comments: own, gaps };
  }

  /** Whether the words on the left and on the right go to different lines. */
  private separates({ index, left, right, comments }: Between): boolean {
    if (!left || !right || this.statement(index).first !== index || index <= this.oneLineUntil) return false;
    return !(left.image === '{' && right.image === '}' && comments.length === 0);
  }

  /** For each gap, whether a line ends in it: where the author ended one, as far as that is kept, and where one must end. */
  private breaks({ index, left, right, comments, gaps }: Between, separates: boolean): boolean[] {
    if (comments.length === 0) {
      if (separates || !left || !right || gaps[0]?.lineEnds === 0) return [separates];
      const isHanging = this.parentheses.at(-1)?.isHanging === true;
      return [this.statement(index).first !== index && mayBreak(left, right, this.statement(index), isHanging)];
    }
    const breaks = gaps.map((gap) => gap.lineEnds > 0);
    if (!left) breaks[0] = false;
    if (separates && right?.image === '}') breaks[comments.length] = true;
    else if (separates && !breaks.includes(true)) {
      // A documentation comment belongs to what follows, another one to what stands before it.
      const documentation = comments.findIndex(isDocComment);
      breaks[documentation < 0 ? comments.length : documentation] = true;
    }
    return breaks;
  }

  /** The levels of the word on the right and of comments before it, where they begin a line. */
  private levels(index: number, right: Token | undefined): { right: number; comment: number } {
    if (!right) return { right: 0, comment: 0 };
    const { level, first } = this.statement(index);
    if (first === index) return { right: level, comment: right.image === '}' ? level + 1 : level };
    const innermost = this.parentheses.at(-1);
    const continued = (innermost?.hangingLevel ?? level) + 1;
    if (right.image === '{') return { right: level, comment: continued };
    if (right.image === ')' && innermost?.isHanging) return { right: innermost.level, comment: continued };
    return { right: continued, comment: continued };
  }

  private isFrozen({ index, left, right, comments, gaps }: Between, position: number): boolean {
    const gap = gaps[position] as Gap;
    if (gap.text !== '' && !isBlank(gap.text)) return true;
    const before = left && this.statement(index - 1);
    const after = right && this.statement(index);
    if (before && !before.declaration.isPaired && (!after || after.declaration === before.declaration)) return true;
    if (!after) return false;
    return (after.isWrong || !after.declaration.isPaired) && (position === comments.length || before === after);
  }

  private keep({ text }: Gap, level: number): void {
    if (lineEnds(text) > 0) this.level = level;
    this.advance(text);
  }

  private change({ start, end, text }: Gap, wanted: string): void {
    if (wanted !== text) this.changes.push({ start, end, text: wanted });
    this.advance(wanted);
  }

  private breakLine(gap: Gap, withBlankLine: boolean, level: number): void {
    const { lineEnd, options } = this;
    this.change(gap, `${withBlankLine ? lineEnd + lineEnd : lineEnd}${indentation(level, options)}`);
    this.level = level;
    this.column = level * options.tabSize;
  }

  private advance(written: string): void {
    const lastLineEnd = Math.max(written.lastIndexOf('\n'), written.lastIndexOf('\r'));
    this.column = lastLineEnd < 0 ? this.column + written.length : written.length - lastLineEnd - 1;
  }

  private writeComment(comment: Token, beginsLine: boolean): void {
    const { image, startOffset } = comment;
    if (isLineComment(comment)) {
      const trimmed = image.trimEnd();
      if (trimmed.length < image.length) {
        this.changes.push({ start: startOffset + trimmed.length, end: startOffset + image.length, text: '' });
      }
    } else if (isDocComment(comment) && beginsLine) {
      const margin = `${indentation(this.level, this.options)} `;
      for (const { index, 1: lineEnd = '', 2: found = '' } of image.matchAll(/(\r\n|\r|\n)([^\S\r\n]*)(?=\*)/g)) {
        const start = startOffset + index + lineEnd.length;
        if (found !== margin) this.changes.push({ start, end: start + found.length, text: margin });
      }
    }
    this.advance(image);
  }

  private writeToken({ image }: Token, index: number): void {
    if (this.statement(index).first === index) this.parentheses = [];
    this.advance(image);
    if (image === '(') {
      const hangingLevel = this.parentheses.at(-1)?.hangingLevel;
      this.parentheses.push({ level: this.level, isHanging: false, hangingLevel });
    } else if (image === ')') this.parentheses.pop();
    else if (image === '{' && index > this.oneLineUntil && this.fitsOneLine(index)) {
      this.oneLineUntil = this.source.statements.partner.get(index) ?? index;
    }
  }

  /** Whether the block that a token opens stood on one line and can stand there still. */
  private fitsOneLine(opening: number): boolean {
    const { text, tokens, comments, statements } = this.source;
    const closing = statements.partner.get(opening);
    if (closing === undefined) return false;
    let left = tokens[opening] as Token;
    let column = this.column;
    let comment = this.comment;
    for (let index = opening + 1; index <= closing; ) {
      const token = tokens[index] as Token;
      const candidate = comments[comment];
      const right = candidate && candidate.startOffset < token.startOffset ? candidate : token;
      const source = text.slice(left.startOffset + left.image.length, right.startOffset);
      if (lineEnds(source) > 0 || (isComment(right) && lineEnds(right.image) > 0)) return false;
      column += blankBetween(left, right, source).length + right.image.length;
      if (column > LONGEST_LINE) return false;
      if (right === token) index++;
      else comment++;
      left = right;
    }
    return true;
  }

  private statement(index: number): Statement {
    return this.source.statements.of[index] as Statement;
  }
}

/** A byte order mark stays at the head of the file. */
const mark = (text: string): string => (text.startsWith('\uFEFF') ? '\uFEFF' : '');
