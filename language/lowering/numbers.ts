import { type AstNode, AstUtils, type CstNode, GrammarUtils } from 'langium';
import type { Quantity } from '../core/model/index.ts';
import { type Component, isComponent, type Property } from '../generated/ast.ts';
import type { LoweredArchitecture } from './architecture.ts';
import type { Location } from './places.ts';
import { type LoweredScenario, secondsOf } from './scenario.ts';

/** Where a number stands in the text, and what surrounds it there. */
export interface NumberSource extends Location {
  /** The unit of a duration, which is in the range, or what a rate is per, which is not. */
  readonly unit: 'ms' | 's' | 'min' | 'h' | 'd';
  /** What must be written before and after the number: something where the text leaves it out, else nothing. */
  readonly before: string;
  readonly after: string;
}

/**
 * Where the text says a number of a component: the `index`-th of its quantity, as the model has them. Undefined where
 * it says none, as for one instance, or where it stands with the group.
 */
export function numberSource(
  { members }: LoweredArchitecture,
  element: string,
  what: Quantity,
  index = 0,
): NumberSource | undefined {
  const component = members.elements.get(element);
  return isComponent(component) ? sourceIn(component, what, index) : undefined;
}

/** Where the text says the number of a step: the share that crashes, or how many are added. */
export function stepNumberSource({ syntax }: LoweredScenario, step: number): NumberSource | undefined {
  const inTime = [...syntax.steps].sort((left, right) => secondsOf(left.at) - secondsOf(right.at));
  const action = inTime[step]?.action;
  if (action?.$type === 'Add') return at(action, 'count');
  if (action?.$type !== 'Crash') return undefined;
  if (action.share) return at(action.share, 'value');
  const start = GrammarUtils.findNodeForProperty(action.$cstNode, 'target')?.range.start;
  // All of it: there a share may be put before it.
  return start && { uri: uriOf(action), range: { start, end: start }, unit: 's', before: '', after: '% of ' };
}

function sourceIn(component: Component, what: Quantity, index: number): NumberSource | undefined {
  switch (what) {
    case 'own instances':
      return undefined;
    case 'instances':
      return at(nth(component, 'Instances'), 'count');
    case 'capacity':
      return at(nth(component, 'Serves', index), 'capacity');
    case 'admissions': {
      const admits = nth(component, 'Admits', index);
      return at(admits, 'rate', { unit: admits?.per });
    }
    case 'restart time': {
      const restarts = nth(component, 'Restarts');
      return at(restarts, 'duration', { unit: restarts?.duration?.unit });
    }
    case 'promotions': {
      const promoted = nth(component, 'Promoted');
      return at(promoted, 'rate', { unit: promoted?.per });
    }
    case 'overload limit':
      return at(nth(component, 'Overloads')?.limit, 'value');
    case 'overload loss': {
      const overloads = nth(component, 'Overloads');
      return at(overloads?.loss, 'value', { unit: overloads?.per });
    }
    case 'first retry': {
      const retries = nth(component, 'Retries');
      return at(retries, 'first', { unit: retries?.first?.unit });
    }
    case 'longest retry': {
      const retries = nth(component, 'Retries');
      return at(retries, 'most', { unit: retries?.most?.unit });
    }
    case 'time to failure': {
      const fails = nth(component, 'Fails');
      return at(fails, 'mean', { unit: fails?.mean?.unit });
    }
    case 'share exposed': {
      const exposure = nth(component, 'Exposure', index);
      if (exposure?.share) return at(exposure.share, 'value');
      const end = exposure?.$cstNode?.range.end;
      if (!exposure || !end) return undefined;
      return { uri: uriOf(exposure), range: { start: end, end }, unit: 's', before: ' ', after: '%' };
    }
  }
}

function nth<Type extends Property['$type']>(
  component: Component,
  type: Type,
  index = 0,
): Extract<Property, { readonly $type: Type }> | undefined {
  const all = component.properties.filter((property) => property.$type === type);
  return all[index] as Extract<Property, { readonly $type: Type }> | undefined;
}

function at(
  node: AstNode | undefined,
  property: string,
  { unit }: { readonly unit?: string | undefined } = {},
): NumberSource | undefined {
  const words: CstNode | undefined = node && GrammarUtils.findNodeForProperty(node.$cstNode, property);
  if (!node || !words) return undefined;
  return { uri: uriOf(node), range: words.range, unit: unitIn(unit), before: '', after: '' };
}

const uriOf = (node: AstNode): string => AstUtils.getDocument(node).uri.toString();

const UNITS = ['ms', 's', 'min', 'h', 'd'] as const;

/** Of `/ min` as of `min`. */
const unitIn = (text: string | undefined): NumberSource['unit'] =>
  UNITS.find((unit) => unit === (text ?? '').replace(/^\/\s*/, '')) ?? 's';
