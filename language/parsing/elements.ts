import { GrammarAST } from 'langium';

/** Calls `visit` for an element of a rule and all in it. Langium's streams over trees would take longer than the rest. */
export function eachElement(
  element: GrammarAST.AbstractElement,
  visit: (element: GrammarAST.AbstractElement) => void,
): void {
  visit(element);
  if (GrammarAST.isAssignment(element)) eachElement(element.terminal, visit);
  else if (GrammarAST.isGroup(element) || GrammarAST.isAlternatives(element)) {
    for (const inner of element.elements) eachElement(inner, visit);
  }
}
