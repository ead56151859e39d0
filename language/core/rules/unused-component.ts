import type { Architecture, Component, NeedExpression } from '../model/index.ts';
import type { Observation, Rule } from './rule.ts';

export const unusedComponent: Rule = {
  defaultSeverity: 'hint',
  says: 'No service depends on the component.',
  why: 'Its loss would change nothing for users: either it can go, or a `needs` is missing and the other findings are too good to be true.',
  remedy: 'Say who needs it (`needs`, `traffic`, `service … for`), or leave it out.',
  observe: ({ architecture }) => {
    const why =
      architecture.services.length === 0
        ? 'there is none yet. Say what users get: `service … needs …`'
        : 'its loss would change nothing for users. Say what needs it, or leave it out';
    const used = usedIn(architecture);
    return architecture.components
      .filter(({ name }) => !used.has(name))
      .map(
        ({ name }): Observation => ({
          subject: name,
          about: [name],
          services: [],
          describe: () => ({
            message: `No service depends on ${name}: ${why}.`,
            place: { kind: 'name', element: name },
            related: [],
          }),
        }),
      );
  },
};

/**
 * What services depend on, in the widest sense: by needs, those to start too, by promotion, as the population, as a
 * carrier of traffic. And who takes up the room of what they depend on: without those consumers it would fare otherwise.
 */
function usedIn({ services, components }: Architecture): ReadonlySet<string> {
  const byName = new Map([...services, ...components.toReversed()].map((element) => [element.name, element]));
  const used = new Set<string>();
  const open: string[] = [];
  for (const { name, population, traffic } of services) {
    use(name);
    if (population !== undefined) use(population);
    for (const { component } of traffic) use(component);
  }
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const element = byName.get(name);
    for (const { expression } of element?.needs ?? []) useAll(expression);
    if (element !== undefined && isComponent(element)) {
      if (element.promotion !== undefined) use(element.promotion.source);
      for (const { consumer } of [...element.serves, ...element.admits]) use(consumer);
    }
  }
  return used;

  function use(name: string): void {
    if (used.has(name)) return;
    used.add(name);
    open.push(name);
  }

  function useAll(expression: NeedExpression): void {
    if (expression.kind === 'reference') use(expression.name);
    else for (const operand of expression.operands) useAll(operand);
  }
}

const isComponent = (element: object): element is Component => 'party' in element;
