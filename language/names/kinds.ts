import { type AstNode, AstUtils } from 'langium';
import { type Element, isScenario, isService, type Scenario } from '../generated/ast.ts';

/** Which kinds of element may be named at one place of the grammar. */
export interface ExpectedKinds {
  readonly kinds: readonly (Element | Scenario)['$type'][];
  /** The kinds as a reader would list them: "component or group". */
  readonly words: string;
}

const component: ExpectedKinds = { kinds: ['Component'], words: 'component' };
const service: ExpectedKinds = { kinds: ['Service'], words: 'service' };
const hazard: ExpectedKinds = { kinds: ['Hazard'], words: 'hazard' };
const pool: ExpectedKinds = { kinds: ['Component', 'Group'], words: 'component or group' };
const need: ExpectedKinds = { kinds: ['Component', 'Service'], words: 'component or service' };
const any: ExpectedKinds = {
  kinds: ['Component', 'Group', 'Service', 'Hazard'],
  words: 'component, group, service or hazard',
};

export const EXPECTED_KINDS = { component, service, hazard, pool, need, any } as const;

/** By type of node and property: what its reference may name. Needs depend on whose they are. */
const EXPECTATIONS: Readonly<Record<string, ExpectedKinds>> = {
  'Serves.consumer': component,
  'Admits.consumer': component,
  'Promoted.source': component,
  'Exposure.hazard': hazard,
  'Service.population': component,
  'Share.carrier': component,
  'Requirement.service': service,
  'Requirement.lost': { kinds: ['Component', 'Group', 'Hazard'], words: 'component, group or hazard' },
  'Acceptance.subject': any,
  'Acceptance.service': service,
  'Removal.target': { kinds: [...any.kinds, 'Scenario'], words: 'member of the base' },
  'Crash.target': pool,
  'Strike.hazard': hazard,
  'Restore.target': pool,
  'Add.target': component,
  'Expectation.service': service,
};

/** What the reference `property` of `node` may name; undefined where it names an architecture. */
export function expectationOf(node: AstNode, property: string): ExpectedKinds | undefined {
  if (node.$type === 'ReferenceNeed') return AstUtils.getContainerOfType(node, isService) ? need : component;
  if (isScenario(node)) return undefined;
  return EXPECTATIONS[`${node.$type}.${property}`];
}
