import type { Component, NeedExpression } from '../model/index.ts';
import { countWords, percentsApart, percentWords } from '../words/index.ts';
import type { Observation, Rule, RuleContext } from './rule.ts';
import { listed } from './words.ts';

/** What one hazard makes of one pool for one of its consumers. Loads are shares of the room, 1 = all of it. */
interface Overloading {
  readonly pool: Component;
  readonly hazard: string;
  readonly exposure: number;
  readonly share: number;
  readonly consumer: Component;
  readonly before: number;
  readonly after: number;
}

export const hiddenOverload: Rule = {
  defaultSeverity: 'warning',
  says: 'One hazard takes so much of a pool that what is left of it is overloaded as soon as its consumers are back: a cascade.',
  why: 'What the hazard spares crashes next, under the load of what it took. On an ordinary day nothing shows it: there is room for all.',
  remedy:
    'Keep more of the pool out of the hazard, have more room, or turn consumers away instead of taking all (no `overloads`); or accept the finding with a reason and a date.',
  observe: (context) =>
    context.architecture.components
      .filter(({ overload }) => overload !== undefined)
      .flatMap((pool) => overloadings(context, pool).map((one) => observationOf(context, one))),
};

/** The worst of its consumers for each hazard that the pool is exposed to. */
function overloadings({ components }: RuleContext, pool: Component): Overloading[] {
  const limit = pool.overload?.limit ?? Infinity;
  return pool.exposures.flatMap(({ hazard, share }, exposure): Overloading[] => {
    // Where nothing is left, nothing is overloaded: that is a total loss, and other rules tell it.
    if (share <= 0 || share >= 1) return [];
    const candidates = pool.serves.flatMap(({ consumer: name }): Overloading[] => {
      const consumer = components.get(name);
      const servers = consumer && serversOf(consumer, pool, components);
      if (!consumer || !servers) return [];
      const room = (left: (server: Component) => number): number =>
        servers.reduce((sum, server) => sum + roomFor(server, name) * left(server), 0);
      const before = consumer.instances / room(() => 1);
      const after = consumer.instances / room((server) => 1 - exposedShare(server, hazard));
      return after > limit + 1e-9 ? [{ pool, hazard, exposure, share, consumer, before, after }] : [];
    });
    const [worst] = candidates.sort((a, b) => b.after - a.after);
    return worst === undefined ? [] : [worst];
  });
}

function observationOf(context: RuleContext, one: Overloading): Observation {
  const { pool, hazard, exposure, share, consumer, before, after } = one;
  const [loaded, limit] = percentsApart(after, pool.overload?.limit ?? 0);
  return {
    subject: pool.name,
    about: [pool.name, hazard],
    services: context.servicesLostWith([pool.name]),
    describe: (services) => ({
      message:
        `If ${hazard} strikes, ${percentWords(share)} of ${pool.name} is lost. Once all ${countWords(consumer.instances)} ${consumer.name} are back, ` +
        `the rest of it is loaded to ${loaded} of its room instead of ${percentWords(before)}, and above ${limit} it crashes as well: ` +
        `a cascade${services.length === 0 ? '' : ` that takes ${listed(services)} along`}. ` +
        `Keep more of ${pool.name} out of ${hazard}, have more room, or accept the finding.`,
      place: { kind: 'property', element: pool.name, property: 'overloads' },
      related: [
        {
          place: { kind: 'exposed', element: pool.name, index: exposure },
          message: `${pool.name} is exposed to ${hazard}`,
        },
        {
          place: { kind: 'property', element: consumer.name, property: 'instances' },
          message: `All ${consumer.name} come back`,
        },
      ],
    }),
  };
}

/**
 * Among whom a consumer is spread with `pool`: the alternatives of the `or` in which it needs it, in proportion to
 * room. Undefined where it does not need it, where it is one of several places of a `k of`, and where an alternative
 * without limit of room takes everybody.
 */
function serversOf(
  consumer: Component,
  pool: Component,
  components: ReadonlyMap<string, Component>,
): readonly Component[] | undefined {
  for (const { expression, toStart } of consumer.needs) {
    if (toStart) continue;
    const found = alternatives(expression, pool.name);
    if (found === undefined) continue;
    const servers = found.flatMap((name) => components.get(name) ?? []);
    return servers.length === found.length && servers.every((server) => roomFor(server, consumer.name) > 0)
      ? servers
      : undefined;
  }
  return undefined;
}

function alternatives(need: NeedExpression, name: string): readonly string[] | undefined {
  switch (need.kind) {
    case 'reference':
      return need.name === name ? [name] : undefined;
    case 'and':
      return need.operands.map((operand) => alternatives(operand, name)).find((found) => found !== undefined);
    case 'or': {
      const names = need.operands.map((operand) => (operand.kind === 'reference' ? operand.name : undefined));
      const known = names.filter((one) => one !== undefined);
      return known.includes(name) && known.length === names.length ? [...new Set(known)] : undefined;
    }
    case 'atLeast':
      return undefined;
  }
}

const roomFor = (server: Component, consumer: string): number =>
  server.instances * (server.serves.find((serving) => serving.consumer === consumer)?.capacity ?? 0);

const exposedShare = (component: Component, hazard: string): number =>
  component.exposures.find((exposure) => exposure.hazard === hazard)?.share ?? 0;
