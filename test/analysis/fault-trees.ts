import type { Architecture, NeedExpression } from '../../language/core/model/index.ts';
import { and, architecture, atLeast, component, needs, or, service } from './generate.ts';

/** A fault tree as the field has it: gate g fails when `count` of its inputs fail. Gate 0 is the top. */
export interface FaultTree {
  readonly events: number;
  readonly gates: readonly { readonly count: number; readonly inputs: readonly Input[] }[];
}
type Input = { readonly event: number } | { readonly gate: number };

export interface TreeShape {
  readonly events: number;
  readonly gates: number;
  readonly most: number;
  /** How often a gate reads one that stands before it, and so closes a circle: 0…1. */
  readonly circles: number;
  /** How far below itself a gate looks for its inputs: small numbers make deep trees with few shared parts. */
  readonly reach: number;
}

/** A tree of such a shape, the same for the same seed: shared subtrees, `k of n`, repeated events, and circles. */
export function randomTree(seed: number, { events, gates, most, circles, reach }: TreeShape): FaultTree {
  let state = (seed * 2654435761) >>> 0;
  const chance = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(chance() * limit);
  return {
    events,
    gates: Array.from({ length: gates }, (_, at) => {
      const inputs = Array.from({ length: 2 + below(most - 1) }, (): Input => {
        if (chance() < circles) return { gate: below(gates) };
        const next = at + 1 + below(reach);
        return next < gates && chance() < 0.7 ? { gate: next } : { event: below(events) };
      });
      const kind = below(5);
      const count = kind < 2 ? 1 : kind < 4 ? inputs.length : 1 + below(inputs.length);
      return { count, inputs };
    }),
  };
}

/** The tree as an architecture: events are components, gates are services, what fails by `count` works by the rest. */
export function architectureOf({ events, gates }: FaultTree): Architecture {
  return architecture({
    components: Array.from({ length: events }, (_, at) =>
      component(`E${at}`, at % 3 === 0 ? 'company' : 'vendor', {
        mttfSeconds: 10 + (at % 7),
        restart: { distribution: 'fixed', seconds: 1 + (at % 3) },
      }),
    ),
    services: gates.map(({ count, inputs }, at) => {
      const names = inputs.map((input) => ('event' in input ? `E${input.event}` : `G${input.gate}`));
      return service(`G${at}`, [needs(expression(count, names))]);
    }),
  });
}

function expression(count: number, names: readonly string[]): NeedExpression {
  if (count === 1) return and(...names);
  return count === names.length ? or(...names) : atLeast(names.length - count + 1, ...names);
}

/** By set of events, as bits: whether the top fails, by the least fixed point of failure over all sets at once. */
export function failures({ events, gates }: FaultTree): Uint8Array {
  const sets = 2 ** events;
  const failed = gates.map(() => new Uint8Array(sets));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [at, { count, inputs }] of gates.entries()) {
      const own = failed[at] as Uint8Array;
      for (let set = 0; set < sets; set++) {
        if (own[set] === 1) continue;
        let down = 0;
        for (const input of inputs) {
          down += 'event' in input ? (set >> input.event) & 1 : ((failed[input.gate] as Uint8Array)[set] as number);
        }
        if (down < count) continue;
        own[set] = 1;
        changed = true;
      }
    }
  }
  return failed[0] as Uint8Array;
}

/** The minimal cut sets of the top among the events that `among` holds for, sorted as the analysis sorts them. */
export function minimalSets(
  tree: FaultTree,
  fails: Uint8Array,
  among: (event: number) => boolean = () => true,
): string[][] {
  const allowed = Array.from({ length: tree.events }, (_, event) => (among(event) ? 1 << event : 0)).reduce(
    (all, bit) => all | bit,
    0,
  );
  const result: string[][] = [];
  for (let set = 0; set < fails.length; set++) {
    if (fails[set] === 0 || (set & ~allowed) !== 0) continue;
    const members = Array.from({ length: tree.events }, (_, event) => event).filter((event) => (set >> event) & 1);
    if (members.some((event) => fails[set & ~(1 << event)] === 1)) continue;
    result.push(members.map((event) => `E${event}`).sort());
  }
  return result.sort((a, b) => a.length - b.length || (a.join(' ') < b.join(' ') ? -1 : 1));
}
