import { type AstNode, AstUtils, type CstNode, GrammarUtils, type LangiumDocument } from 'langium';
import type { Range } from 'vscode-languageserver-types';
import type { Place } from '../core/model/index.ts';
import {
  type Component,
  isComponent,
  isNeeds,
  isScenario,
  isService,
  isTraffic,
  type Need,
  type Property,
  type Scenario,
  type Service,
} from '../generated/ast.ts';
import { removalsOf } from '../names/members.ts';
import type { LoweredArchitecture } from './architecture.ts';

/** Words of a file. */
export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** Scenarios by name, where the caller knows which run on the architecture: they may stand in any file. */
export type Scenarios = ReadonlyMap<string, Scenario>;

/** The words that a place stands for, in whichever file declares them. */
export function locate(lowered: LoweredArchitecture, place: Place, scenarios?: Scenarios): Location | undefined {
  const [node, words] = wordsOf(lowered, place, scenarios) ?? [];
  return node && words && { uri: AstUtils.getDocument(node).uri.toString(), range: words.range };
}

type Words = readonly [AstNode, CstNode | undefined];

const whole = (node: AstNode | undefined): Words | undefined => node && [node, node.$cstNode];

const part = (node: AstNode | undefined, property: string): Words | undefined =>
  node && [node, node.$cstNode && (partOf(node.$cstNode, property) ?? node.$cstNode)];

/** Hundreds of findings point to few names, and most words outlive a keystroke. */
const parts = new WeakMap<CstNode, Map<string, CstNode | undefined>>();

function partOf(words: CstNode, property: string): CstNode | undefined {
  const known = parts.get(words) ?? new Map<string, CstNode | undefined>();
  parts.set(words, known);
  if (!known.has(property)) known.set(property, GrammarUtils.findNodeForProperty(words, property));
  return known.get(property);
}

function wordsOf(
  { syntax, members, hazards, requirements }: LoweredArchitecture,
  place: Place,
  scenarios?: Scenarios,
): Words | undefined {
  const scenarioOf = (name: string): Scenario | undefined =>
    scenarios?.get(name) ?? members.scenarios.get(name) ?? fileScenario(syntax, name);
  switch (place.kind) {
    case 'architecture':
      return part(syntax, 'name');
    case 'name':
      return part(members.elements.get(place.element) ?? hazards.get(place.element), 'name');
    case 'declaration':
      return whole(members.elements.get(place.element) ?? hazards.get(place.element));
    case 'property': {
      const element = members.elements.get(place.element);
      return propertyWords(element, place.property) ?? part(element, 'name');
    }
    case 'need': {
      const element = members.elements.get(place.element);
      const needs = isComponent(element) || isService(element) ? needsOf(element) : [];
      let need: Need | undefined = needs[place.index]?.need;
      for (const index of place.path) need = need && 'operands' in need ? need.operands[index] : undefined;
      return whole(need) ?? part(element, 'name');
    }
    case 'serves':
    case 'admits':
    case 'exposed': {
      const element = members.elements.get(place.element);
      const type = { serves: 'Serves', admits: 'Admits', exposed: 'Exposure' }[place.kind];
      const properties = isComponent(element) ? element.properties.filter((property) => property.$type === type) : [];
      return whole(properties[place.index]) ?? part(element, 'name');
    }
    case 'requirement':
      return whole(requirements[place.index]);
    case 'removal': {
      const removal = members.chain.flatMap(removalsOf).findLast(({ target }) => target?.$refText === place.element);
      return part(removal, 'target') ?? part(members.elements.get(place.element) ?? syntax, 'name');
    }
    case 'acceptance':
      return whole(members.acceptances[place.index]);
    case 'expectation':
      return whole(scenarioOf(place.scenario)?.expectations[place.index]);
    case 'scenario':
      return part(scenarioOf(place.scenario), 'name');
  }
}

const needsOf = (element: Component | Service) => (element.properties as AstNode[]).filter(isNeeds);

const PROPERTY_TYPES: Readonly<Record<string, Property['$type']>> = {
  control: 'ControlLevel',
  instances: 'Instances',
  restarts: 'Restarts',
  promoted: 'Promoted',
  overloads: 'Overloads',
  retries: 'Retries',
  fails: 'Fails',
};

function propertyWords(element: AstNode | undefined, property: string): Words | undefined {
  if (isService(element)) return whole(element.properties.find(isTraffic));
  if (!isComponent(element)) return undefined;
  if (property === 'operator') return element.operator === undefined ? undefined : part(element, 'operator');
  return whole(element.properties.find((candidate) => candidate.$type === PROPERTY_TYPES[property]));
}

function fileScenario(syntax: AstNode, name: string) {
  const file = (AstUtils.getDocument(syntax) as LangiumDocument).parseResult.value as AstNode & {
    scenarios?: AstNode[];
  };
  return (file.scenarios ?? []).filter(isScenario).find((scenario) => scenario.name === name);
}
