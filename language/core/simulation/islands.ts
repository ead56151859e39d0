import { type Architecture, type Component, namesIn } from '../model/index.ts';

/**
 * So many components are run as one in any case: what they need fits into a processor's nearest memory, and a step costs
 * something whatever it steps.
 */
const MOST_TOGETHER = 100;

/**
 * The architecture in parts that have nothing to do with one another: nothing in one acts on anything in another, and no
 * service looks at two. What happens alone in one ends no step of the others, so the cost does not grow faster than
 * the architecture. Small parts stay together; the whole itself where there is no more than one.
 */
export function islandsOf(architecture: Architecture): Architecture[] {
  if (architecture.components.length <= MOST_TOGETHER) return [architecture];
  const islandOf = new Map<string, number>();
  let [islands, size] = [1, 0];
  for (const { names, components } of partsOf(architecture)) {
    if (size > 0 && size + components > MOST_TOGETHER) [islands, size] = [islands + 1, 0];
    size += components;
    for (const name of names) islandOf.set(name, islands - 1);
  }
  if (islands === 1) return [architecture];
  return Array.from({ length: islands }, (_, island) => {
    const isHere = ({ name }: { readonly name: string }): boolean => (islandOf.get(name) ?? 0) === island;
    return {
      ...architecture,
      components: architecture.components.filter(isHere),
      services: architecture.services.filter(isHere),
    };
  });
}

interface Part {
  /** Of components and services. */
  readonly names: string[];
  components: number;
}

/** What has to do with one another, together; in the order of the text. */
function partsOf(architecture: Architecture): Iterable<Part> {
  const above = new Map<string, string>();
  const topOf = (name: string): string => {
    let top = name;
    for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next;
    for (let at = name; at !== top; ) {
      const next = above.get(at) as string;
      above.set(at, top);
      at = next;
    }
    return top;
  };
  const join = (name: string, other: string): void => {
    const [top, otherTop] = [topOf(name), topOf(other)];
    if (top !== otherTop) above.set(otherTop, top);
  };
  for (const component of architecture.components) for (const name of partnersOf(component)) join(component.name, name);
  for (const { name, needs, population } of architecture.services) {
    for (const needed of namesIn(needs.map(({ expression }) => expression))) join(name, needed);
    if (population !== undefined) join(name, population);
  }
  const parts = new Map<string, Part>();
  const partOf = (name: string): Part => {
    const part = parts.get(topOf(name)) ?? { names: [], components: 0 };
    parts.set(topOf(name), part);
    part.names.push(name);
    return part;
  };
  for (const { name } of architecture.components) partOf(name).components += 1;
  for (const { name } of architecture.services) partOf(name);
  return parts.values();
}

/** Everything that a component names. */
const partnersOf = ({ needs, serves, admits, promotion }: Component): string[] => [
  ...namesIn(needs.map(({ expression }) => expression)),
  ...[...serves, ...admits].map(({ consumer }) => consumer),
  ...(promotion ? [promotion.source] : []),
];
