import { type Architecture, type NeedExpression, namesIn, neededFirst } from '../model/index.ts';

/** The load of each component that serves with all up: consumers spread over the room of all that serve them (rule 5). */
export function usualLoads({ components }: Architecture): ReadonlyMap<string, number> {
  const rooms = new Map<string, number>();
  for (const { instances, serves } of components)
    for (const { consumer, capacity } of serves) rooms.set(consumer, (rooms.get(consumer) ?? 0) + instances * capacity);
  const sizes = new Map(components.map(({ name, instances }) => [name, instances]));
  const loadOf = (consumer: string): number => {
    const room = rooms.get(consumer) ?? 0;
    return room > 0 ? (sizes.get(consumer) ?? 0) / room : 0;
  };
  return new Map(
    components.map(({ name, serves }) => [
      name,
      serves.reduce((most, { consumer }) => Math.max(most, loadOf(consumer)), 0),
    ]),
  );
}

/**
 * The level of each service while all is up, 0…1: below 1 where what serves a population has not room for all of it. As
 * simulation.md counts it. What closes a circle of services counts as working.
 */
export function usualLevels({ components, services }: Architecture): ReadonlyMap<string, number> {
  const byName = new Map(components.map((component) => [component.name, component]));
  const levels = new Map<string, number>();

  const reached = (expression: NeedExpression, population: string | undefined): number => {
    if (expression.kind === 'reference') {
      const component = byName.get(expression.name);
      if (component === undefined) return levels.get(expression.name) ?? 1;
      const places = component.serves.find(({ consumer }) => consumer === population)?.capacity;
      const size = byName.get(population ?? '')?.instances;
      return places === undefined || size === undefined ? 1 : Math.min(1, (places * component.instances) / size);
    }
    const values = expression.operands.map((operand) => reached(operand, population));
    if (expression.kind === 'atLeast') return values.sort((a, b) => b - a)[expression.count - 1] ?? 0;
    const sum = values.reduce((all, value) => all + value, 0);
    return expression.kind === 'and' ? least(values) : Math.min(1, sum);
  };

  const ordered = neededFirst(services, ({ needs }) => namesIn(needs.map(({ expression }) => expression)));
  for (const { name, needs, population } of ordered)
    levels.set(name, least(needs.map(({ expression }) => reached(expression, population))));
  return levels;
}

const least = (values: readonly number[]): number => values.reduce((low, value) => Math.min(low, value), 1);
