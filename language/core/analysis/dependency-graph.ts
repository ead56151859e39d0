import type { Architecture, Component, NeedExpression, Service } from '../model/index.ts';
import { type BasicEvent, basicEvents } from './basic-events.ts';

/**
 * The two readings of one architecture. `running`: all is up, what stays up? `coldStart`: all is down, what can come
 * up? Only the second asks for needs `to start` and for the source that a component is promoted from.
 */
export type Reading = 'running' | 'coldStart';

/** A sentence of the text that a component or service depends by. */
export type Requirement =
  | { readonly kind: 'need' | 'needToStart'; readonly owner: string; readonly index: number }
  | { readonly kind: 'promotion'; readonly owner: string };

/** What a node stands for. `firstRequirement` is the input at which the requirements begin; before it stand events. */
export type Origin =
  | { readonly kind: 'event'; readonly event: BasicEvent }
  | {
      readonly kind: 'component' | 'service';
      readonly name: string;
      readonly firstRequirement: number;
      readonly requirements: readonly Requirement[];
    }
  /** An `and`, `or` or `k of` in the text; its inputs are its operands, in their order. */
  | { readonly kind: 'gate'; readonly requirement: Requirement; readonly path: readonly number[] }
  /** Stands for a name that the architecture lacks. The text's error says so; here it never fails. */
  | { readonly kind: 'unknown' };

/**
 * An architecture with its names resolved to whole numbers, once, for everything that computes on it. Every node is a
 * threshold gate: it works while at least `threshold` of its inputs do. `and` asks for all, `or` for one, `k of` for
 * k, a component or service for all its events and requirements; a basic event has no inputs.
 * Nodes 0 … events.length − 1 are the events. Inputs and users are in compressed rows:
 * those of node n stand at `inputs[inputStart[n]]` up to `inputStart[n + 1]`.
 */
export interface DependencyGraph {
  readonly reading: Reading;
  readonly events: readonly BasicEvent[];
  readonly origins: readonly Origin[];
  readonly threshold: Int32Array;
  readonly inputStart: Int32Array;
  readonly inputs: Int32Array;
  readonly userStart: Int32Array;
  readonly users: Int32Array;
  /** The node of each component and service. */
  readonly nodeOf: ReadonlyMap<string, number>;
  readonly components: readonly number[];
  readonly services: readonly number[];
}

/** Compiles an architecture, in time linear in its size. What the language forbids is read as the nearest it allows. */
export function dependencyGraph(architecture: Architecture, reading: Reading): DependencyGraph {
  const events = basicEvents(architecture);
  const eventsOn = new Map<string, number[]>();
  for (const [event, { strikes }] of events.entries()) {
    for (const name of strikes) {
      const list = eventsOn.get(name);
      if (list === undefined) eventsOn.set(name, [event]);
      else list.push(event);
    }
  }

  const origins: Origin[] = events.map((event) => ({ kind: 'event', event }));
  const thresholds: number[] = events.map(() => 0);
  const inputs: (readonly number[])[] = events.map(() => []);
  const nodeOf = new Map<string, number>();
  const components = architecture.components.filter((component) => claim(component.name));
  const services = architecture.services.filter((service) => claim(service.name));
  // Their places are taken before any expression is read, for it may name what comes later.
  for (const { name } of [...components, ...services]) nodeOf.set(name, append({ kind: 'unknown' }, 0, []));

  const componentsByName = new Map(components.map((component) => [component.name, component]));
  let unknown: number | undefined;
  // A population's needs are read twice, for itself and for its service, and are the same gates both times.
  const roots = new Map<string, number>();
  for (const component of components) define(component, 'component', eventsOn.get(component.name) ?? []);
  for (const service of services) define(service, 'service', []);

  return {
    reading,
    events,
    origins,
    threshold: Int32Array.from(thresholds),
    ...rows(inputs),
    nodeOf,
    components: components.map(({ name }) => nodeOf.get(name) as number),
    services: services.map(({ name }) => nodeOf.get(name) as number),
  };

  function claim(name: string): boolean {
    if (nodeOf.has(name)) return false;
    nodeOf.set(name, -1);
    return true;
  }

  function append(origin: Origin, threshold: number, operands: readonly number[]): number {
    origins.push(origin);
    thresholds.push(threshold);
    return inputs.push(operands) - 1;
  }

  function define(element: Component | Service, kind: 'component' | 'service', ownEvents: readonly number[]): void {
    const needed: [Requirement, number][] = needsOf(element);
    if ('promotion' in element && element.promotion !== undefined && reading === 'coldStart') {
      needed.push([{ kind: 'promotion', owner: element.name }, nodeOfName(element.promotion.source)]);
    }
    if ('population' in element && element.population !== undefined) {
      // What its users need, it needs as well; that the users themselves are lost is no failure of their service.
      const population = componentsByName.get(element.population);
      if (population !== undefined) needed.push(...needsOf(population, true));
    }
    const node = nodeOf.get(element.name) as number;
    const all = [...ownEvents, ...needed.map(([, input]) => input)];
    const requirements = needed.map(([requirement]) => requirement);
    origins[node] = { kind, name: element.name, firstRequirement: ownEvents.length, requirements };
    inputs[node] = all;
    thresholds[node] = all.length;
  }

  function needsOf(owner: Component | Service, continuousOnly = reading === 'running'): [Requirement, number][] {
    const result: [Requirement, number][] = [];
    for (const [index, need] of owner.needs.entries()) {
      if (need.toStart && continuousOnly) continue;
      const requirement: Requirement = { kind: need.toStart ? 'needToStart' : 'need', owner: owner.name, index };
      const key = `${owner.name} ${index}`;
      const root = roots.get(key) ?? expression(need.expression, requirement, []);
      roots.set(key, root);
      result.push([requirement, root]);
    }
    return result;
  }

  function expression(need: NeedExpression, requirement: Requirement, path: readonly number[]): number {
    if (need.kind === 'reference') return nodeOfName(need.name);
    const operands = need.operands.map((operand, index) => expression(operand, requirement, [...path, index]));
    return append({ kind: 'gate', requirement, path }, thresholdOf(need, operands.length), operands);
  }

  function nodeOfName(name: string): number {
    const node = nodeOf.get(name);
    if (node !== undefined) return node;
    unknown ??= append({ kind: 'unknown' }, 0, []);
    return unknown;
  }
}

function thresholdOf(need: Exclude<NeedExpression, { kind: 'reference' }>, operands: number): number {
  if (operands === 0) return 0;
  switch (need.kind) {
    case 'and':
      return operands;
    case 'or':
      return 1;
    case 'atLeast':
      return Math.min(Math.max(Math.ceil(need.count), 1), operands);
  }
}

function rows(
  lists: readonly (readonly number[])[],
): Pick<DependencyGraph, 'inputStart' | 'inputs' | 'userStart' | 'users'> {
  const inputStart = new Int32Array(lists.length + 1);
  const userStart = new Int32Array(lists.length + 1);
  for (const [node, list] of lists.entries()) {
    inputStart[node + 1] = (inputStart[node] as number) + list.length;
    for (const input of list) userStart[input + 1] = (userStart[input + 1] as number) + 1;
  }
  for (let node = 0; node < lists.length; node++) {
    userStart[node + 1] = (userStart[node + 1] as number) + (userStart[node] as number);
  }
  const inputs = new Int32Array(inputStart[lists.length] as number);
  const users = new Int32Array(inputs.length);
  const filled = userStart.slice();
  for (const [node, list] of lists.entries()) {
    inputs.set(list, inputStart[node] as number);
    for (const input of list) {
      users[filled[input] as number] = node;
      filled[input] = (filled[input] as number) + 1;
    }
  }
  return { inputStart, inputs, userStart, users };
}

/** Marks (1) every node that one of `roots` depends on, the roots included. */
export function cone(graph: DependencyGraph, roots: readonly number[]): Uint8Array {
  const inside = new Uint8Array(graph.origins.length);
  const stack = [...roots];
  for (const root of roots) inside[root] = 1;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const end = graph.inputStart[node + 1] as number;
    for (let slot = graph.inputStart[node] as number; slot < end; slot++) {
      const input = graph.inputs[slot] as number;
      if (inside[input] === 1) continue;
      inside[input] = 1;
      stack.push(input);
    }
  }
  return inside;
}
