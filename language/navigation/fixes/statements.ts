import { CstUtils } from 'langium';
import {
  isComponent,
  isPromoted,
  isRestarts,
  isScenario,
  isShare,
  type Promoted,
  type Restarts,
} from '../../generated/ast.ts';
import { type Fix, type Fixer, type Mistake, nodeAt, removal, textOf } from './fix.ts';

/** What is given twice, taken out where it is told: at the second. */
export const removeSecond: Fixer = (mistake) => {
  const { document, diagnostic } = mistake;
  const [first = ''] = textOf(document, diagnostic.range).split(/\s/, 1);
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(diagnostic.range.start));
  // A carrier named twice has two shares, and which is right nobody knows.
  if (leaf && isShare(leaf.astNode)) return [];
  // An architecture named twice goes with the comma before it.
  if (leaf && leaf.tokenType.name === 'NAME' && isScenario(leaf.astNode)) {
    const until = document.textDocument.offsetAt(diagnostic.range.start);
    const before = document.textDocument
      .getText()
      .slice(0, until)
      .replace(/\s*,\s*$/, '').length;
    const range = { start: document.textDocument.positionAt(before), end: diagnostic.range.end };
    return [{ title: `Remove the second "${first}"`, edits: [{ range, newText: '' }], isPreferred: true }];
  }
  return [{ title: `Remove the second "${first}"`, edits: [removal(document, diagnostic.range)], isPreferred: true }];
};

/** A component is promoted or it restarts; which was meant, only its author knows. */
export const promotedOrRestarts: Fixer = (mistake) => {
  const component = nodeAt(mistake, isComponent);
  if (!component) return [];
  return [component.properties.find(isRestarts), component.properties.find(isPromoted)].flatMap((property) =>
    removeProperty(mistake, property),
  );
};

function removeProperty({ document }: Mistake, property: Restarts | Promoted | undefined): Fix[] {
  const range = property?.$cstNode?.range;
  if (!range) return [];
  const keyword = property.$type === 'Restarts' ? 'restarts' : 'promoted';
  return [{ title: `Remove "${keyword}"`, edits: [removal(document, range)] }];
}
