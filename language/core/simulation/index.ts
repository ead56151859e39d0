/** The crash-recovery simulation of simulation.md: architecture, scenario and seed in, trace out. */
export { runMany } from './many.ts';
export { compile, type Program, recoveryLevels, type SimulationOptions } from './program.ts';
export { run, simulate } from './run.ts';
export { judge, nearestRank, SHARE_ASKED, summarise } from './summary.ts';
export * from './trace.ts';
