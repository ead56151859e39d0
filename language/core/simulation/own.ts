import type { Architecture, Component, Need, NeedExpression } from '../model/index.ts';
import type { ModelNumber } from './numbers.ts';

/**
 * For each component that others run and that serves or admits somebody: how many of its kind the company would run
 * itself, beside it. They do the same, take no more than they have room for, are not struck with it, and whoever needs
 * the one is content with the other. There are none so far.
 */
export const ownInstances = (architecture: Architecture): ModelNumber[] =>
  architecture.components
    .filter(({ party, serves, admits }) => party !== 'company' && (serves.length > 0 || admits.length > 0))
    .map(
      (component): ModelNumber => ({
        id: `${component.name}/own instances`,
        component: component.name,
        place: { kind: 'name', element: component.name },
        what: 'own instances',
        value: 0,
        measure: 'count',
        whole: true,
        most: Infinity,
        replaced: (count) => (count === 0 ? architecture : withOwn(architecture, component, count)),
      }),
    );

function withOwn(architecture: Architecture, component: Component, instances: number): Architecture {
  const names = new Set(architecture.components.map(({ name }) => name));
  let own = `${component.name}-own`;
  while (names.has(own)) own += '-own';
  const { serves, admits, needs } = component;
  const added: Component = {
    name: own,
    party: 'company',
    control: 'full',
    instances,
    needs,
    serves,
    admits,
    exposures: [],
  };
  const eitherIn = (expression: NeedExpression): NeedExpression => {
    if (expression.kind !== 'reference') return { ...expression, operands: expression.operands.map(eitherIn) };
    if (expression.name !== component.name) return expression;
    return { kind: 'or', operands: [expression, { kind: 'reference', name: own }] };
  };
  const either = <Element extends { readonly needs: readonly Need[] }>(element: Element): Element => ({
    ...element,
    needs: element.needs.map((need) => ({ ...need, expression: eitherIn(need.expression) })),
  });
  return {
    ...architecture,
    components: [...architecture.components.map(either), added],
    services: architecture.services.map(either),
  };
}
