import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Architecture, NeedExpression } from '../../language/core/model/index.ts';
import { compile, run, simulate } from '../../language/core/simulation/index.ts';
import { islandsOf } from '../../language/core/simulation/islands.ts';
import { architecture, component, crash, HOUR, or, scenario, service } from './build.ts';
import { systems } from './generate.ts';
import { mean } from './statistics.ts';

const RUNS = { numRuns: 100 };

/** The same architecture with an ending to every name of a component or service. */
function renamed(model: Architecture, ending: string): Architecture {
  const own = (name: string): string => `${name}${ending}`;
  const inside = (expression: NeedExpression): NeedExpression =>
    expression.kind === 'reference'
      ? { ...expression, name: own(expression.name) }
      : { ...expression, operands: expression.operands.map(inside) };
  return {
    ...model,
    components: model.components.map((one) => ({
      ...one,
      name: own(one.name),
      needs: one.needs.map((need) => ({ ...need, expression: inside(need.expression) })),
      serves: one.serves.map((serving) => ({ ...serving, consumer: own(serving.consumer) })),
      admits: one.admits.map((admission) => ({ ...admission, consumer: own(admission.consumer) })),
      ...(one.promotion && { promotion: { ...one.promotion, source: own(one.promotion.source) } }),
    })),
    services: model.services.map((one) => ({
      ...one,
      name: own(one.name),
      needs: one.needs.map((need) => ({ ...need, expression: inside(need.expression) })),
      ...(one.population !== undefined && { population: own(one.population) }),
    })),
  };
}

function together(models: readonly Architecture[]): Architecture {
  const [first] = models as [Architecture];
  return {
    ...first,
    components: models.flatMap(({ components }) => components),
    services: models.flatMap(({ services }) => services),
  };
}

/** Every name in a component or a service but what it is in itself: whatever it may have to do with. */
const namesWithin = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(namesWithin)
      : [];

const copies = (model: Architecture, count: number): Architecture[] =>
  Array.from({ length: count }, (_, copy) => renamed(model, `_${copy}`));

describe('An architecture of more than a hundred components', () => {
  test('is run in parts that name nothing of one another, and lose nothing', () => {
    fc.assert(
      fc.property(fc.array(systems, { minLength: 3, maxLength: 6 }), fc.boolean(), (some, shuffled) => {
        const models = some.flatMap(({ model }, kind) => copies(renamed(model, `_${kind}`), 20));
        const whole = together(models);
        const model = shuffled ? { ...whole, components: whole.components.toReversed() } : whole;
        const islands = islandsOf(model);
        for (const key of ['components', 'services'] as const) {
          const found = islands.flatMap((island) => island[key].map(({ name }) => name));
          expect(found.toSorted()).toEqual(model[key].map(({ name }) => name).toSorted());
        }
        const islandOf = new Map(
          islands.flatMap((island, at) =>
            [...island.components, ...island.services].map(({ name }) => [name, at] as const),
          ),
        );
        islands.forEach((island, at) => {
          for (const one of [...island.components, ...island.services])
            for (const name of namesWithin(one)) expect(islandOf.get(name) ?? at, `${one.name}: ${name}`).toBe(at);
          expect(island.components.length).toBeLessThanOrEqual(100);
        });
        if (model.components.length > 100) expect(islands.length).toBeGreaterThan(1);
      }),
      RUNS,
    );
  });

  test('goes as each of its parts goes alone, the first to the bit', () => {
    fc.assert(
      fc.property(systems, ({ model, story, seed }) => {
        const whole = together(copies(model, Math.ceil(101 / model.components.length)));
        const [first] = islandsOf(whole) as [Architecture];
        const [all, alone] = [simulate(whole, story, seed), simulate(first, story, seed)];
        for (const { name } of first.components) expect(all.components[name]).toEqual(alone.components[name]);
        for (const { name } of first.services) expect(all.services[name]).toEqual(alone.services[name]);
        expect(Object.keys(all.components)).toEqual(whole.components.map(({ name }) => name));
        expect(Object.keys(all.services).toSorted()).toEqual(whole.services.map(({ name }) => name).toSorted());
      }),
      { numRuns: 4 },
    );
  });

  const region = (at: number, watched: readonly string[] = []): Architecture =>
    architecture(
      [
        component(`Server${at}`, 20, { serves: { [`Client${at}`]: 10 }, fails: 24 * HOUR, restarts: ['in', 6 * HOUR] }),
        component(`Client${at}`, 200, { needs: `Server${at}` }),
      ],
      [service(`Service${at}`, watched.length > 0 ? or(`Server${at}`, ...watched) : `Server${at}`, `Client${at}`)],
    );
  const story = scenario(24 * HOUR, [[HOUR, crash('Nothing')]]);

  test('has chance of its own in every part', () => {
    const whole = together(Array.from({ length: 100 }, (_, at) => region(at)));
    const program = compile(whole, story, { everySeconds: 24 * HOUR });
    expect(program.programs.length).toBe(2);
    const traces = Array.from({ length: 100 }, (_, seed) => run(program, seed));
    const upAtEnd = (name: string): number[] =>
      traces.map(({ components }) => components[name]?.up.at(-1) ?? Number.NaN);
    // Where the same region stands in both parts, and the exact share of 24 h in 30 of the time.
    const ups = [7, 57].map((at) => upAtEnd(`Server${at}`));
    for (const up of ups) expect(Math.abs(mean(up) - 16)).toBeLessThan(4 * Math.sqrt((20 * 0.8 * 0.2) / up.length));
    for (const [at, up] of ups.entries())
      for (const other of ups.slice(at + 1)) {
        const moment =
          mean(up.map((count, run) => (count - 16) * ((other[run] ?? Number.NaN) - 16))) / (20 * 0.8 * 0.2);
        expect(Math.abs(moment)).toBeLessThan(4 / Math.sqrt(up.length));
      }
  });

  test('is one where a service looks at all', () => {
    const apart = Array.from({ length: 200 }, (_, at) => region(at));
    const servers = apart.map((_, at) => `Server${at}`);
    expect(islandsOf(together([...apart.slice(1), region(0, servers)]))).toHaveLength(1);
  });
});
