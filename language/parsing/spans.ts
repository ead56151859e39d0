import type { IToken } from 'chevrotain';

/** What a stretch of words is by the word that begins it; `Junk` where no statement begins. */
export type SpanRule =
  | 'Import'
  | 'Hazard'
  | 'Architecture'
  | 'Scenario'
  | 'Component'
  | 'Group'
  | 'Service'
  | 'Requirement'
  | 'Acceptance'
  | 'Removal'
  | 'Exposure'
  | 'Junk';

/** The words of one statement: indices of tokens, the end not included. */
export interface Span {
  readonly rule: SpanRule;
  readonly first: number;
  /** After the last word; of a block, after its `{`. */
  readonly end: number;
  /** Of an architecture or a group with its `{`: what stands in it. */
  readonly block?: {
    readonly members: readonly Span[];
    /** Its `}`, if it has one. */
    readonly close?: number;
  };
}

/** The last of its words, those of its members and its `}` included. */
export function lastOf({ end, block }: Span): number {
  const member = block?.members.at(-1);
  return block?.close ?? (member === undefined ? end - 1 : lastOf(member));
}

type Context = 'file' | 'Architecture' | 'Group';

const BEGINNINGS: ReadonlyMap<string, SpanRule> = new Map<string, SpanRule>([
  ['import', 'Import'],
  ['hazard', 'Hazard'],
  ['architecture', 'Architecture'],
  ['scenario', 'Scenario'],
  ['company', 'Component'],
  ['users', 'Component'],
  ['vendor', 'Component'],
  ['group', 'Group'],
  ['service', 'Service'],
  ['require', 'Requirement'],
  ['accept', 'Acceptance'],
  ['without', 'Removal'],
]);

const MAY_STAND: Readonly<Record<Context, ReadonlySet<SpanRule>>> = {
  file: new Set<SpanRule>(['Import', 'Hazard', 'Architecture', 'Scenario']),
  Architecture: new Set<SpanRule>(
    'Component Group Service Hazard Scenario Requirement Acceptance Removal'.split(' ') as SpanRule[],
  ),
  Group: new Set<SpanRule>(['Exposure', 'Component', 'Group']),
};

const WITH_BRACES = new Set<SpanRule>(['Component', 'Service', 'Scenario']);

/**
 * Divides the words of a file into statements without reading them: a statement begins with a word that nothing else
 * has, so one that is half written does not swallow the next. Where braces do not add up, these words decide; where
 * they do, the braces.
 */
export const spansOf = (tokens: readonly IToken[]): Span[] => new Division(tokens).file();

class Division {
  private at = 0;
  /** Until which word the braces can be trusted, and whether they can. */
  private balanced = { until: 0, is: true };

  constructor(private readonly tokens: readonly IToken[]) {}

  file(): Span[] {
    const spans: Span[] = [];
    while (this.at < this.tokens.length) this.members('file', spans);
    return spans;
  }

  private word(index = this.at): string {
    return this.tokens[index]?.tokenType.name ?? '';
  }

  /** Appends what stands up to the `}` of the block, or to the word that can only stand behind it. */
  private members(context: Context, into: Span[]): void {
    // Braces around words that mean nothing: what stands in them is read all the same.
    let open = 0;
    while (this.at < this.tokens.length) {
      const word = this.word();
      if (word === '}' && (open > 0 || context !== 'file')) {
        if (open === 0) return;
        open--;
        this.at++;
        continue;
      }
      const rule = this.beginning(context);
      if (rule !== undefined && context !== 'file' && this.ends(context, rule)) return;
      if (rule === undefined || !MAY_STAND[context].has(rule)) {
        if (this.junk(context, into)) open++;
      } else if (rule === 'Architecture' || rule === 'Group') into.push(this.block(rule, context));
      else into.push(this.statement(rule, context));
    }
  }

  /** Whether a word that cannot stand in a block says that the block should have ended before it. */
  private ends(context: Context, rule: SpanRule): boolean {
    if (rule === 'Architecture' || rule === 'Import') return true;
    return !this.trusted() && !MAY_STAND[context].has(rule) && context === 'Group';
  }

  private beginning(context: Context): SpanRule | undefined {
    const word = this.word();
    return context === 'Group' && word === 'exposed' ? 'Exposure' : BEGINNINGS.get(word);
  }

  private block(rule: 'Architecture' | 'Group', context: Context): Span {
    const first = this.at++;
    while (this.at < this.tokens.length && !this.isBoundary(context) && this.word() !== '{') this.at++;
    if (this.word() !== '{') return { rule, first, end: this.at };
    const end = ++this.at;
    const members: Span[] = [];
    this.members(rule, members);
    if (this.word() !== '}') return { rule, first, end, block: { members } };
    return { rule, first, end, block: { members, close: this.at++ } };
  }

  /** A statement with all that can belong to it. */
  private statement(rule: SpanRule, context: Context): Span {
    const first = this.at++;
    while (this.at < this.tokens.length && !this.isBoundary(context)) {
      if (this.word() !== '{') this.at++;
      else {
        if (WITH_BRACES.has(rule)) this.braces();
        break;
      }
    }
    return { rule, first, end: this.at };
  }

  private isBoundary(context: Context): boolean {
    return this.word() === '}' || this.beginning(context) !== undefined;
  }

  /** From a `{` to behind its `}`; where braces cannot be trusted, no further than to the next statement. */
  private braces(): void {
    const trusted = this.trusted();
    let depth = 0;
    do {
      const word = this.word();
      if (word === '{') depth++;
      else if (word === '}') depth--;
      else if (!trusted && depth > 0 && BEGINNINGS.has(word)) return;
      this.at++;
    } while (depth > 0 && this.at < this.tokens.length);
  }

  /** Words that begin nothing, or nothing that may stand here; true if a `{` ends them. */
  private junk(context: Context, into: Span[]): boolean {
    const first = this.at;
    const misplaced = this.beginning(context);
    if (misplaced !== undefined && misplaced !== 'Group' && misplaced !== 'Architecture') {
      into.push({ ...this.statement(misplaced, context), rule: 'Junk' });
      return false;
    }
    do this.at++;
    while (this.at < this.tokens.length && !this.isBoundary(context) && !['{', '}'].includes(this.word(this.at - 1)));
    into.push({ rule: 'Junk', first, end: this.at });
    return this.word(this.at - 1) === '{';
  }

  /** Whether the braces from the last `architecture` or `import` to the next add up. */
  private trusted(): boolean {
    if (this.at < this.balanced.until) return this.balanced.is;
    let depth = 0;
    let is = true;
    let from = this.at;
    while (from > 0 && !this.divides(from)) from--;
    let until = from;
    do {
      const word = this.word(until);
      if (word === '{') depth++;
      else if (word === '}' && --depth < 0) is = false;
      until++;
    } while (until < this.tokens.length && !this.divides(until));
    this.balanced = { until, is: is && depth === 0 };
    return this.balanced.is;
  }

  private divides(index: number): boolean {
    return this.word(index) === 'architecture' || this.word(index) === 'import';
  }
}
