import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  analyse,
  type BasicEvent,
  type Chain,
  chainText,
  failureChains,
  type Step,
} from '../../language/core/analysis/index.ts';
import type { Architecture, NeedExpression } from '../../language/core/model/index.ts';
import { and, architecture, atLeast, component, needs, or, service, smallArchitectures } from '../analysis/generate.ts';

/** How the service S falls if Cloud is gone, in a message's words. */
function pathOf(needed: NeedExpression, others: Readonly<Record<string, NeedExpression | string>>): string {
  const cloud = ['C', 'D'].map((name) => component(name, 'vendor', { operator: 'Cloud' }));
  const rest = Object.entries(others).map(([name, need]) => component(name, 'company', { needs: [needs(need)] }));
  const { graph } = analyse(
    architecture({ components: [...cloud, ...rest], services: [service('S', [needs(needed)])] }),
  );
  const event = graph.events.findIndex(({ name }) => name === 'operator:Cloud');
  return failureChains(graph, event, ['S']).map(chainText).join();
}

describe('the path to what takes a service down', () => {
  test('says of alternatives that all of them fall', () => {
    expect(pathOf(or('C', 'D'), {})).toBe('S → C or D');
    expect(pathOf(or(and('C', 'E'), 'D'), { E: and() })).toBe('S → (C and E) or D');
    expect(pathOf(atLeast(2, 'C', 'D', 'E'), { E: and() })).toBe('S → 2 of (C, D, E)');
  });

  test('goes on from alternatives once, where all fall in the same way, and else from each', () => {
    expect(pathOf(or('A', 'B'), { A: 'C', B: 'C' })).toBe('S → A or B → C');
    expect(pathOf(or('A', 'B'), { A: 'C', B: 'D' })).toBe('S → A or B; A → C; B → D');
    expect(pathOf(or('A', 'C'), { A: 'E', E: 'C' })).toBe('S → A or C; A → E → C');
    expect(pathOf(or('A', 'B'), { A: or('C', 'D'), B: or('C', 'D') })).toBe('S → A or B → C or D');
  });

  test('ends where alternatives lead to alternatives again and again, and says so', () => {
    const layers = { A: or('E', 'F'), B: or('E', 'F'), E: or('G', 'H'), F: or('G', 'H'), G: 'C', H: 'C' };
    expect(pathOf(or('A', 'B'), layers)).toBe('S → A or B → E or F → G or H → …');
  });

  test('names an alternative that is no choice as any other step', () => {
    expect(pathOf(or('C', 'C'), {})).toBe('S → C');
    expect(pathOf(and('E', or('C', 'C')), { E: and() })).toBe('S → C');
  });
});

/** Whether a need holds if only some names are down. */
function holdsWithout(need: NeedExpression, down: ReadonlySet<string>): boolean {
  if (need.kind === 'reference') return !down.has(need.name);
  const count = need.operands.filter((operand) => holdsWithout(operand, down)).length;
  return count >= { and: need.operands.length, or: 1, atLeast: need.kind === 'atLeast' ? need.count : 0 }[need.kind];
}

/** Each step alone, and all ways of a choice together, are reason enough; and each way ends where the event strikes. */
function expectReason(model: Architecture, event: BasicEvent, start: string, chain: Chain): void {
  const needOf = ({ place }: Step): NeedExpression => {
    if (place.kind !== 'need') throw new Error('a step stands at a need');
    const owner = [...model.components, ...model.services].find(({ name }) => name === place.element);
    return owner?.needs[place.index]?.expression as NeedExpression;
  };
  let at = start;
  for (const step of chain.steps) {
    expect(step.from).toBe(at);
    expect(holdsWithout(needOf(step), new Set([step.to]))).toBe(false);
    at = step.to;
  }
  if (chain.choice === undefined) {
    expect(event.strikes).toContain(at);
    return;
  }
  const { ways, text } = chain.choice;
  const down = new Set(ways.map(({ step }) => step.to));
  expect(ways.length).toBeGreaterThan(1);
  for (const { step, chain: way } of ways) {
    expect(step.from).toBe(at);
    expect(holdsWithout(needOf(step), down)).toBe(false);
    if (!text.endsWith('…')) expectReason(model, event, step.to, way);
  }
}

test('what a path tells is why its service falls', () => {
  fc.assert(
    fc.property(smallArchitectures(6), (model) => {
      const analysis = analyse(model);
      for (const { event, services } of analysis.singleFailures()) {
        const chains = failureChains(analysis.graph, event, services);
        for (const [index, name] of services.entries()) {
          expectReason(model, analysis.graph.events[event] as BasicEvent, name, chains[index] as Chain);
        }
      }
    }),
    { numRuns: 1500 },
  );
});
