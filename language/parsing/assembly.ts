import type { IRecognitionException, IToken } from 'chevrotain';
import type { AstNode, CompositeCstNodeImpl, CstNode, GrammarAST, Linker } from 'langium';
import { type File, isArchitecture, isGroup } from '../generated/ast.ts';
import { type Around, type Misplaced, placeOf } from './misplaced.ts';
import { anchorAt, asComposite, asCst, type MovableLeaf, MovableRoot, wordOf } from './movable.ts';
import { commentsBetween, isSame, type Kept, move, type Piece, readPiece, type Words } from './pieces.ts';
import { adopt, pairs } from './reuse.ts';
import { lastOf, type Span, type SpanRule } from './spans.ts';
import type { StatementReader } from './statements.ts';

/** What an assembly needs of the language. */
export interface Workshop {
  readonly read: StatementReader;
  readonly linker: Linker;
  readonly misplaced: Misplaced;
  /** Stands for the `}` of a block that has none. */
  readonly missing: IToken;
  /** By type and property of a node: the element of the grammar that puts members there. */
  readonly assignment: (type: string, property: string) => GrammarAST.AbstractElement;
  /** By type of a block: its `}` in the grammar. */
  readonly closing: (type: string) => GrammarAST.AbstractElement;
}

export interface Assembled {
  readonly file: File;
  readonly pieces: readonly Piece[];
  readonly errors: readonly IRecognitionException[];
}

/** Where a span means nothing, no piece stands. */
type Standing = readonly { readonly span: Span; readonly piece?: Piece }[];

const LISTS: Readonly<Partial<Record<SpanRule, 'imports' | 'hazards' | 'architectures' | 'scenarios'>>> = {
  Import: 'imports',
  Hazard: 'hazards',
  Architecture: 'architectures',
  Scenario: 'scenarios',
};

/** Puts a file together: what stands unchanged since the last time is taken over, the rest is read. */
export function assemble(workshop: Workshop, spans: readonly Span[], words: Words, old: readonly Piece[]): Assembled {
  return new Assembly(workshop, words).file(spans, old);
}

class Assembly {
  private readonly errors: IRecognitionException[] = [];

  constructor(
    private readonly workshop: Workshop,
    private readonly words: Words,
  ) {}

  file(spans: readonly Span[], old: readonly Piece[]): Assembled {
    const root = new MovableRoot(this.words.text);
    const file: File = { $type: 'File', imports: [], hazards: [], architectures: [], scenarios: [] };
    Object.assign(file, { $cstNode: root });
    root.astNode = file;
    const standing = this.members('File', spans, old);
    for (const { span, piece } of standing) {
      const list = LISTS[span.rule];
      if (piece && list) this.place(piece.kept, file, list, file[list]);
    }
    const declared = spans.findIndex(({ rule }) => rule !== 'Import');
    for (const late of declared < 0 ? [] : spans.slice(declared))
      if (late.rule === 'Import') this.tell('File', late.first);
    root.content = this.content(root, standing, 0, this.words.text.length);
    const pieces = standing.flatMap(({ piece }) => piece ?? []);
    return { file, pieces, errors: this.errors.sort((left, right) => placeOf(left) - placeOf(right)) };
  }

  private members(around: Around, spans: readonly Span[], old: readonly Piece[]): Standing {
    const before = pairs(old, spans, this.words);
    return spans.map((span, index) => {
      if (span.rule !== 'Junk') return { span, piece: this.piece(around, span, before[index]) };
      this.tell(around, span.first);
      return { span };
    });
  }

  private piece(around: Around, span: Span, before: Piece | undefined): Piece {
    const kept = this.statement(span, before?.kept);
    this.errors.push(...kept.errors);
    if (kept.redundant) this.tell(around, this.indexOf(kept.redundant, span));
    const members = span.block ? this.block(kept, span, span.block, before?.members ?? []) : [];
    return { kept, members };
  }

  private statement(span: Span, before: Kept | undefined): Kept {
    if (before && isSame(before, span, this.words)) {
      move(before, span, this.words);
      return before;
    }
    const close = span.block && (this.token(span.block.close) ?? this.workshop.missing);
    const fresh = readPiece(this.workshop.read, span, this.words, close);
    return before ? adopt(before.node, fresh, this.workshop.linker) : fresh;
  }

  private block(
    { node, cst, head }: Kept,
    span: Span,
    block: NonNullable<Span['block']>,
    old: readonly Piece[],
  ): Piece[] {
    if (!isArchitecture(node) && !isGroup(node)) return [];
    const standing = this.members(node.$type, block.members, old);
    const members: AstNode[] = [];
    for (const { piece } of standing) if (piece) this.place(piece.kept, node, 'members', members);
    Object.assign(node, { members });
    const close = this.token(block.close);
    const after = lastOf(span) + 1;
    if (!close) this.tell(node.$type, after);
    const to = close?.startOffset ?? this.token(after)?.startOffset ?? this.words.text.length;
    const inner = this.content(cst, standing, endOf(this.token(span.end - 1)), to);
    cst.content = [...head, ...inner];
    if (close) {
      const leaf = wordOf(close, anchorAt(close), this.workshop.closing(node.$type));
      leaf.container = asComposite(cst);
      cst.content.push(asCst(leaf));
    }
    return standing.flatMap(({ piece }) => piece ?? []);
  }

  private place({ node, cst }: Kept, parent: AstNode, property: string, list: AstNode[]): void {
    Object.assign(node, { $container: parent, $containerProperty: property, $containerIndex: list.length });
    list.push(node);
    cst.grammarSource = this.workshop.assignment(parent.$type, property);
  }

  /** The concrete syntax of what stands in a block, with the comments between. */
  private content(parent: CompositeCstNodeImpl, standing: Standing, from: number, to: number): CstNode[] {
    const content: CstNode[] = [];
    let at = from;
    let last: MovableLeaf | undefined;
    const commentsUntil = (until: number): void => {
      last = undefined;
      for (const token of commentsBetween(this.words, at, until)) {
        const leaf = wordOf(token, anchorAt(token));
        last = leaf;
        leaf.container = asComposite(parent);
        content.push(asCst(leaf));
      }
    };
    for (const { span, piece } of standing) {
      if (!piece || piece.kept.cst.content.length === 0) continue;
      commentsUntil(this.token(span.first)?.startOffset ?? at);
      piece.kept.cst.container = asComposite(parent);
      piece.kept.cst.comment = last;
      content.push(asCst(piece.kept.cst));
      at = endOf(this.token(lastOf(span)));
    }
    commentsUntil(to);
    return content;
  }

  private tell(around: Around, index: number): void {
    this.errors.push(this.workshop.misplaced(around, this.token(index), this.token(index - 1)));
  }

  private token(index: number | undefined): IToken | undefined {
    return index === undefined ? undefined : this.words.tokens[index];
  }

  private indexOf({ startOffset }: IToken, { first, end }: Span): number {
    const own = this.words.tokens.slice(first, end);
    return first + own.findIndex((token) => token.startOffset === startOffset);
  }
}

const endOf = (token: IToken | undefined): number => (token?.endOffset ?? -1) + 1;
