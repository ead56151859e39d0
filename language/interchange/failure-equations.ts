import { type BasicEvent, basicEvents } from '../core/analysis/index.ts';
import type { Architecture, Need, NeedExpression } from '../core/model/index.ts';
import { and, atLeast, event, type Formula, gate, NEVER, or } from './formula.ts';

/** An architecture as equations of failure. Gates in them are named as the components and services they stand for. */
export interface FailureEquations {
  readonly events: readonly BasicEvent[];
  /** By component or service. They may depend on one another in circles: the least solution is meant. */
  readonly equations: ReadonlyMap<string, Formula>;
}

/**
 * The equations of the reading "running" (analysis.md), turned over from working to failing. They are made from the
 * model alone and share nothing with the engine that computes cut sets, so that whoever reads an export checks it.
 */
export function failureEquations(architecture: Architecture): FailureEquations {
  const events = basicEvents(architecture);
  const eventsOn = new Map<string, Formula[]>();
  for (const { name, strikes } of events) {
    for (const component of strikes) {
      const list = eventsOn.get(component);
      if (list === undefined) eventsOn.set(component, [event(name)]);
      else list.push(event(name));
    }
  }
  const components = new Map(architecture.components.toReversed().map((component) => [component.name, component]));
  const names = new Set([...components.keys(), ...architecture.services.map(({ name }) => name)]);
  const failing = (needs: readonly Need[] = []): Formula[] =>
    needs.filter(({ toStart }) => !toStart).map(({ expression }) => failure(expression, names));

  const equations = new Map<string, Formula>();
  for (const { name, needs } of architecture.components) {
    if (!equations.has(name)) equations.set(name, or([...(eventsOn.get(name) ?? []), ...failing(needs)]));
  }
  for (const { name, needs, population } of architecture.services) {
    // What its users need, it needs as well; that the users themselves are lost is no failure of their service.
    const ofPopulation = population === undefined ? [] : failing(components.get(population)?.needs);
    if (!equations.has(name)) equations.set(name, or([...failing(needs), ...ofPopulation]));
  }
  return { events, equations };
}

/** A name that the architecture lacks never fails; the error of the language says what is wrong with it. */
function failure(need: NeedExpression, names: ReadonlySet<string>): Formula {
  if (need.kind === 'reference') return names.has(need.name) ? gate(need.name) : NEVER;
  const operands = need.operands.map((operand) => failure(operand, names));
  switch (need.kind) {
    case 'and':
      return or(operands);
    case 'or':
      return and(operands);
    case 'atLeast':
      // Of n, k must work: it fails when so many fail that fewer than k are left.
      return atLeast(operands.length - Math.min(Math.max(need.count, 1), operands.length) + 1, operands);
  }
}
