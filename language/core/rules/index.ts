export { measuredWords } from './expectation-failed.ts';
export * from './finding.ts';
export * from './findings.ts';
export type { Outcome, Rule } from './rule.ts';
export * from './table.ts';
