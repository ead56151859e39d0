import type { GrammarWalk, Token } from './walk.ts';

/** Words that belong together: a declaration with its block, a property, a step. `start` and `end` count tokens. */
export interface Statement {
  readonly start: number;
  end: number;
  /** The word that it begins with; undefined where no statement begins so. */
  readonly keyword: string | undefined;
  /** The rule of the grammar that begins so. */
  readonly rule: string | undefined;
  /** What stands between its braces. */
  block?: Block;
}

export interface Block {
  /** The rule of the grammar that it is the inside of; undefined for braces that belong to nothing known. */
  readonly rule: string | undefined;
  /** The words that may begin a statement in it, and the rule of each. */
  readonly begins: ReadonlyMap<string, string>;
  readonly around?: Block;
  readonly header?: Statement;
  readonly statements: Statement[];
  /** The token of `{`, -1 for the file; and that of `}`, or of the word that ends it where `}` is missing. */
  readonly open: number;
  close: number;
}

/**
 * The blocks and statements of a text, from its tokens alone: a text with errors has them as well. A word that begins
 * a statement ends the one before; one that can begin none here but does so further out ends the blocks between.
 */
export function outline(tokens: readonly Token[], words: StatementWords): Block {
  const file: Block = { rule: 'File', begins: words.in([]), statements: [], open: -1, close: tokens.length };
  let block = file;
  let current: Statement | undefined;

  const end = (at: number): void => {
    if (current) current.end = at;
    current = undefined;
  };
  /** Leaves the innermost block; its header's statement ends with it. */
  const leave = (at: number, after: number): void => {
    end(at);
    block.close = at;
    if (block.header) block.header.end = after;
    if (block.around) block = block.around;
  };
  const begin = (at: number, keyword?: string): Statement => {
    end(at);
    const rule = keyword === undefined ? undefined : block.begins.get(keyword);
    const statement: Statement = { start: at, end: tokens.length, keyword, rule };
    block.statements.push(statement);
    current = statement;
    return statement;
  };

  tokens.forEach((token, at) => {
    const word = token.tokenType.name;
    if (word === '}') {
      if (block !== file) leave(at, at + 1);
    } else if (word === '{') {
      const header = current && !current.block ? current : begin(at);
      const path = words.pathInside(block, header.rule);
      const begins = path ? words.in(path) : NOTHING;
      header.block = {
        rule: header.rule,
        begins,
        around: block,
        header,
        statements: [],
        open: at,
        close: tokens.length,
      };
      current = undefined;
      block = header.block;
    } else {
      let beginning: Block | undefined = block;
      while (beginning && !beginning.begins.has(word)) beginning = beginning.around;
      if (beginning) {
        while (block !== beginning) leave(at, at);
        begin(at, word);
      } else if (!current) {
        begin(at);
      }
    }
  });
  while (block !== file) leave(tokens.length, tokens.length);
  end(tokens.length);
  return file;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Which words begin statements, block by block, as the grammar says. */
export class StatementWords {
  private readonly byPath = new Map<string, ReadonlyMap<string, string>>();

  constructor(private readonly walk: GrammarWalk) {}

  /** The rules around and of a block, the file's left out; null inside of braces that belong to nothing known. */
  pathOf(block: Block): string[] | null {
    return block.around ? this.pathInside(block.around, block.rule) : [];
  }

  /** As `pathOf`, for a block of a rule in another block. */
  pathInside(around: Block, rule: string | undefined): string[] | null {
    const path: string[] = [];
    for (let [at, name]: [Block | undefined, string | undefined] = [around, rule]; at; name = at.rule, at = at.around) {
      if (name === undefined) return null;
      // A group in a group is as a group alone, however deep.
      if (path[0] !== name) path.unshift(name);
    }
    return path;
  }

  /** The words that may begin a statement inside of such blocks, each with the rule that it begins. */
  in(path: readonly string[]): ReadonlyMap<string, string> {
    const key = path.join(' ');
    const kept = this.byPath.get(key);
    if (kept) return kept;
    const steps = this.walk.next(this.walk.inside(path)).filter((step) => step.word !== '}');
    const starts = new Map(steps.map((step) => [step.word, step.at.rule]));
    this.byPath.set(key, starts);
    return starts;
  }
}
