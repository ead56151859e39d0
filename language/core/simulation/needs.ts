import type { Need, NeedExpression } from '../model/index.ts';
import type { Link } from './program.ts';

/** What a pool needs, compiled: names are pools, and every place that an instance can hold has its own count. */

export const LEAF = 0;
export const ALL = 1;
/** `or` and `k of`: `count` of the operands are chosen. */
export const SOME = 2;

export interface NeedNode {
  readonly kind: number;
  /** The needed pool; −1 for an unknown name, which never fails. */
  readonly pool: number;
  /** Its link to the consumer; −1 if it neither serves nor admits it. */
  readonly link: number;
  /** Where the places held through this leaf are counted; −1 if it holds none. */
  readonly place: number;
  /** Whether joining uses up admission here: a pool needed twice is asked once. */
  readonly asks: boolean;
  readonly count: number;
  /** `or`: capacities add up. `k of`: the k-th largest counts. */
  readonly sums: boolean;
  readonly operands: readonly NeedNode[];
  /** Where the instances that chose operand 0, 1, … are counted; −1 if that is not kept. */
  readonly branch: number;
  /** For a leaf with a place: the choices above it, as branch offset and operand. */
  readonly path: readonly { readonly branch: number; readonly operand: number }[];
}

/** How many counts of each sort there are, over all pools. */
export interface PlaceTally {
  places: number;
  branches: number;
}

export const emptyTally = (): PlaceTally => ({ places: 0, branches: 0 });

/** The needs of one pool: what it goes on needing, and what it needs to join. */
export function compileNeeds(
  needs: readonly Need[],
  poolOf: (name: string) => number,
  linkTo: (server: number) => number,
  links: readonly Link[],
  tally: PlaceTally,
): { readonly hold: NeedNode | null; readonly join: NeedNode | null; readonly links: readonly number[] } {
  const always = new Set<string>();
  const asked = new Set<string>();
  const used = new Set<number>();

  const leaf = (name: string, keeps: boolean, path: NeedNode['path']): NeedNode => {
    const pool = poolOf(name);
    const link = pool < 0 ? -1 : linkTo(pool);
    const holds = keeps && link >= 0 && (links[link]?.capacity ?? 0) > 0;
    const first = !asked.has(name);
    if (path.length === 0) asked.add(name);
    if (link >= 0) used.add(link);
    const node: NeedNode = {
      ...blank,
      kind: LEAF,
      pool,
      link,
      place: holds ? tally.places++ : -1,
      asks: first && link >= 0 && (links[link]?.ratePerSecond ?? 0) > 0,
      path,
    };
    if (holds) links[link]?.leaves.push(node);
    return node;
  };

  const build = (expression: NeedExpression, keeps: boolean, path: NeedNode['path']): NeedNode => {
    if (expression.kind === 'reference') return leaf(expression.name, keeps, path);
    if (expression.kind === 'and') {
      return { ...blank, kind: ALL, operands: expression.operands.map((operand) => build(operand, keeps, path)) };
    }
    const branch = keeps ? tally.branches : -1;
    if (keeps) tally.branches += expression.operands.length;
    const operands = expression.operands.map((operand, at) =>
      build(operand, keeps, keeps ? [...path, { branch, operand: at }] : [...path, { branch: -1, operand: at }]),
    );
    const sums = expression.kind === 'or';
    return {
      ...blank,
      kind: SOME,
      count: expression.kind === 'atLeast' ? expression.count : 1,
      sums,
      operands,
      branch,
    };
  };

  /** What is needed in any case, without the repetitions that would hold or ask twice. */
  const flat = (expressions: readonly NeedExpression[]): NeedExpression[] =>
    expressions.flatMap((expression) => {
      if (expression.kind === 'and') return flat(expression.operands);
      if (expression.kind !== 'reference') return [expression];
      if (always.has(expression.name)) return [];
      always.add(expression.name);
      return [expression];
    });

  const kept = flat(needs.filter((need) => !need.toStart).map((need) => need.expression));
  const toStart = flat(needs.filter((need) => need.toStart).map((need) => need.expression));
  // Plain needs first: a pool that is needed in any case is asked there, not once more inside an `or`.
  const plainFirst = (one: NeedExpression): number => (one.kind === 'reference' ? 0 : 1);
  const order = (list: NeedExpression[]): NeedExpression[] => list.sort((a, b) => plainFirst(a) - plainFirst(b));
  const held = order(kept).map((expression) => build(expression, true, []));
  const asking = order(toStart).map((expression) => build(expression, false, []));
  return {
    hold: together(held),
    join: together([...held, ...asking]),
    links: [...used],
  };
}

const blank: NeedNode = {
  kind: LEAF,
  pool: -1,
  link: -1,
  place: -1,
  asks: false,
  count: 1,
  sums: false,
  operands: [],
  branch: -1,
  path: [],
};

function together(nodes: readonly NeedNode[]): NeedNode | null {
  if (nodes.length === 0) return null;
  if (nodes.length === 1) return nodes[0] ?? null;
  return { ...blank, kind: ALL, operands: nodes };
}
