/** What is to happen, the earliest first (a binary heap), and the times that it waits for. */
export interface Events {
  /** What is added first happens first, of what falls on one moment. */
  add(seconds: number, happen: () => void): void;
  take(): Event | undefined;
  next(): number;
}

export interface Event {
  readonly seconds: number;
  readonly number: number;
  readonly happen: () => void;
}

export function createEvents(): Events {
  const heap: Event[] = [];
  let added = 0;
  const before = (a: Event | undefined, b: Event | undefined): boolean => {
    if (a === undefined || b === undefined) return b === undefined && a !== undefined;
    return a.seconds < b.seconds || (a.seconds === b.seconds && a.number < b.number);
  };
  return {
    next: () => heap[0]?.seconds ?? Infinity,
    add(seconds, happen) {
      const event = { seconds, number: added++, happen };
      let at = heap.push(event) - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!before(event, heap[parent])) break;
        heap[at] = heap[parent] as Event;
        at = parent;
      }
      heap[at] = event;
    },
    take() {
      const top = heap[0];
      const last = heap.pop();
      if (top === undefined || last === undefined || heap.length === 0) return top;
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= heap.length) break;
        if (before(heap[child + 1], heap[child])) child += 1;
        if (!before(heap[child], last)) break;
        heap[at] = heap[child] as Event;
        at = child;
      }
      heap[at] = last;
      return top;
    },
  };
}

/** mulberry32: another generator than the simulator's. */
export function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}
