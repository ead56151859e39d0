import { type AstNode, isAstNode, isReference, type Reference } from 'langium';
import { isArchitecture, isGroup } from '../generated/ast.ts';
import type { Piece } from '../parsing/pieces.ts';

type SeeReference = (node: AstNode, property: string, reference: Reference, index?: number) => void;

/** Sees the statements of a file in the order of the text, those in a block after its head. */
export function eachPiece(pieces: readonly Piece[], see: (piece: Piece) => void): void {
  for (const piece of pieces) {
    see(piece);
    eachPiece(piece.members, see);
  }
}

/** As `walk`, for one statement; of a block, its head. */
export function walkStatement(root: AstNode, see: (node: AstNode) => void, seeReference?: SeeReference): void {
  walkWithout(root, isArchitecture(root) || isGroup(root) ? 'members' : undefined, see, seeReference);
}

/** Sees every node below and including `root`, each before what it contains, and every reference of each. */
export function walk(root: AstNode, see: (node: AstNode) => void, seeReference?: SeeReference): void {
  walkWithout(root, undefined, see, seeReference);
}

function walkWithout(
  root: AstNode,
  leftOut: string | undefined,
  see: (node: AstNode) => void,
  seeReference?: SeeReference,
): void {
  const enter = (node: AstNode): void => {
    see(node);
    for (const property in node) {
      if (property.startsWith('$') || (node === root && property === leftOut)) continue;
      const value: unknown = node[property as keyof AstNode];
      if (Array.isArray(value)) for (const [index, item] of value.entries()) look(node, property, item, index);
      else look(node, property, value);
    }
  };
  const look = (node: AstNode, property: string, value: unknown, index?: number): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isAstNode(value)) enter(value);
    else if (seeReference && isReference(value)) seeReference(node, property, value, index);
  };
  enter(root);
}
