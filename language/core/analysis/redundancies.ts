import type { Architecture, Component, NeedExpression, Place, Service } from '../model/index.ts';

/** A need for alternatives of which `needed` have to work: an `or` asks for one, a `k of` for k. */
export interface Redundancy {
  readonly owner: string;
  readonly toStart: boolean;
  readonly expression: NeedExpression;
  readonly alternatives: readonly NeedExpression[];
  readonly needed: number;
  readonly place: Place;
}

/** Every `or` and `k of` in the needs of an architecture that leaves a choice, in the order of the text. */
export const redundancies = ({ components, services }: Pick<Architecture, 'components' | 'services'>): Redundancy[] =>
  [...components, ...services].flatMap(redundanciesOf);

function redundanciesOf({ name, needs }: Component | Service): Redundancy[] {
  const found: Redundancy[] = [];
  for (const [index, { expression, toStart }] of needs.entries()) collect(expression, toStart, index, []);
  return found;

  function collect(expression: NeedExpression, toStart: boolean, index: number, path: readonly number[]): void {
    if (expression.kind === 'reference') return;
    const alternatives = expression.kind === 'or' ? flattened(expression) : expression.operands;
    const needed = expression.kind === 'atLeast' ? expression.count : 1;
    if (expression.kind !== 'and' && needed < alternatives.length) {
      const place: Place = { kind: 'need', element: name, index, path };
      found.push({ owner: name, toStart, expression, alternatives, needed, place });
    }
    for (const [at, operand] of expression.operands.entries()) {
      // `A or (B or C)` is one choice among three.
      if (expression.kind === 'or' && operand.kind === 'or') {
        for (const [inner, one] of operand.operands.entries()) collect(one, toStart, index, [...path, at, inner]);
      } else collect(operand, toStart, index, [...path, at]);
    }
  }
}

const flattened = (expression: NeedExpression): NeedExpression[] =>
  expression.kind === 'or' ? expression.operands.flatMap(flattened) : [expression];
