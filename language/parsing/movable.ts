import type { IToken, TokenType } from 'chevrotain';
import {
  AbstractCstNode,
  type AstNode,
  type CompositeCstNode,
  CompositeCstNodeImpl,
  type CstNode,
  type GrammarAST,
} from 'langium';

/** Where a stretch of text begins now. Moving it moves all words that hang on it: an edit above costs nothing below. */
export interface Anchor {
  offset: number;
  /** Zero-based, as is the character. */
  line: number;
  character: number;
}

export const anchorAt = (token: IToken): Anchor => {
  const anchor: Anchor = { offset: 0, line: 0, character: 0 };
  moveTo(anchor, token);
  return anchor;
};

export function moveTo(anchor: Anchor, token: IToken): void {
  anchor.offset = token.startOffset;
  anchor.line = (token.startLine ?? 1) - 1;
  anchor.character = (token.startColumn ?? 1) - 1;
}

/** A word of the text, placed relative to an anchor. */
export class MovableLeaf extends AbstractCstNode {
  readonly tokenType: TokenType;
  readonly hidden: boolean;
  readonly length: number;
  private readonly anchor: Anchor;
  private readonly ahead: number;
  private readonly startLine: number;
  private readonly startCharacter: number;
  private readonly endLine: number;
  private readonly endCharacter: number;

  constructor(token: IToken, anchor: Anchor, hidden: boolean) {
    super();
    this.anchor = anchor;
    this.tokenType = token.tokenType;
    this.hidden = hidden;
    this.length = token.image.length;
    this.ahead = token.startOffset - anchor.offset;
    this.startLine = (token.startLine ?? 1) - 1 - anchor.line;
    this.endLine = (token.endLine ?? 1) - 1 - anchor.line;
    this.startCharacter = (token.startColumn ?? 1) - 1 - (this.startLine === 0 ? anchor.character : 0);
    this.endCharacter = (token.endColumn ?? 0) - (this.endLine === 0 ? anchor.character : 0);
  }

  get offset(): number {
    return this.anchor.offset + this.ahead;
  }

  get end(): number {
    return this.offset + this.length;
  }

  get range(): CstNode['range'] {
    const { line, character } = this.anchor;
    return {
      start: { line: line + this.startLine, character: this.startCharacter + (this.startLine === 0 ? character : 0) },
      end: { line: line + this.endLine, character: this.endCharacter + (this.endLine === 0 ? character : 0) },
    };
  }

  get astNode(): AstNode {
    if (!this.container) throw new Error('a word without a statement');
    return this.container.astNode;
  }
}

/** A composite that does not remember where it was. */
export class MovableComposite extends CompositeCstNodeImpl {
  /** Of a statement: the comment right before it. A search among thousands of siblings would take longer than the rest. */
  comment: MovableLeaf | undefined = undefined;

  override get range(): CstNode['range'] {
    const first = this.content.find(({ hidden }) => !hidden) ?? this.content[0];
    const last = this.content.findLast(({ hidden }) => !hidden) ?? this.content.at(-1);
    if (!first || !last) return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    return { start: first.range.start, end: last.range.end };
  }
}

/** The root of a file's concrete syntax. */
export class MovableRoot extends MovableComposite {
  constructor(readonly fullText: string) {
    super();
  }

  override get text(): string {
    return this.fullText.substring(this.offset, this.end);
  }
}

/** Builds the concrete syntax of one statement out of movable nodes, all of which hang on `anchor`. */
export class MovableCstBuilder {
  anchor: Anchor = { offset: 0, line: 0, character: 0 };
  private root = new MovableComposite();
  private stack: MovableComposite[] = [];

  get current(): MovableComposite {
    return this.stack.at(-1) ?? this.root;
  }

  /** The top of a statement is no root: it will stand in the concrete syntax of its file. */
  buildRootNode(): MovableComposite {
    this.root = new MovableComposite();
    this.stack = [this.root];
    return this.root;
  }

  buildCompositeNode(feature: GrammarAST.AbstractElement): MovableComposite {
    const node = new MovableComposite();
    node.grammarSource = feature;
    append(this.current, node);
    this.stack.push(node);
    return node;
  }

  buildLeafNode(token: IToken, feature?: GrammarAST.AbstractElement): MovableLeaf {
    const leaf = wordOf(token, this.anchor, feature);
    append(this.current, leaf);
    return leaf;
  }

  appendChild(parent: MovableComposite, child: Movable): void {
    append(parent, child);
  }

  removeNode(node: Movable): void {
    const parent = node.container;
    if (parent instanceof MovableComposite) parent.content = parent.content.filter((child) => child !== asCst(node));
  }

  /** Comments stand before the word that follows them, outside of what begins with that word. */
  addHiddenNodes(tokens: readonly IToken[]): void {
    if (tokens.length === 0) return;
    let parent: CompositeCstNodeImpl = this.current;
    let index = parent.content.length;
    while (index === 0 && parent.container instanceof MovableComposite) {
      index = parent.container.content.indexOf(asCst(parent));
      parent = parent.container;
    }
    const leaves = tokens.map((token) => wordOf(token, this.anchor));
    for (const leaf of leaves) leaf.container = asComposite(parent);
    parent.content.splice(index, 0, ...leaves.map(asCst));
  }

  construct(item: { $cstNode?: CstNode }): void {
    const node = this.stack.pop();
    if (!node) return;
    item.$cstNode = asCst(node);
    if (node.content.length === 0) this.removeNode(node);
    // A copy takes no more room than it needs.
    else node.content = node.content.slice();
  }
}

/** The documentation comment right before a statement, as it stands in the text. */
export function documentationBefore(node: CstNode | undefined): string | undefined {
  const comment = node instanceof MovableComposite ? node.comment : undefined;
  return comment?.tokenType.name === 'DOC_COMMENT' ? comment.text : undefined;
}

export type Movable = MovableLeaf | CompositeCstNodeImpl;

export function append(parent: CompositeCstNodeImpl, child: Movable): void {
  child.container = asComposite(parent);
  parent.content.push(asCst(child));
}

/** One word as concrete syntax; a comment where it belongs to no element of the grammar. */
export function wordOf(token: IToken, anchor: Anchor, feature?: GrammarAST.AbstractElement): MovableLeaf {
  const leaf = new MovableLeaf(token, anchor, feature === undefined);
  leaf.grammarSource = feature;
  return leaf;
}

// Langium's own classes of nodes say that they may lack a container, its interfaces that the property may be missing.
export const asCst = (node: Movable): CstNode => node as CstNode;
export const asComposite = (node: CompositeCstNodeImpl): CompositeCstNode => node as CompositeCstNode;
