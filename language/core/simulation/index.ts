/** The crash-recovery simulation of simulation.md: architecture, scenario and seed in, trace out. */
export { type Column, nearestRank, type Sample, sampleOf } from './columns.ts';
export { type Compiled, compile } from './compiled.ts';
export { type ExaminedNumber, examinedNumbers } from './examined.ts';
export { type ModelNumber, numbersOf, withNumbers } from './numbers.ts';
export {
  asPlain,
  type Curves,
  type Merged,
  merge,
  type Partial,
  type RunPart,
  runPartial,
  shardOf,
  typicalSeed,
} from './partial.ts';
export { recoveryLevels, type SimulationOptions } from './program.ts';
export { run, runUnless, simulate } from './run.ts';
export {
  type HelpDelay,
  type ScenarioNumber,
  scenarioNumberId,
  scenarioNumbersOf,
  withScenarioNumbers,
} from './scenario-numbers.ts';
export {
  type Baseline,
  type Examination,
  examineNumber,
  examineWhole,
  here,
  type NumberSensitivity,
  type Said,
  type Sensitivity,
  type SensitivityOptions,
  sensitivity,
  type Turn,
  type Variation,
  variedRuns,
} from './sensitivity.ts';
export { bytesOf, type Series } from './series.ts';
export { judge, judgePartial, SHARE_ASKED, summarise, summarisePartial, summariseSamples } from './summary.ts';
export * from './trace.ts';
