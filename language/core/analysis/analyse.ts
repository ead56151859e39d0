import type { Architecture, Component, Service } from '../model/index.ts';
import { type ColdStart, coldStart } from './cold-start.ts';
import { type DependencyGraph, dependencyGraph } from './dependency-graph.ts';
import { type ModuleStore, moduleStore } from './module-store.ts';
import { type OrderMemory, orderMemory } from './order-memory.ts';
import { type SharedFate, sharedFates } from './shared-fate.ts';
import { type SingleFailure, singleFailures } from './single-failures.ts';

/**
 * What is known of one architecture. Nothing is computed before it is asked for, and everything at most once; what is
 * dear (`serviceFaults`) is no part of it, so that findings never pay for cut sets of high order.
 */
export interface Analysis {
  readonly architecture: Architecture;
  /** The architecture in the reading `running`. */
  readonly graph: DependencyGraph;
  /** The cut sets of order 1 of all services, by event. */
  readonly singleFailures: () => readonly SingleFailure[];
  readonly coldStart: () => ColdStart;
  /** What takes too many alternatives of a need, each event alone. */
  readonly sharedFates: () => readonly SharedFate[];
  /** Solved modules, handed on from analysis to analysis. */
  readonly modules: ModuleStore;
  /** The order that did for hard modules of this architecture. */
  readonly orders: OrderMemory;
}

/**
 * The analysis of one architecture; a variant is analysed as a whole architecture. `former` is an analysis of a text
 * much like it, such as that before the last keystroke: what the change does not touch is taken from there, and the
 * results are those that there would be without. A change that no fault depends on (an instance more, a title) costs
 * next to nothing.
 */
export function analyse(architecture: Architecture, former?: Analysis): Analysis {
  if (former !== undefined && faultsKey(former.architecture) === faultsKey(architecture)) {
    return { ...former, architecture };
  }
  const graph = once(() => dependencyGraph(architecture, 'running'));
  return {
    architecture,
    get graph() {
      return graph();
    },
    singleFailures: once(() => singleFailures(graph())),
    coldStart: once(() => coldStart(dependencyGraph(architecture, 'coldStart'))),
    sharedFates: once(() => sharedFates(graph(), architecture)),
    modules: former?.modules ?? moduleStore(),
    orders: orderMemory(),
  };
}

/**
 * All that the fixed points, cut sets of order 1 and cold start of an architecture depend on, and nothing else: two
 * architectures of one key have the same graph. (Quantities read the figures of the architecture itself.)
 */
export const faultsKey = ({ components, services }: Architecture): string =>
  [...components.map(componentKey), ...services.map(serviceKey)].join('\n');

const serviceKey = ({ name, population, needs }: Service): string => JSON.stringify([name, population, needs]);

/** Most components are the same object from keystroke to keystroke. */
const keys = new WeakMap<Component, string>();

function componentKey(component: Component): string {
  const known = keys.get(component);
  if (known !== undefined) return known;
  const { name, operator, needs, promotion, exposures } = component;
  const strikes = exposures.filter(({ share }) => share > 0).map(({ hazard }) => hazard);
  const key = JSON.stringify(['component', name, operator, needs, promotion?.source, strikes]);
  keys.set(component, key);
  return key;
}

function once<Value>(compute: () => Value): () => Value {
  let kept: { readonly value: Value } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}
