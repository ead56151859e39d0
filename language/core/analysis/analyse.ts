import type { Architecture } from '../model/index.ts';
import { type ColdStart, coldStart } from './cold-start.ts';
import { type DependencyGraph, dependencyGraph } from './dependency-graph.ts';
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
}

/** The analysis of one architecture; a variant is analysed as a whole architecture. */
export function analyse(architecture: Architecture): Analysis {
  const graph = dependencyGraph(architecture, 'running');
  return {
    architecture,
    graph,
    singleFailures: once(() => singleFailures(graph)),
    coldStart: once(() => coldStart(dependencyGraph(architecture, 'coldStart'))),
  };
}

function once<Value>(compute: () => Value): () => Value {
  let kept: { readonly value: Value } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}
