import type { LangiumDocument } from 'langium';
import type { FoldingRangeProvider } from 'langium/lsp';
import { type FoldingRange, FoldingRangeKind, type FoldingRangeParams } from 'vscode-languageserver-protocol';
import type { P2PArchServices } from '../services.ts';

/** Blocks, comments and imports. Taken from the words alone, so that a text that cannot be parsed folds all the same. */
export class P2PArchFolding implements FoldingRangeProvider {
  private readonly lexer: P2PArchServices['parser']['Lexer'];

  constructor(services: P2PArchServices) {
    this.lexer = services.parser.Lexer;
  }

  getFoldingRanges(document: LangiumDocument, _params: FoldingRangeParams): FoldingRange[] {
    const { tokens, hidden } = this.lexer.tokenize(document.textDocument.getText());
    return [...blocks(tokens), ...imports(tokens), ...comments(tokens, hidden)].sort(
      (left, right) => left.startLine - right.startLine || right.endLine - left.endLine,
    );
  }
}

/** A word with its lines, which the lexer counts from 1. */
interface Word {
  readonly tokenType: { readonly name: string };
  readonly startLine?: number;
  readonly endLine?: number;
}

const firstLine = (word: Word): number => (word.startLine ?? 1) - 1;
const lastLine = (word: Word): number => (word.endLine ?? 1) - 1;

/** The line of the closing brace stays in sight. */
function blocks(tokens: readonly Word[]): FoldingRange[] {
  const open: Word[] = [];
  return tokens.flatMap((token) => {
    if (token.tokenType.name === '{') open.push(token);
    const opening = token.tokenType.name === '}' ? open.pop() : undefined;
    return opening ? range(firstLine(opening), firstLine(token) - 1) : [];
  });
}

function imports(tokens: readonly Word[]): FoldingRange[] {
  const words = tokens.filter(({ tokenType }) => tokenType.name === 'import');
  const [first, last] = [words[0], words.at(-1)];
  return first && last ? range(firstLine(first), lastLine(last), FoldingRangeKind.Imports) : [];
}

/** Comments of several lines, and line comments that follow each other without a word between them. */
function comments(tokens: readonly Word[], hidden: readonly Word[]): FoldingRange[] {
  const lines = new Set(tokens.map(firstLine));
  const ranges: FoldingRange[] = [];
  let run: { start: number; end: number } | undefined;
  const finish = (): void => {
    if (run) ranges.push(...range(run.start, run.end, FoldingRangeKind.Comment));
    run = undefined;
  };
  for (const word of hidden) {
    const line = firstLine(word);
    if (word.tokenType.name !== 'LINE_COMMENT') {
      finish();
      ranges.push(...range(line, lastLine(word), FoldingRangeKind.Comment));
    } else if (lines.has(line)) {
      finish();
    } else if (run?.end === line - 1) {
      run.end = line;
    } else {
      finish();
      run = { start: line, end: line };
    }
  }
  finish();
  return ranges;
}

const range = (startLine: number, endLine: number, kind?: FoldingRangeKind): FoldingRange[] =>
  endLine > startLine ? [{ startLine, endLine, ...(kind !== undefined && { kind }) }] : [];
