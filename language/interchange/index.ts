export { openPsa } from './open-psa.ts';
export { type SarifPlace, type SarifProblem, type SarifRun, sarif } from './sarif.ts';
export type { LanguageError } from './sarif-rules.ts';
