import { AstUtils, type ValidationAcceptor } from 'langium';
import {
  type Component,
  type Group,
  isArchitecture,
  isComponent,
  isExposure,
  isPromoted,
  isRestarts,
  type Needs,
  type Property,
} from '../generated/ast.ts';
import type { FileNames } from '../names/files.ts';
import { mistake } from './mistakes.ts';

/** Properties given twice, and properties that exclude each other. */
export function checkProperties(component: Component, accept: ValidationAcceptor): void {
  checkRepeated(component.properties, accept);
  if (component.operator !== undefined && component.operator.trim() === '') {
    accept('error', 'An operator has a name.', { node: component, property: 'operator' });
  }
  const restarts = component.properties.find(isRestarts);
  const promoted = component.properties.find(isPromoted);
  if (restarts && promoted) {
    const second =
      component.properties.indexOf(restarts) > component.properties.indexOf(promoted) ? restarts : promoted;
    accept('error', 'A promoted component is promoted anew; it has no "restarts".', {
      node: second,
      data: mistake('promoted-restarts'),
    });
  }
}

/** Exposures of a group given twice. */
export function checkExposures(group: Group, accept: ValidationAcceptor): void {
  checkRepeated(group.members.filter(isExposure), accept);
}

/** Properties that say again what one before them has said. */
export function checkRepeated(properties: readonly Property[], accept: ValidationAcceptor): void {
  const seen = new Set<string>();
  for (const property of properties) {
    const [key, words] = identityOf(property) ?? [];
    if (key === undefined) continue;
    if (seen.has(key)) accept('error', `${words} is given twice.`, { node: property, data: mistake('given-twice') });
    seen.add(key);
  }
}

const KEYWORDS: Readonly<Record<Property['$type'], string>> = {
  Instances: 'instances',
  ControlLevel: 'control',
  Needs: 'needs',
  Serves: 'serves',
  Admits: 'admits',
  Restarts: 'restarts',
  Promoted: 'promoted',
  Overloads: 'overloads',
  Retries: 'retries',
  Fails: 'fails',
  Exposure: 'exposed',
};

/** What a property says, so that two that say the same are one too many; and the words for it. */
function identityOf(property: Property): readonly [string, string] | undefined {
  const keyword = KEYWORDS[property.$type];
  switch (property.$type) {
    case 'Serves':
    case 'Admits':
      return targeted(keyword, property.consumer?.$refText);
    case 'Exposure':
      return targeted(keyword, property.hazard?.$refText);
    case 'Needs':
      return targetedNeed(property);
    default:
      return [keyword, `"${keyword}"`];
  }
}

function targetedNeed(needs: Needs): readonly [string, string] | undefined {
  return needs.need?.$type === 'ReferenceNeed' ? targeted('needs', needs.need.target?.$refText) : undefined;
}

const targeted = (keyword: string, target: string | undefined): readonly [string, string] | undefined =>
  target === undefined ? undefined : [`${keyword} ${target}`, `"${keyword}" for ${target}`];

/** A component promoted from itself, directly or in a circle; told at the last of the circle in the text. */
export function checkPromotionCircle(names: FileNames, component: Component, accept: ValidationAcceptor): void {
  const architecture = AstUtils.getContainerOfType(component, isArchitecture);
  const promoted = component.properties.find(isPromoted);
  if (!architecture || !promoted) return;
  const circle: Component[] = [component];
  for (;;) {
    const source = circle.at(-1)?.properties.find(isPromoted)?.source?.$refText;
    const next = source === undefined ? undefined : names.lookUp(source, architecture, component);
    if (next === component) break;
    if (!isComponent(next) || circle.includes(next)) return;
    circle.push(next);
  }
  const offset = (member: Component): number =>
    AstUtils.getContainerOfType(member, isArchitecture) === architecture ? (member.$cstNode?.offset ?? 0) : -1;
  if (circle.some((member) => offset(member) > offset(component))) return;
  const how =
    circle.length === 1
      ? 'itself'
      : `itself, by way of ${circle
          .slice(1)
          .map((member) => member.name)
          .join(', ')}`;
  accept('error', `"${component.name}" is promoted from ${how}.`, { node: promoted, property: 'source' });
}
