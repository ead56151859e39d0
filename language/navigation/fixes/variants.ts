import { GrammarUtils } from 'langium';
import { isArchitecture, isRemoval } from '../../generated/ast.ts';
import { type Fixer, indentationOf, isAloneOnItsLines, lineAt, lineEndOf, nodeAt, removal } from './fix.ts';

/** A `without` that has nothing to leave out. */
export const removeWithout: Fixer = (mistake) => {
  const node = nodeAt(mistake, isRemoval);
  const range = node?.$cstNode?.range;
  if (!node || !range) return [];
  const title = `Remove "without ${node.target?.$refText}"`;
  return [{ title, edits: [removal(mistake.document, range)] }];
};

/** What stays and names what is left out can be left out too, if it has a name to do so. */
export const leaveOutToo: Fixer = (mistake) => {
  const { document, word: who, services } = mistake;
  const node = nodeAt(mistake, isRemoval);
  const architecture = node && nodeAt(mistake, isArchitecture);
  const range = node?.$cstNode?.range;
  if (!architecture || !range || !services.names.FileNames.members(architecture).elements.has(who)) return [];
  const isAlone = isAloneOnItsLines(document, range);
  const between = isAlone ? `${lineEndOf(document)}${indentationOf(lineAt(document, range.start.line))}` : ' ';
  const edit = { range: { start: range.end, end: range.end }, newText: `${between}without ${who}` };
  return [{ title: `Add "without ${who}"`, edits: [edit] }];
};

export const removeExtends: Fixer = (mistake) => {
  const architecture = nodeAt(mistake, isArchitecture);
  const keyword = GrammarUtils.findNodeForKeyword(architecture?.$cstNode, 'extends')?.range;
  const base = architecture?.base?.$refNode?.range;
  if (!keyword || !base) return [];
  const title = `Remove "extends ${architecture.base?.$refText}"`;
  return [{ title, edits: [removal(mistake.document, { start: keyword.start, end: base.end })], isPreferred: true }];
};
