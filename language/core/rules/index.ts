export { acceptedBy } from './acceptance.ts';
export * from './finding.ts';
export * from './findings.ts';
export type { Rule } from './rule.ts';
export * from './table.ts';
