import type { NeedExpression } from '../../../language/core/model/index.ts';
import { capacityFor, type Pool, type World } from './pools.ts';

/** The level of a service, as simulation.md says it, looked up from the top every time. */
export function levelOf(world: World, name: string): number {
  const service = world.architecture.services.find((one) => one.name === name);
  if (service === undefined) return 1;
  const population = service.population === undefined ? undefined : world.pools.get(service.population);
  const of = (need: NeedExpression): number => {
    if (need.kind === 'reference') return levelFor(world, need.name, population);
    const operands = need.operands.map(of).sort((a, b) => b - a);
    if (need.kind === 'and') return operands[operands.length - 1] ?? 1;
    if (need.kind === 'atLeast') return operands[need.count - 1] ?? 0;
    return Math.min(
      1,
      operands.reduce((sum, one) => sum + one, 0),
    );
  };
  const own =
    population === undefined ? 1 : world.working.has(population) ? population.in.up.length / population.size : 0;
  return Math.min(own, ...service.needs.map((need) => of(need.expression)));
}

function levelFor(world: World, name: string, population: Pool | undefined): number {
  const pool = world.pools.get(name);
  if (pool === undefined) return levelOf(world, name);
  if (!world.working.has(pool)) return 0;
  const capacity = population === undefined ? 0 : capacityFor(pool, population);
  return capacity === 0 || population === undefined ? 1 : Math.min(1, (capacity * pool.in.up.length) / population.size);
}
