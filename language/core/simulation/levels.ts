import { type NeedExpression, namesIn, neededFirst, type Service } from '../model/index.ts';
import type { Link } from './links.ts';

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
  indexOf: ReadonlyMap<string, number>,
  linkOf: (server: number, consumer: number) => Link | undefined,
): ServiceLevel[] {
  const position = new Map<string, number>();
  const compiled: ServiceLevel[] = [];

  const level = (expression: NeedExpression, population: number): Level => {
    if (expression.kind === 'reference') {
      const pool = indexOf.get(expression.name);
      if (pool !== undefined) return { kind: 'pool', pool, capacity: linkOf(pool, population)?.capacity ?? 0 };
      const at = position.get(expression.name);
      return at === undefined ? { kind: 'always' } : { kind: 'service', service: at };
    }
    const operands = expression.operands.map((operand) => level(operand, population));
    if (expression.kind === 'atLeast') return { kind: 'largest', count: expression.count, operands };
    return { kind: expression.kind === 'and' ? 'least' : 'sum', operands };
  };

  for (const { name, population: named, needs } of neededFirst(services, servicesIn)) {
    const population = named === undefined ? -1 : (indexOf.get(named) ?? -1);
    const levels = needs.map((need) => level(need.expression, population));
    position.set(name, compiled.length);
    compiled.push({ name, population, needs: levels });
  }
  return compiled;
}

const servicesIn = (service: Service): string[] => namesIn(service.needs.map((need) => need.expression));
