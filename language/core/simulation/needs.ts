import type { Need, NeedExpression } from '../model/index.ts';
import type { Link } from './links.ts';

/** What a pool needs, compiled: names are pools, and what is needed in any case stands apart from what is chosen. */

export const LEAF = 0;
export const ALL = 1;
/** `or` and `k of`: `count` of the operands are chosen. */
export const SOME = 2;

export interface NeedNode {
  readonly kind: number;
  /** The needed pool; −1 but for a leaf. */
  readonly pool: number;
  /** Its link to the consumer; −1 if it neither serves nor admits it. */
  readonly link: number;
  /** Whether a place is held through this leaf, and where it is counted; −1 if nowhere. See loose.ts. */
  readonly holds: boolean;
  readonly place: number;
  /** Whether joining uses up admission here: a pool needed in any case is asked there, not once more in a choice. */
  readonly asks: boolean;
  /** How often the pool stands in the consumer's choices, which share its room. */
  readonly occurrences: number;
  readonly count: number;
  readonly operands: readonly NeedNode[];
  /** Where the instances that chose operand 0, 1, … are counted; −1 if that is not kept. See loose.ts. */
  readonly branch: number;
  /** For a leaf with a place: the choices above it, as branch offset and operand. */
  readonly path: readonly { readonly branch: number; readonly operand: number }[];
}

/** How an instance's places are known: the same for all, by sets of places held together, by places alone. */
export const FIXED_PLACES = 0;
export const JOINT_PLACES = 1;
export const LOOSE_PLACES = 2;

export interface Needs {
  /** What it goes on needing, and all that it asks to join; null for nothing. */
  readonly hold: NeedNode | null;
  readonly join: NeedNode | null;
  /** Links on which it is let in. */
  readonly asks: readonly number[];
  readonly placing: number;
  /** Leaves that it goes on needing in any case, and those that it asks in any case to start. */
  readonly plain: readonly NeedNode[];
  readonly plainToStart: readonly NeedNode[];
  /** What is chosen, in the order of the text. */
  readonly choices: readonly NeedNode[];
  readonly choicesToStart: readonly NeedNode[];
  /** What comes of each choice where there is but one, of one of several pools (`A or B`); null where there is more. */
  readonly alternatives: readonly Alternative[] | null;
}

export interface Alternative {
  /** Leaves whose admission it uses up, and links on which it holds places, ascending, the same as text. */
  readonly asked: readonly NeedNode[];
  readonly links: readonly number[];
  readonly key: string;
}

/** How many counts of each sort there are, over all pools. */
export interface PlaceTally {
  places: number;
  branches: number;
}

export const emptyTally = (): PlaceTally => ({ places: 0, branches: 0 });

/** So many ways to be placed are told apart in a pool of any size; a small pool is told apart whatever it needs. */
const MOST_SETS = 1024;
const SMALL_POOL = 128;

export function compileNeeds(
  needs: readonly Need[],
  instances: number,
  poolOf: (name: string) => number,
  linkTo: (server: number) => number,
  links: readonly Link[],
  tally: PlaceTally,
): Needs {
  const kept = simplify(
    needs.filter((need) => !need.toStart).map((need) => need.expression),
    poolOf,
    new Set(),
  );
  const started = simplify(
    needs.filter((need) => need.toStart).map((need) => need.expression),
    poolOf,
    kept.plain,
  );
  const occurrences = countNames([...kept.choices, ...started.choices]);
  const placing = placingOf(kept.choices, started.choices, instances);
  const used = new Set<number>();

  const build = (expression: NeedExpression, keeps: boolean, chosen: boolean, path: NeedNode['path']): NeedNode => {
    const loose = placing === LOOSE_PLACES && keeps;
    if (expression.kind === 'reference') {
      const pool = poolOf(expression.name);
      const link = linkTo(pool);
      const holds = keeps && (links[link]?.capacity ?? 0) > 0;
      if (link >= 0) used.add(link);
      const asked = chosen && started.plain.has(expression.name);
      const node: NeedNode = {
        ...blank,
        pool,
        link,
        holds,
        place: holds && loose ? tally.places++ : -1,
        asks: !asked && (links[link]?.ratePerSecond ?? 0) > 0,
        occurrences: chosen ? (occurrences.get(expression.name) ?? 1) : 1,
        path,
      };
      if (node.place >= 0) links[link]?.leaves.push(node);
      return node;
    }
    if (expression.kind === 'and')
      return { ...blank, kind: ALL, operands: expression.operands.map((one) => build(one, keeps, chosen, path)) };
    const branch = loose ? tally.branches : -1;
    if (loose) tally.branches += expression.operands.length;
    const operands = expression.operands.map((one, at) =>
      build(one, keeps, chosen, loose ? [...path, { branch, operand: at }] : path),
    );
    return { ...blank, kind: SOME, count: expression.kind === 'atLeast' ? expression.count : 1, operands, branch };
  };
  const leaves = (names: Iterable<string>, keeps: boolean): NeedNode[] =>
    Array.from(names, (name) => build({ kind: 'reference', name }, keeps, false, []));

  const plain = leaves(kept.plain, true);
  const choices = kept.choices.map((one) => build(one, true, true, []));
  const plainToStart = leaves(started.plain, false).filter((leaf) => !plain.some((one) => one.pool === leaf.pool));
  const choicesToStart = started.choices.map((one) => build(one, false, true, []));
  return {
    hold: together([...plain, ...choices]),
    join: together([...plain, ...choices, ...plainToStart, ...choicesToStart]),
    asks: [...used],
    placing,
    plain,
    plainToStart,
    choices,
    choicesToStart,
    alternatives: alternativesOf(plain, choices, plainToStart, choicesToStart),
  };
}

function alternativesOf(
  plain: readonly NeedNode[],
  choices: readonly NeedNode[],
  plainToStart: readonly NeedNode[],
  choicesToStart: readonly NeedNode[],
): Alternative[] | null {
  const [choice] = choices;
  if (choices.length !== 1 || choice === undefined || choicesToStart.length > 0) return null;
  if (choice.count !== 1 || choice.operands.some(({ kind }) => kind !== LEAF)) return null;
  return choice.operands.map((operand) => {
    const kept = [...plain, operand];
    const links = heldLinks(kept);
    return {
      asked: [...kept, ...plainToStart.filter((leaf) => leaf.pool !== operand.pool)],
      links,
      key: links.join(' '),
    };
  });
}

/** Where places are held through some leaves: links, ascending. */
export function heldLinks(kept: readonly NeedNode[]): number[] {
  const links: number[] = [];
  for (const leaf of kept) if (leaf.holds && !links.includes(leaf.link)) links.push(leaf.link);
  return links.length > 1 ? links.sort((a, b) => a - b) : links;
}

const blank: NeedNode = {
  kind: LEAF,
  pool: -1,
  link: -1,
  holds: false,
  place: -1,
  asks: false,
  occurrences: 1,
  count: 1,
  operands: [],
  branch: -1,
  path: [],
};

function together(nodes: readonly NeedNode[]): NeedNode | null {
  if (nodes.length <= 1) return nodes[0] ?? null;
  return { ...blank, kind: ALL, operands: nodes };
}

/**
 * What is needed in any case, and the choices that are left. A choice that something needed in any case fulfils is
 * none, and neither is `2 of (A, B)`; an unknown name never fails.
 */
function simplify(
  expressions: readonly NeedExpression[],
  poolOf: (name: string) => number,
  before: ReadonlySet<string>,
): { readonly plain: ReadonlySet<string>; readonly choices: readonly NeedExpression[] } {
  const plain = new Set(before);
  let choices = expressions;
  for (let changed = true; changed; ) {
    changed = false;
    const left: NeedExpression[] = [];
    const open = choices.map((one) => reduce(one, plain, poolOf)).reverse();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === null) continue;
      if (next.kind === 'and') open.push(...[...next.operands].reverse());
      else if (next.kind === 'reference') {
        if (!plain.has(next.name)) changed = true;
        plain.add(next.name);
      } else left.push(next);
    }
    choices = left;
  }
  return { plain, choices };
}

/** What of an expression is still asked when so much is given; null for nothing. */
function reduce(
  expression: NeedExpression,
  given: ReadonlySet<string>,
  poolOf: (name: string) => number,
): NeedExpression | null {
  if (expression.kind === 'reference')
    return given.has(expression.name) || poolOf(expression.name) < 0 ? null : expression;
  const left = expression.operands
    .map((operand) => reduce(operand, given, poolOf))
    .filter((operand) => operand !== null);
  const count = askedOf(expression) - (expression.operands.length - left.length);
  const operands = expression.kind === 'or' ? alternatives(left) : left;
  if (count <= 0) return null;
  if (operands.length === 1 && count === 1) return operands[0] ?? null;
  if (count >= operands.length) return { kind: 'and', operands };
  return count === 1 ? { kind: 'or', operands } : { kind: 'atLeast', count, operands };
}

/** `A or (B or A)` has two alternatives. */
function alternatives(operands: readonly NeedExpression[]): NeedExpression[] {
  const flat = operands.flatMap((one) => (one.kind === 'or' ? one.operands : [one]));
  const names = new Set<string>();
  return flat.filter((one) => {
    if (one.kind !== 'reference') return true;
    const fresh = !names.has(one.name);
    names.add(one.name);
    return fresh;
  });
}

/** How many operands must hold. */
const askedOf = (expression: Exclude<NeedExpression, { kind: 'reference' }>): number =>
  expression.kind === 'atLeast' ? expression.count : expression.kind === 'or' ? 1 : expression.operands.length;

function countNames(expressions: readonly NeedExpression[]): Map<string, number> {
  const counts = new Map<string, number>();
  const open = [...expressions];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'reference') counts.set(next.name, (counts.get(next.name) ?? 0) + 1);
    else open.push(...next.operands);
  }
  return counts;
}

function placingOf(kept: readonly NeedExpression[], started: readonly NeedExpression[], instances: number): number {
  if (kept.length === 0) return started.length === 0 ? FIXED_PLACES : JOINT_PLACES;
  const sets = kept.reduce((product, one) => product * setsOf(one), 1);
  return sets <= MOST_SETS || instances <= SMALL_POOL ? JOINT_PLACES : LOOSE_PLACES;
}

/** In how many ways a need can be fulfilled with no more than it asks for. */
function setsOf(expression: NeedExpression): number {
  if (expression.kind === 'reference') return 1;
  const ways = expression.operands.map(setsOf);
  if (expression.kind === 'and') return ways.reduce((product, one) => product * one, 1);
  const count = askedOf(expression);
  // By how many operands have been chosen so far.
  const chosen = Array.from({ length: count + 1 }, (_, at): number => (at === 0 ? 1 : 0));
  for (const way of ways)
    for (let at = count; at > 0; at--) chosen[at] = (chosen[at] ?? 0) + (chosen[at - 1] ?? 0) * way;
  return chosen[count] ?? 0;
}
