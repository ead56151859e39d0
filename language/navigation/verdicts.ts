import type { LangiumDocument } from 'langium';
import type { Scenario } from '../generated/ast.ts';

/**
 * What the last runs of a scenario say of its expectation number `index`, as it would stand behind the `expect`;
 * undefined where there were none. The one place to fill once results of runs are kept beside the problems of a file.
 */
export function verdictOf(_document: LangiumDocument, _scenario: Scenario, _index: number): string | undefined {
  return undefined;
}
