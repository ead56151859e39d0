import { AstUtils, GrammarUtils } from 'langium';
import type { TextEdit } from 'vscode-languageserver-protocol';
import {
  type Component,
  type Group,
  isArchitecture,
  isComponent,
  isExposure,
  isInstances,
} from '../../generated/ast.ts';
import { groupsAround } from '../../names/members.ts';
import type { FindingFixer, Found } from './finding.ts';
import { indentationOf, lineAt, lineEndOf, textOf } from './fix.ts';
import { indentationUnit, removalOf } from './members.ts';

/** Two instances where there is one. */
export const addInstance: FindingFixer = (found) => {
  const component = subjectOf(found);
  const edit = component && instancesEdit(component);
  if (!edit) return [];
  const title = `Run a second instance of ${component.name}`;
  return [{ title, edits: [{ document: AstUtils.getDocument(component), edit }] }];
};

/** What no service depends on, where nothing else speaks of it either. */
export const removeUnused: FindingFixer = (found) => {
  const component = subjectOf(found);
  const document = component && AstUtils.getDocument(component);
  const edit = component && document && removalOf(document, emptiedBy(component));
  return edit ? [{ title: `Remove ${component.name}`, edits: [{ document, edit }] }] : [];
};

/** A component, or the groups around it that would hold nothing without it. */
function emptiedBy(component: Component): Component | Group {
  let whole: Component | Group = component;
  for (const group of groupsAround(component)) {
    if (group.members.some((member) => member !== whole && !isExposure(member))) break;
    whole = group;
  }
  return whole;
}

function subjectOf({ finding, lowered }: Found): Component | undefined {
  const element = lowered.members.elements.get(finding.subject ?? '');
  return isComponent(element) ? element : undefined;
}

const SAID = 'instances 2';

function instancesEdit(component: Component): TextEdit | undefined {
  const whole = component.$cstNode?.range;
  if (!whole) return undefined;
  const said = component.properties.find(isInstances);
  if (said) {
    const count = GrammarUtils.findNodeForProperty(said.$cstNode, 'count')?.range;
    return count && { range: count, newText: '2' };
  }
  const open = GrammarUtils.findNodeForKeyword(component.$cstNode, '{')?.range;
  if (!open) return { range: { start: whole.end, end: whole.end }, newText: ` { ${SAID} }` };
  const first = component.properties[0]?.$cstNode?.range;
  const document = AstUtils.getDocument(component);
  const behind = { start: open.end, end: first?.start ?? { ...whole.end, character: whole.end.character - 1 } };
  const atHead = { range: { start: open.end, end: open.end }, newText: ` ${SAID}` };
  if (!first || first.start.line === open.start.line) {
    // A comment stays where it is, before what it may be about.
    const isBlank = textOf(document, behind).trim() === '';
    return isBlank ? { range: behind, newText: ` ${SAID} ` } : atHead;
  }
  const own = indentationOf(lineAt(document, first.start.line));
  const architecture = AstUtils.getContainerOfType(component, isArchitecture);
  const unit = architecture ? indentationUnit(document, architecture) : '  ';
  const indentation = own || indentationOf(lineAt(document, open.start.line)) + unit;
  return { range: { start: open.end, end: open.end }, newText: `${lineEndOf(document)}${indentation}${SAID}` };
}
