import type { Component, NeedExpression, Service } from '../model/index.ts';
import type { Link } from './program.ts';

/** How well a service does, as an expression over pools. */
export type Level =
  | {
      readonly kind: 'pool';
      readonly pool: number /** Room for the population per instance; 0 without. */;
      readonly capacity: number;
    }
  | { readonly kind: 'service'; readonly service: number }
  | { readonly kind: 'always' }
  | { readonly kind: 'least' | 'sum'; readonly operands: readonly Level[] }
  | { readonly kind: 'largest'; readonly count: number; readonly operands: readonly Level[] };

export interface ServiceLevel {
  readonly name: string;
  /** −1 without one. */
  readonly population: number;
  readonly needs: readonly Level[];
}

/** Services in an order in which each stands after those that it needs. What closes a circle counts as working. */
export function compileLevels(
  services: readonly Service[],
  components: readonly Component[],
  indexOf: ReadonlyMap<string, number>,
  links: readonly Link[],
): ServiceLevel[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const position = new Map<string, number>();
  const open = new Set<string>();
  const compiled: ServiceLevel[] = [];

  const visit = (service: Service): void => {
    if (position.has(service.name) || open.has(service.name)) return;
    open.add(service.name);
    const population = service.population === undefined ? -1 : (indexOf.get(service.population) ?? -1);
    const needs = service.needs.map((need) => level(need.expression, population));
    position.set(service.name, compiled.length);
    compiled.push({ name: service.name, population, needs });
  };

  const level = (expression: NeedExpression, population: number): Level => {
    switch (expression.kind) {
      case 'reference': {
        const pool = indexOf.get(expression.name);
        if (pool !== undefined && components[pool] !== undefined) {
          const link = links.find((one) => one.server === pool && one.consumer === population);
          return { kind: 'pool', pool, capacity: link?.capacity ?? 0 };
        }
        const service = byName.get(expression.name);
        if (service !== undefined) visit(service);
        const at = position.get(expression.name);
        return at === undefined ? { kind: 'always' } : { kind: 'service', service: at };
      }
      case 'and':
        return { kind: 'least', operands: expression.operands.map((operand) => level(operand, population)) };
      case 'or':
        return { kind: 'sum', operands: expression.operands.map((operand) => level(operand, population)) };
      case 'atLeast':
        return {
          kind: 'largest',
          count: expression.count,
          operands: expression.operands.map((operand) => level(operand, population)),
        };
    }
  };

  for (const service of services) visit(service);
  return compiled;
}
