export * from './analyse.ts';
export * from './basic-events.ts';
export { chainText } from './chain-text.ts';
export { type Chain, failureChains, type Step, stepsOf } from './chains.ts';
export * from './cold-start.ts';
export * from './control.ts';
export { cone, type DependencyGraph, dependencyGraph, type Reading } from './dependency-graph.ts';
export { externalStruck, isExternalEvent } from './external-events.ts';
export { lossesIn } from './losses.ts';
export {
  type CutSetOptions,
  type CutSetQuery,
  type MinimalCutSets,
  minimalCutSets,
} from './minimal-cut-sets.ts';
export { unavailabilityOf } from './quantities.ts';
export { type Redundancy, redundancies } from './redundancies.ts';
export { allUp, running, strike, undoTo } from './running.ts';
export * from './service-faults.ts';
export type { FateGroup, SharedFate } from './shared-fate.ts';
export * from './single-failures.ts';
export { type SmallestCutSets, smallestCutSets } from './smallest-cut-sets.ts';
export { DEFAULT_MAX_NODES } from './solve-tree.ts';
export { strongComponents } from './strong-components.ts';
