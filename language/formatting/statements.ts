import type { LexerResult } from 'langium';

export type Token = LexerResult['tokens'][number];

/** Offsets in a text, the end left out. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch of words that has a line of its own; the `}` of a block is one too. */
export interface Statement {
  /** The kind of its first word. */
  readonly keyword: string;
  /** How many blocks it stands in. */
  readonly level: number;
  /** Which token it begins with. */
  readonly first: number;
  readonly declaration: Declaration;
  isWrong: boolean;
}

/** What stands at file level, from its first word to the next declaration. */
export interface Declaration {
  isPaired: boolean;
}

export interface Statements {
  /** The statement of each token. */
  readonly of: readonly Statement[];
  /** From the token of a `{` to that of its `}`, and back. */
  readonly partner: ReadonlyMap<number, number>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const AT_FILE_LEVEL = words('import hazard architecture scenario');
/** These stand at file level only: whatever is open before one of them, its `}` was forgotten. */
const AT_FILE_LEVEL_ONLY = words('import architecture');
const COMPONENT = words('instances control needs serves admits restarts promoted overloads retries fails exposed');
/** The words that begin a statement in a block, by the word that begins the statement of the block. */
const IN_BLOCK: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['architecture', words('company users vendor group service hazard scenario require accept without')],
  ['company', COMPONENT],
  ['users', COMPONENT],
  ['vendor', COMPONENT],
  ['group', words('exposed company users vendor group')],
  ['service', words('needs traffic')],
  ['scenario', words('at run expect')],
]);

/** Divides a text into statements by its words alone, so that it does for texts with errors too. */
export function readStatements(tokens: readonly Token[], wrong: readonly Span[]): Statements {
  const of: Statement[] = [];
  const partner = new Map<number, number>();
  let open: { readonly token: number; readonly head: string }[] = [];
  let declaration: Declaration = { isPaired: true };
  let current: Statement | undefined;
  for (const [index, { tokenType }] of tokens.entries()) {
    const word = tokenType.name;
    if (open.length > 0 && AT_FILE_LEVEL_ONLY.has(word)) {
      declaration.isPaired = false;
      open = [];
    }
    const block = open.at(-1);
    const starters = block === undefined ? AT_FILE_LEVEL : IN_BLOCK.get(block.head);
    if (block === undefined && AT_FILE_LEVEL.has(word)) declaration = { isPaired: true };
    if (word === '}') {
      const opening = open.pop();
      if (opening === undefined) declaration.isPaired = false;
      else partner.set(opening.token, index).set(index, opening.token);
    }
    if (current === undefined || word === '}' || starters?.has(word)) {
      const isWrong = word !== '}' && !starters?.has(word);
      current = { keyword: word, level: open.length, first: index, declaration, isWrong };
    }
    of.push(current);
    if (word === '{') open.push({ token: index, head: current.keyword });
    if (word === '{' || word === '}') current = undefined;
  }
  if (open.length > 0) declaration.isPaired = false;
  for (const span of wrong) markWrong(tokens, of, span);
  return { of, partner };
}

/** The statements of all words that a span touches; of the last word before it, if it touches none. */
function markWrong(tokens: readonly Token[], of: readonly Statement[], { start, end }: Span): void {
  let index = lastAtOrBefore(tokens, start);
  do {
    const statement = of[Math.max(index, 0)];
    if (statement) statement.isWrong = true;
    index++;
  } while (index < tokens.length && (tokens[index] as Token).startOffset < end);
}

function lastAtOrBefore(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as Token).startOffset <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
