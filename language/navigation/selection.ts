import { type CstNode, CstUtils, type LangiumDocument } from 'langium';
import type { Position, Range, SelectionRange } from 'vscode-languageserver-protocol';

/** From each cursor outwards: the word, what it is part of, the member, the block's inside, the block, the file. */
export function selectionRanges(document: LangiumDocument, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const ranges = outwards(document, document.textDocument.offsetAt(position));
    let selection: SelectionRange | undefined;
    for (const [start, end] of ranges.toReversed()) {
      const range: Range = {
        start: document.textDocument.positionAt(start),
        end: document.textDocument.positionAt(end),
      };
      selection = { range, ...(selection && { parent: selection }) };
    }
    return selection ?? { range: { start: position, end: position } };
  });
}

type Span = readonly [start: number, end: number];

/** Each span contains the one before it, and is more than it. */
function outwards(document: LangiumDocument, offset: number): Span[] {
  const text = document.textDocument.getText();
  const root = document.parseResult.value.$cstNode;
  const spans: Span[] = [];
  const add = (start: number, end: number): void => {
    const [innerStart, innerEnd] = spans.at(-1) ?? [offset, offset];
    const contains = start <= innerStart && end >= innerEnd;
    if (contains && (end - start > innerEnd - innerStart || spans.length === 0)) spans.push([start, end]);
  };
  const leaf = root && (wordAt(root, offset) ?? CstUtils.findLeafNodeBeforeOffset(root, offset));
  if (leaf && leaf.tokenType.name === 'STRING' && leaf.offset < offset && leaf.end > offset)
    add(leaf.offset + 1, leaf.end - 1);
  for (let words: CstNode | undefined = leaf; words; words = words.container) {
    const inside = insideOf(words, offset);
    if (inside) add(...inside);
    add(words.offset, words.end);
  }
  add(0, text.length);
  return spans;
}

function wordAt(root: CstNode, offset: number) {
  const at = CstUtils.findLeafNodeAtOffset(root, offset);
  if (at && !isBlank(at)) return at;
  // Behind a word's last letter the cursor still stands at that word.
  const before = CstUtils.findLeafNodeAtOffset(root, offset - 1);
  return before && before.end === offset ? before : at;
}

const isBlank = (words: CstNode): boolean => /^[\s{}(),/]*$/.test(words.text);

/** Between the braces of a block around the offset. */
function insideOf(words: CstNode, offset: number): Span | undefined {
  const content = 'content' in words ? (words.content as readonly CstNode[]) : [];
  const brace = (wanted: string) => (part: CstNode) =>
    (part as { tokenType?: { name: string } }).tokenType?.name === wanted;
  const open = content.find(brace('{'));
  const close = content.findLast(brace('}'));
  return open && close && open.end <= offset && offset <= close.offset ? [open.end, close.offset] : undefined;
}
