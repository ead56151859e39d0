import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { and, atLeast, FALSE, ite, not, or, TRUE, variable } from '../../language/core/analysis/boolean-diagram.ts';
import { extracted } from '../../language/core/analysis/diagram.ts';
import { BudgetExhausted, clear, type NodeTable, nodeTable } from '../../language/core/analysis/node-table.ts';
import {
  atLeastOf,
  joined,
  minimalSolutions,
  product,
  union,
  unsubsumed,
} from '../../language/core/analysis/set-diagram.ts';
import { ticker } from '../../language/core/analysis/ticker.ts';

/** Few enough to try all: a function is its truth table of 32 bits, a set of variables five bits. */
const VARIABLES = 5;
const ALL = 2 ** VARIABLES;
const unlimited = (): NodeTable => nodeTable({ maxNodes: 1 << 20, maxSteps: Number.POSITIVE_INFINITY });
const assignments = Array.from({ length: ALL }, (_, set) => set);

type Formula =
  | { readonly kind: 'variable'; readonly level: number }
  | { readonly kind: 'and' | 'or' | 'ite' | 'atLeast' | 'not'; readonly of: readonly Formula[] };

function formulas(negation: boolean): fc.Arbitrary<Formula> {
  return fc.letrec<{ formula: Formula }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.nat(VARIABLES - 1).map((level): Formula => ({ kind: 'variable', level })),
      fc
        .tuple(
          fc.constantFrom(...(['and', 'or', 'atLeast', ...(negation ? (['ite', 'not'] as const) : [])] as const)),
          fc.tuple(tie('formula'), tie('formula'), tie('formula')),
        )
        .map(([kind, of]): Formula => ({ kind, of })),
    ),
  })).formula;
}

function holds(formula: Formula, set: number): boolean {
  if (formula.kind === 'variable') return ((set >> formula.level) & 1) === 1;
  const [f, g, h] = formula.of.map((part) => holds(part, set)) as [boolean, boolean, boolean];
  switch (formula.kind) {
    case 'not':
      return !f;
    case 'and':
      return f && g && h;
    case 'or':
      return f || g || h;
    case 'ite':
      return f ? g : h;
    case 'atLeast':
      return Number(f) + Number(g) + Number(h) >= 2;
  }
}

function built(table: NodeTable, formula: Formula): number {
  if (formula.kind === 'variable') return variable(table, formula.level);
  const [f, g, h] = formula.of.map((part) => built(table, part)) as [number, number, number];
  switch (formula.kind) {
    case 'not':
      return not(f);
    case 'and':
      return and(table, and(table, f, g), h);
    case 'or':
      return or(table, or(table, f, g), h);
    case 'ite':
      return ite(table, f, g, h);
    case 'atLeast':
      return atLeast(table, 2, [f, g, h]);
  }
}

const truth = (formula: Formula): string => assignments.map((set) => Number(holds(formula, set))).join('');

describe('a decision diagram with complement edges', () => {
  const evaluate = (table: NodeTable, edge: number, set: number): boolean => {
    let at = edge;
    while (at > 1) {
      const record = (at >> 1) * 4;
      const side = (set >> (table.records[record] as number)) & 1 ? 1 : 2;
      at = (table.records[record + side] as number) ^ (at & 1);
    }
    return at === TRUE;
  };

  test('says of every assignment what the formula says', () => {
    fc.assert(
      fc.property(formulas(true), (formula) => {
        const table = unlimited();
        const edge = built(table, formula);
        for (const set of assignments) expect(evaluate(table, edge, set)).toBe(holds(formula, set));
      }),
      { numRuns: 1000 },
    );
  });

  test('is one and the same edge for one function, and its complement that edge with one bit turned', () => {
    const table = unlimited();
    const known = new Map<string, number>();
    fc.assert(
      fc.property(formulas(true), (formula) => {
        const edge = built(table, formula);
        expect(known.get(truth(formula)) ?? edge).toBe(edge);
        known.set(truth(formula), edge);
        expect(built(table, { kind: 'not', of: [formula, formula, formula] })).toBe(edge ^ 1);
      }),
      { numRuns: 2000 },
    );
    expect(known.size).toBeGreaterThan(200);
  });

  test('of a monotone function complements no edge but that to true', () => {
    fc.assert(
      fc.property(formulas(false), (formula) => {
        const table = unlimited();
        const { root, size, highs, lows } = extracted(table, built(table, formula));
        expect(root).toBe(size === 2 ? root : size - 1);
        for (let node = 2; node < size; node++)
          expect([highs[node], lows[node]].every((to) => Number(to) < node)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a diagram of sets', () => {
  const size = (set: number) => assignments.filter((bit) => bit < VARIABLES && (set >> bit) & 1).length;
  const minimal = (sets: readonly number[]) =>
    [...new Set(sets)]
      .filter((set) => !sets.some((other) => other !== set && (other & set) === other))
      .sort((a, b) => a - b);
  const members = (table: NodeTable, edge: number): number[] => {
    if (edge <= 1) return edge === 1 ? [0] : [];
    const record = (edge >> 1) * 4;
    const bit = 1 << (table.records[record] as number);
    return [
      ...members(table, table.records[record + 1] as number).map((set) => set | bit),
      ...members(table, table.records[record + 2] as number),
    ].sort((a, b) => a - b);
  };
  const solutions = (formula: Formula) => minimal(assignments.filter((set) => holds(formula, set)));
  const three = fc.tuple(formulas(false), formulas(false), formulas(false));

  test('has the minimal solutions of a monotone function, and no others', () => {
    fc.assert(
      fc.property(formulas(false), (formula) => {
        const table = unlimited();
        expect(members(table, minimalSolutions(table, built(table, formula)))).toEqual(solutions(formula));
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps to its definition under union, product to any order, k of n, and subsumption', () => {
    fc.assert(
      fc.property(three, fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY), ([a, b, c], order) => {
        const table = unlimited();
        const [f, g, h] = [a, b, c].map((formula) => minimalSolutions(table, built(table, formula))) as [
          number,
          number,
          number,
        ];
        const [inF, inG, inH] = [f, g, h].map((edge) => members(table, edge)) as [number[], number[], number[]];
        const pairs = (left: readonly number[], right: readonly number[]) =>
          left.flatMap((one) => right.map((other) => one | other));
        const small = (sets: readonly number[]) => sets.filter((set) => size(set) <= order);

        expect(members(table, union(table, f, g))).toEqual(minimal([...inF, ...inG]));
        table.truncated = false;
        const both = minimal(pairs(inF, inG));
        expect(members(table, product(table, f, g, order))).toEqual(small(both));
        if (small(both).length < both.length) expect(table.truncated).toBe(true);
        if (order === Number.POSITIVE_INFINITY) expect(table.truncated).toBe(false);
        const two = minimal([...pairs(inF, inG), ...pairs(inF, inH), ...pairs(inG, inH)]);
        expect(small(members(table, atLeastOf(table, 2, [f, g, h], order)))).toEqual(small(two));
        expect(members(table, unsubsumed(table, f, g))).toEqual(
          inF.filter((set) => !inG.some((other) => (other & set) === other)),
        );
      }),
      { numRuns: 1500 },
    );
  });

  test('joins families whose sets have as many members', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), three, (order, [a, b]) => {
        const table = unlimited();
        const family = (formula: Formula) =>
          solutions(formula)
            .filter((set) => size(set) === order)
            .reduce((sets, set) => {
              const levels = assignments.filter((bit) => bit < VARIABLES && (set >> bit) & 1);
              const edge = levels.reduce((product_, level) => and(table, product_, variable(table, level)), TRUE);
              return joined(table, sets, minimalSolutions(table, edge));
            }, FALSE);
        const both = new Set([...members(table, family(a)), ...members(table, family(b))]);
        expect(members(table, joined(table, family(a), family(b)))).toEqual([...both].sort((x, y) => x - y));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a table', () => {
  const parity = (table: NodeTable, levels: number): number =>
    Array.from({ length: levels }, (_, level) => variable(table, level)).reduce(
      (f, g) => ite(table, f, not(g), g),
      FALSE,
    );

  test('gives out no more nodes than it has, and no more steps, and asks whether to stop', () => {
    const levels = 4000;
    const spend = (budget: Parameters<typeof nodeTable>[0]) => () => parity(nodeTable(budget), levels);
    expect(spend({ maxNodes: 100, maxSteps: 1e9 })).toThrow(BudgetExhausted);
    expect(spend({ maxNodes: 1 << 24, maxSteps: 10_000 })).toThrow(BudgetExhausted);
    let asked = 0;
    const stop = { maxNodes: 1 << 24, maxSteps: 1e9, shouldStop: () => ++asked > 2 };
    expect(spend(stop)).toThrow(BudgetExhausted);
    expect(asked).toBe(3);
  });

  test('that is cleared is as new, and has given its memory back', () => {
    const table = unlimited();
    const before = table.records.length;
    parity(table, 600);
    expect(table.records.length).toBeGreaterThan(before);
    clear(table);
    expect([table.size, table.records.length]).toEqual([1, before]);
    expect(parity(table, 3)).toBe(parity(unlimited(), 3));
  });

  test('a loop that ticks asks at once, and then every few thousand steps', () => {
    let asked = 0;
    const tick = ticker(() => ++asked > 3);
    const loop = () => {
      for (let step = 0; step < 1e6; step++) tick();
    };
    expect(loop).toThrow(BudgetExhausted);
    expect(asked).toBe(4);
  });
});
