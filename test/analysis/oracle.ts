import type { Architecture, NeedExpression } from '../../language/core/model/index.ts';

/**
 * The equations of analysis.md, word for word and by names, iterated until nothing changes. Slow, and shares no code
 * with what it judges.
 */
export function oracle(architecture: Architecture) {
  const { components, services } = architecture;
  const operators = new Map<string, string[]>();
  for (const { name, operator } of components) {
    if (operator !== undefined) operators.set(operator, [...(operators.get(operator) ?? []), name]);
  }
  const hazards = new Set(
    components.flatMap(({ exposures }) => exposures.filter(({ share }) => share > 0).map(({ hazard }) => hazard)),
  );
  const events = [
    ...components.map(({ name }) => name),
    ...hazards,
    ...[...operators].filter(([, run]) => run.length > 1).map(([operator]) => `operator:${operator}`),
  ];

  const holds = (expression: NeedExpression, works: ReadonlySet<string>): boolean => {
    switch (expression.kind) {
      case 'reference':
        return works.has(expression.name);
      case 'and':
        return expression.operands.every((operand) => holds(operand, works));
      case 'or':
        return expression.operands.some((operand) => holds(operand, works));
      case 'atLeast':
        return expression.operands.filter((operand) => holds(operand, works)).length >= expression.count;
    }
  };
  const continuous = (name: string | undefined, works: ReadonlySet<string>) =>
    (components.find((component) => component.name === name)?.needs ?? []).every(
      (need) => need.toStart || holds(need.expression, works),
    );

  const step = (works: ReadonlySet<string>, failed: ReadonlySet<string>, start: boolean, held?: string): Set<string> =>
    new Set([
      ...(held === undefined ? [] : [held]),
      ...components
        .filter(
          (component) =>
            !failed.has(component.name) &&
            !component.exposures.some(({ hazard, share }) => share > 0 && failed.has(hazard)) &&
            !failed.has(`operator:${component.operator}`) &&
            continuous(component.name, works) &&
            (!start || component.needs.every(({ expression }) => holds(expression, works))) &&
            (!start || component.promotion === undefined || works.has(component.promotion.source)),
        )
        .map(({ name }) => name),
      ...services
        .filter(
          ({ needs, population }) =>
            needs.every(({ expression }) => holds(expression, works)) && continuous(population, works),
        )
        .map(({ name }) => name),
    ]);

  const iterate = (from: Set<string>, failed: ReadonlySet<string>, held?: string): Set<string> => {
    const next = step(from, failed, false, held);
    return next.size === from.size ? next : iterate(next, failed, held);
  };
  const everything = new Set([...components, ...services].map(({ name }) => name));
  return {
    events,
    /** What works once `failed` have happened; what `held` names does whatever happens. */
    running: (failed: ReadonlySet<string>, held?: string) => iterate(everything, failed, held),
    /** What can come up from nothing, if `given` were up already. */
    startable: (given: ReadonlySet<string> = new Set()) => {
      const grow = (up: Set<string>): Set<string> => {
        const next = new Set([...step(up, new Set(), true), ...given]);
        return next.size === up.size ? next : grow(next);
      };
      return grow(new Set(given));
    },
  };
}

/** All subsets of the events, smallest first. */
export function subsets(events: readonly string[]): string[][] {
  const all = Array.from({ length: 2 ** events.length }, (_, bits) => events.filter((_, at) => (bits >> at) & 1));
  return all.sort((a, b) => a.length - b.length);
}

/** The minimal cut sets of a service by trying every subset. */
export function bruteForceCutSets(architecture: Architecture, service: string): string[][] {
  const { events, running } = oracle(architecture);
  const minimal: string[][] = [];
  for (const set of subsets(events)) {
    const members = new Set(set);
    if (minimal.some((cut) => cut.every((event) => members.has(event)))) continue;
    if (!running(members).has(service)) minimal.push(set);
  }
  return minimal;
}
