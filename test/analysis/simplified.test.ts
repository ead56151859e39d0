import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FailureTree, type Gate, gateOf } from '../../language/core/analysis/failure-tree.ts';
import { propagated } from '../../language/core/analysis/propagate-events.ts';
import { simplified } from '../../language/core/analysis/simplify-tree.ts';

const EVENTS = 7;

/** Gates from the bottom up, each of events and the gates before it; the last is the top. A few close a circle. */
const trees: fc.Arbitrary<FailureTree> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('or', 'and', 'k of'),
      inputs: fc.array(fc.tuple(fc.boolean(), fc.nat(50)), { minLength: 1, maxLength: 4 }),
      count: fc.nat(3),
      circle: fc.nat(4).map((one) => one === 0),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((rows) => {
    const gates = new Map<number, Gate>();
    const parts: number[][] = [];
    for (const [at, { kind, inputs, count, circle }] of rows.entries()) {
      const name = EVENTS + at;
      const read = inputs.map(([isEvent, which]) => (isEvent || at === 0 ? which % EVENTS : EVENTS + (which % at)));
      const kinds = { or: 1, and: Number.POSITIVE_INFINITY, 'k of': 1 + count };
      const gate = (all: readonly number[]): Gate =>
        gateOf(Math.min(kinds[kind as keyof typeof kinds], kind === 'and' ? new Set(all).size : all.length), all);
      const before = gates.get(name - 1);
      if (circle && before !== undefined) {
        // The gate before it and this one read each other.
        const isOr = before.count === 1;
        const inputs = [...before.inputs, name];
        gates.set(
          name - 1,
          gateOf(isOr ? 1 : before.count === before.inputs.length ? inputs.length : before.count, inputs),
        );
        gates.set(name, gate([...read, name - 1]));
        parts.at(-1)?.push(name);
      } else {
        gates.set(name, gate(read));
        parts.push([name]);
      }
    }
    return { top: EVENTS + rows.length - 1, events: EVENTS, parts, gates };
  });

/** The top for each set of events that have happened: the least fixed point, from below. */
function table({ top, parts, gates }: FailureTree): boolean[] {
  return Array.from({ length: 2 ** EVENTS }, (_, set) => {
    const failed = new Set<number>();
    for (let event = 0; event < EVENTS; event++) if ((set >> event) & 1) failed.add(event);
    const names = parts.flat();
    for (let again = true; again; ) {
      again = false;
      for (const name of names) {
        const { count, inputs } = gates.get(name) as Gate;
        if (failed.has(name) || inputs.filter((input) => failed.has(input)).length < count) continue;
        failed.add(name);
        again = true;
      }
    }
    return top !== undefined && failed.has(top);
  });
}

describe('a simplified tree', () => {
  it('fails by the same sets of events, with circles, shared gates and repeated events', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const before = table(tree);
        // What cannot fail, or fails by itself, is no tree: the graph never gives one.
        fc.pre(!before[0] && before.at(-1) === true);
        expect(table(propagated(tree))).toEqual(before);
        expect(table(simplified(tree))).toEqual(before);
      }),
      { numRuns: 3000 },
    );
  });

  it('says an event once on each way down', () => {
    // a and (b or (a and c)) or … : below an `and` with a, a has happened; below an `or` with b, b has not.
    const [a, b, c] = [0, 1, 2];
    const gates = new Map<number, Gate>([
      [7, { count: 2, inputs: [a, c] }],
      [8, { count: 1, inputs: [b, 7] }],
      [9, { count: 2, inputs: [a, 8] }],
    ]);
    const { gates: left } = simplified({ top: 9, events: EVENTS, parts: [[7], [8], [9]], gates });
    expect([...left.values()]).toEqual([
      { count: 1, inputs: [b, c] },
      { count: 2, inputs: [a, 8] },
    ]);
  });
});
