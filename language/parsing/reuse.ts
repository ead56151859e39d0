import type { IToken } from 'chevrotain';
import { type AstNode, isAstNode, isReference, type Linker } from 'langium';
import { asCst } from './movable.ts';
import { isSame, type Kept, type Piece, type Words } from './pieces.ts';
import type { Span } from './spans.ts';

/**
 * For each span of a block the piece that stood there before, if one did: unchanged ones from both ends, then those
 * that moved, then those of the same kind and name.
 */
export function pairs(old: readonly Piece[], spans: readonly Span[], words: Words): (Piece | undefined)[] {
  const paired: (Piece | undefined)[] = spans.map(() => undefined);
  const same = (piece: Piece | undefined, index: number): boolean =>
    piece !== undefined && isSame(piece.kept, spans[index] as Span, words);
  let head = 0;
  while (head < spans.length && same(old[head], head)) paired[head] = old[head++];
  let tail = 0;
  while (tail < Math.min(spans.length, old.length) - head && same(old.at(-1 - tail), spans.length - 1 - tail)) {
    paired[spans.length - 1 - tail] = old.at(-1 - tail);
    tail++;
  }
  const left = new Set(old.slice(head, old.length - tail));
  const middle = spans.slice(head, spans.length - tail);
  if (left.size === 0 || middle.length === 0) return paired;
  const byText = groupBy([...left], ({ kept }) => kept.text);
  for (const [index, span] of middle.entries()) {
    const from = words.tokens[span.first]?.startOffset ?? 0;
    const to = (words.tokens[span.end - 1]?.endOffset ?? 0) + 1;
    const found = byText.get(words.text.slice(from, to))?.find((piece) => left.has(piece) && same(piece, head + index));
    if (found) left.delete(found);
    paired[head + index] = found;
  }
  const byName = groupBy([...left], ({ kept }) => `${kept.rule} ${String(nameOf(kept.node))}`);
  for (const [index, span] of middle.entries()) {
    if (paired[head + index]) continue;
    const name = words.tokens.slice(span.first + 1, span.first + 2).map(nameIn)[0];
    paired[head + index] = byName.get(`${span.rule} ${name}`)?.shift();
  }
  return paired;
}

const nameOf = (node: AstNode): unknown => ('name' in node ? node.name : undefined);
const nameIn = ({ tokenType, image }: IToken): string | undefined =>
  tokenType.name === 'NAME' ? image.normalize('NFC') : undefined;

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** Moves what was read anew into the node of the same kind that was there before, if it still has its name. */
export function adopt(old: AstNode, fresh: Kept, linker: Linker): Kept {
  const { node } = fresh;
  if (nameOf(node) === undefined || nameOf(old) !== nameOf(node)) return fresh;
  for (const property of Object.keys(old)) {
    if (!property.startsWith('$') && !(property in node)) Reflect.deleteProperty(old, property);
  }
  for (const [property, value] of Object.entries(node)) {
    if (!property.startsWith('$')) Object.assign(old, { [property]: ownedBy(old, property, value, linker) });
  }
  Object.assign(old, { $cstNode: asCst(fresh.cst) });
  fresh.cst.astNode = old;
  return { ...fresh, node: old };
}

function ownedBy(owner: AstNode, property: string, value: unknown, linker: Linker): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => ownedBy(owner, property, item, linker));
  // A reference remembers the node that it was read into.
  if (isReference(value)) return linker.buildReference(owner, property, value.$refNode, value.$refText);
  if (isAstNode(value)) Object.assign(value, { $container: owner });
  return value;
}
