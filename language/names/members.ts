import {
  type Acceptance,
  type Architecture,
  type Component,
  type Element,
  type Group,
  isAcceptance,
  isComponent,
  isGroup,
  isHazard,
  isRemoval,
  isRequirement,
  isScenario,
  isService,
  type Removal,
  type Requirement,
  type Scenario,
} from '../generated/ast.ts';

/** What an architecture consists of once its bases' members are merged in. */
export interface EffectiveMembers {
  /** The bases, the root first, and the architecture itself last. */
  readonly chain: readonly Architecture[];
  /** Components, groups, services and hazards by name, nested ones too; the base's stand first. */
  readonly elements: ReadonlyMap<string, Element>;
  readonly requirements: readonly Requirement[];
  readonly acceptances: readonly Acceptance[];
  readonly scenarios: ReadonlyMap<string, Scenario>;
}

/**
 * Merges the bases of the last architecture of `chain` into it: all of the base, each member of the same name
 * replaced whole with all that stands in it, and what `without` names left out.
 */
export function effectiveMembers(chain: readonly Architecture[]): EffectiveMembers {
  const elements = new Map<string, Element>();
  const requirements: Requirement[] = [];
  const acceptances: Acceptance[] = [];
  const scenarios = new Map<string, Scenario>();
  for (const layer of chain) {
    for (const removal of removalsOf(layer)) {
      const name = removal.target?.$refText;
      // Scenarios have names of their own: one is meant where nothing else of the base is called so.
      if (name !== undefined && !elements.has(name)) scenarios.delete(name);
      leaveOut(elements, name, true);
    }
    const own = ownElements(layer);
    // What stood in a replaced group goes with it; the name itself keeps its place in the order.
    for (const name of own.keys()) leaveOut(elements, name, false);
    for (const [name, element] of own) elements.set(name, element);
    for (const member of layer.members) {
      if (isRequirement(member)) requirements.push(member);
      else if (isAcceptance(member)) acceptances.push(member);
    }
    for (const scenario of ownScenarios(layer)) scenarios.set(scenario.name, scenario);
  }
  return { chain, elements, requirements, acceptances, scenarios };
}

export const removalsOf = (architecture: Architecture): Removal[] => architecture.members.filter(isRemoval);

/** The scenarios that stand in one architecture; of two of one name the first. */
export function ownScenarios(architecture: Architecture): Scenario[] {
  const seen = new Set<string>();
  return architecture.members
    .filter(isScenario)
    .filter(({ name }) => name !== undefined && !seen.has(name) && seen.add(name));
}

/** The named elements that the text of one architecture declares, in its order; of two of one name the first. */
export function ownElements(architecture: Architecture): Map<string, Element> {
  const own = new Map<string, Element>();
  for (const element of declaredElements(architecture)) if (!own.has(element.name)) own.set(element.name, element);
  return own;
}

/** As `ownElements`, every declaration of a name twice given included. */
export function declaredElements(architecture: Architecture): Element[] {
  const declared: Element[] = [];
  const collect = (element: unknown): void => {
    const named = isComponent(element) || isGroup(element) || isService(element) || isHazard(element);
    if (named && element.name !== undefined) declared.push(element);
    if (isGroup(element)) for (const member of element.members) collect(member);
  };
  for (const member of architecture.members) collect(member);
  return declared;
}

function leaveOut(elements: Map<string, Element>, name: string | undefined, itself: boolean): void {
  const left = name === undefined ? undefined : elements.get(name);
  if (left === undefined) return;
  if (isGroup(left)) {
    for (const [inner, element] of elements) if (element !== left && standsIn(element, left)) elements.delete(inner);
  }
  if (itself) elements.delete(left.name);
}

const standsIn = (element: Element, group: Group): boolean => groupsAround(element).includes(group);

/** A component itself, or the components of a group as the architecture has them in the end. */
export function componentsIn({ elements }: EffectiveMembers, element: Element): Component[] {
  if (isComponent(element)) return [element];
  if (!isGroup(element)) return [];
  return [...elements.values()].filter(isComponent).filter((component) => groupsAround(component).includes(element));
}

/** The groups around an element, the innermost first. */
export function groupsAround(element: Element): Group[] {
  const groups: Group[] = [];
  for (let at = element.$container as Component['$container'] | undefined; isGroup(at); at = at.$container)
    groups.push(at);
  return groups;
}
