import {
  type AstNode,
  type CstNode,
  CstUtils,
  isAstNode,
  isCompositeCstNode,
  isLeafCstNode,
  isReference,
  type ParseResult,
} from 'langium';
import { expect } from 'vitest';

/** All that a reader of a tree can see of it, as plain data: values, containers, and every word at its place. */
export function describeResult({ value, parserErrors, lexerErrors }: ParseResult): unknown {
  return {
    tree: describeNode(value),
    words: value.$cstNode && describeWords(value.$cstNode, undefined),
    parserErrors: parserErrors.map((error) => [
      error.message,
      error.token.image,
      error.token.startOffset,
      'previousToken' in error ? (error.previousToken as { startOffset: number }).startOffset : undefined,
    ]),
    lexerErrors,
  };
}

function describeNode(node: AstNode): unknown {
  const entries = Object.entries(node).filter(([key]) => !key.startsWith('$'));
  expect(node.$cstNode?.astNode).toBe(node);
  return {
    type: node.$type,
    at: [node.$containerProperty, node.$containerIndex],
    range: node.$cstNode && [node.$cstNode.offset, node.$cstNode.end, node.$cstNode.range],
    ...Object.fromEntries(entries.map(([key, value]) => [key, describeValue(value, node)])),
  };
}

function describeValue(value: unknown, owner: AstNode): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => describeValue(item, owner));
  if (isAstNode(value)) {
    expect(value.$container).toBe(owner);
    return describeNode(value);
  }
  if (isReference(value)) return [value.$refText, value.$refNode?.range, value.$refNode?.astNode === owner];
  return value;
}

function describeWords(node: CstNode, container: CstNode | undefined): unknown {
  expect(node.container).toBe(container);
  const place = [node.offset, node.end, node.hidden, node.grammarSource?.$type, node.text];
  if (isCompositeCstNode(node)) return [...place, node.content.map((child) => describeWords(child, node))];
  return isLeafCstNode(node) ? [...place, node.tokenType.name, node.range] : place;
}

/** Every word is found where it stands. */
export function checkLookUp({ value }: ParseResult): void {
  const root = value.$cstNode;
  if (!root) return;
  for (const leaf of CstUtils.flattenCst(root)) {
    if (!leaf.hidden) expect(CstUtils.findLeafNodeAtOffset(root, leaf.offset)).toBe(leaf);
  }
}
