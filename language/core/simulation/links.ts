import type { Component } from '../model/index.ts';
import type { NeedNode } from './needs.ts';

/** One pool letting another in: `serves`, `admits` or both. */
export interface Link {
  readonly server: number;
  readonly consumer: number;
  /** Room per instance; 0 where room is no limit. */
  readonly capacity: number;
  /** Let in per instance and second; 0 where that is no limit. */
  readonly ratePerSecond: number;
  /** False where the server `overloads`: it takes all who come. */
  readonly hard: boolean;
  /** Admissions that it keeps for who could not use them. */
  readonly kept: number;
  /** Whether the consumer needs the server at all: else it neither takes places nor asks. */
  asked: boolean;
  /** The leaves of the consumer's needs that hold a place here, if they are counted apart; see loose.ts. */
  readonly leaves: NeedNode[];
}

export function compileLinks(components: readonly Component[], indexOf: ReadonlyMap<string, number>): Link[] {
  const links: Link[] = [];
  const amongSome = components.map(namesAmongSome);
  components.forEach((component, server) => {
    const consumers = new Set([...component.serves, ...component.admits].map((one) => one.consumer));
    for (const name of consumers) {
      const consumer = indexOf.get(name);
      if (consumer === undefined) continue;
      links.push({
        server,
        consumer,
        capacity: component.serves.find((one) => one.consumer === name)?.capacity ?? 0,
        ratePerSecond: component.admits.find((one) => one.consumer === name)?.ratePerSecond ?? 0,
        hard: component.overload === undefined,
        // One, so that it gives no burst to those who wait. Two where several of some doors are asked: one that has been
        // passed by waits for the next of another, else three doors would let two of three in no faster than two do.
        kept: amongSome[consumer]?.has(component.name) ? 2 : 1,
        asked: false,
        leaves: [],
      });
    }
  });
  return links;
}

/** Those of which several are needed, but not all. */
function namesAmongSome(component: Component): ReadonlySet<string> {
  const found = new Set<string>();
  // With a list of its own: brackets may stand deeper than the engine's stack.
  const open = component.needs.map(({ expression }) => ({ expression, among: false }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { expression, among } = next;
    if (expression.kind === 'reference') {
      if (among) found.add(expression.name);
      continue;
    }
    const some = expression.kind === 'atLeast' && expression.count > 1 && expression.count < expression.operands.length;
    for (const operand of expression.operands) open.push({ expression: operand, among: among || some });
  }
  return found;
}
