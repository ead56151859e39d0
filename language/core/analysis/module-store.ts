import type { Diagram } from './diagram.ts';
import type { Gate } from './failure-tree.ts';
import type { Module } from './modules.ts';

/**
 * Diagrams of modules, by what the modules say: a small change of a text leaves most modules as they are, and services
 * share theirs. Bounded: of what is kept, the older half goes when the younger has grown to `MOST_NODES`.
 */
export interface ModuleStore {
  younger: Map<string, StoredModule>;
  older: Map<string, StoredModule>;
  /** Nodes of all diagrams in `younger`. */
  nodes: number;
}

/** The loss and all minimal cut sets of a module; variables are numbered as the module's meaning meets them. */
export interface StoredModule {
  readonly loss: StoredDiagram;
  readonly cutSets: StoredDiagram;
}

export interface StoredDiagram {
  readonly order: readonly number[];
  readonly diagram: Diagram;
}

/** 12 bytes each, in both halves together: 12 MB at most, and what the keys take. */
const MOST_NODES = 500_000;

export const moduleStore = (): ModuleStore => ({ younger: new Map(), older: new Map(), nodes: 0 });

/** What a module says, whatever its gates and variables are called; and its variables in the order of that. */
export interface Meaning {
  readonly key: string;
  readonly variables: readonly number[];
}

/** Two modules have one key if and only if they are the same but for names: gates are numbered as a walk meets them. */
export function meaningOf(module: Module): Meaning {
  const numbers = new Map<number, number>([[module.top, 0]]);
  const variables: number[] = [];
  const words: string[] = [];
  const waiting = [module.top];
  for (let at = 0; at < waiting.length; at++) {
    const { count, inputs } = module.gates.get(waiting[at] as number) as Gate;
    words.push(`${count}:${inputs.map(number).join(',')}`);
  }
  return { key: words.join(' '), variables };

  /** Gates from 0 upwards, variables from −1 downwards. */
  function number(name: number): number {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const fresh = module.gates.has(name) ? waiting.push(name) - 1 : -variables.push(name);
    numbers.set(name, fresh);
    return fresh;
  }
}

export function find(store: ModuleStore, key: string): StoredModule | undefined {
  const young = store.younger.get(key);
  if (young !== undefined) return young;
  const old = store.older.get(key);
  if (old !== undefined) keep(store, key, old);
  return old;
}

export function keep(store: ModuleStore, key: string, found: StoredModule): void {
  const nodes = found.loss.diagram.size + found.cutSets.diagram.size;
  if (nodes > MOST_NODES) return;
  if (store.nodes + nodes > MOST_NODES) {
    store.older = store.younger;
    store.younger = new Map();
    store.nodes = 0;
  }
  store.younger.set(key, found);
  store.nodes += nodes;
}
