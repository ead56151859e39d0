import { type AstNode, isAstNode, isReference, type Reference } from 'langium';

/** Sees every node below and including `root`, each before what it contains, and every reference of each. */
export function walk(
  root: AstNode,
  see: (node: AstNode) => void,
  seeReference?: (node: AstNode, property: string, reference: Reference, index?: number) => void,
): void {
  const enter = (node: AstNode): void => {
    see(node);
    for (const property in node) {
      if (property.startsWith('$')) continue;
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
