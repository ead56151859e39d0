import type { NeedExpression } from './architecture.ts';

/** Elements so that what is needed stands before what needs it, where there is no circle; else in the order given. */
export function neededFirst<Element extends { readonly name: string }>(
  elements: readonly Element[],
  needsOf: (element: Element) => readonly string[],
): Element[] {
  const byName = new Map(elements.map((element) => [element.name, element]));
  const done = new Set<string>();
  const ordered: Element[] = [];
  // Depth-first with a stack of its own: chains of needs may be longer than the engine's stack.
  for (const root of elements) {
    const stack: { element: Element; after: boolean }[] = [{ element: root, after: false }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { element, after } = top;
      if (after) {
        ordered.push(element);
        continue;
      }
      if (done.has(element.name)) continue;
      done.add(element.name);
      stack.push({ element, after: true });
      for (const name of [...needsOf(element)].reverse()) {
        const needed = byName.get(name);
        if (needed !== undefined && !done.has(name)) stack.push({ element: needed, after: false });
      }
    }
  }
  return ordered;
}

/** The names in some expressions, in the order of the text. */
export function namesIn(expressions: readonly NeedExpression[]): string[] {
  const names: string[] = [];
  const open = [...expressions].reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'reference') names.push(next.name);
    else for (let at = next.operands.length - 1; at >= 0; at--) open.push(next.operands[at] as NeedExpression);
  }
  return names;
}
