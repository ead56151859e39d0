import type { OrderName } from './solve-module.ts';

/**
 * The variable order that did for the last hard module of an architecture, and the way it was found. Services of one architecture have much below
 * them in common, and an order that is good for one of them is good for the others; to find one is what takes longest.
 */
export interface OrderMemory {
  /** By event: its place. */
  places: ReadonlyMap<number, number>;
  /** Nodes that it took. */
  nodes: number;
  /** Which of `ORDERS` it is. */
  way: OrderName | undefined;
  /** Whether the same way did for another module where the same order did not. */
  isWayBetter: boolean;
}

export const orderMemory = (): OrderMemory => ({ places: new Map(), nodes: 0, way: undefined, isWayBetter: false });

/** Keeps an order of events. Those of before that are not among them stand after them, as they stood. */
export function rememberOrder(memory: OrderMemory, events: readonly number[], nodes: number): void {
  memory.nodes = nodes;
  const all = new Set([...events, ...memory.places.keys()]);
  memory.places = new Map([...all].map((event, place) => [event, place]));
}

/** More than this share of unknown variables, and an order is not known. */
const MOST_UNKNOWN = 0.2;

/**
 * Variables in the order that is remembered, those of which nothing is known last; undefined where these are many.
 * `eventsIn` gives the events of a variable that stands for a module.
 */
export function recalledOrder(
  { places }: OrderMemory,
  variables: readonly number[],
  eventsIn: (variable: number) => readonly number[],
): number[] | undefined {
  if (places.size === 0) return undefined;
  const placed = variables.map((variable) => {
    let place = Number.POSITIVE_INFINITY;
    for (const event of eventsIn(variable)) place = Math.min(place, places.get(event) ?? place);
    return { variable, place };
  });
  const unknown = placed.filter(({ place }) => place === Number.POSITIVE_INFINITY).length;
  if (unknown > MOST_UNKNOWN * variables.length) return undefined;
  return placed.sort((a, b) => (a.place === b.place ? 0 : a.place - b.place)).map(({ variable }) => variable);
}
