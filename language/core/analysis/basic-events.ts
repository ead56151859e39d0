import type { Architecture } from '../model/index.ts';

/** What can fail, as the field's leaf of a fault tree. `strikes` names the components that are lost with it. */
export type BasicEvent =
  | { readonly kind: 'component'; readonly name: string; readonly strikes: readonly string[] }
  | { readonly kind: 'hazard'; readonly name: string; readonly strikes: readonly string[] }
  | {
      readonly kind: 'operator';
      readonly name: string;
      readonly operator: string;
      readonly strikes: readonly string[];
    };

/**
 * The basic events of an architecture: every component, every hazard that something is exposed to, every operator
 * of two or more components; in this order, each kind in the order of the text. A component and a hazard give the
 * event its name, an operator `operator:NAME`.
 *
 * An exposure of 0% is none: it is how a component takes itself out of its group's exposure.
 */
export function basicEvents(architecture: Architecture): BasicEvent[] {
  const components = new Set<string>();
  const struck = new Map<string, string[]>();
  const operated = new Map<string, string[]>();
  for (const component of architecture.components) {
    if (components.has(component.name)) continue;
    components.add(component.name);
    for (const { hazard, share } of component.exposures) if (share > 0) add(struck, hazard, component.name);
    if (component.operator !== undefined) add(operated, component.operator, component.name);
  }
  return [
    ...[...components].map((name): BasicEvent => ({ kind: 'component', name, strikes: [name] })),
    ...[...struck].map(([name, strikes]): BasicEvent => ({ kind: 'hazard', name, strikes })),
    ...[...operated]
      .filter(([, strikes]) => strikes.length >= 2)
      .map(
        ([operator, strikes]): BasicEvent => ({ kind: 'operator', name: `operator:${operator}`, operator, strikes }),
      ),
  ];
}

function add(lists: Map<string, string[]>, key: string, name: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [name]);
  else if (!list.includes(name)) list.push(name);
}
