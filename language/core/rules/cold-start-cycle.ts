import type { ColdStartCycle, Step } from '../analysis/index.ts';
import type { Need, NeedExpression } from '../model/index.ts';
import type { Observation, Rule } from './rule.ts';
import { agree, listed } from './words.ts';

type NeedsOf = ReadonlyMap<string, readonly Need[]>;

export const coldStartCycle: Rule = {
  defaultSeverity: 'warning',
  says: 'Components run while they are up but could not come up again from nothing: each waits for the next, in a circle.',
  why: 'After a total loss no amount of waiting brings them back. Somebody has to start one of them by hand, under pressure, in a way that the design does not know.',
  remedy:
    'Give one part of the circle a way to start without the others (`or` a bootstrap component that the company runs), or accept the finding with a reason and a date.',
  observe: ({ architecture, analysis }) => {
    const { components, services } = architecture;
    const needsOf = new Map([...services, ...components].map(({ name, needs }) => [name, needs]));
    return analysis.coldStart().cycles.flatMap((cycle): Observation[] => {
      const closing = cycle.steps.at(-1);
      if (closing === undefined) return [];
      return [
        {
          subject: closing.from,
          about: [...new Set([...cycle.steps.map(({ from }) => from), ...cycle.knot])],
          services: cycle.services,
          describe: (services) => ({
            message: messageOf(needsOf, cycle, services),
            place: closing.place,
            related: cycle.steps.slice(0, -1).map((step) => ({ place: step.place, message: stepText(step) })),
          }),
        },
      ];
    });
  },
};

function messageOf(needsOf: NeedsOf, { steps }: ColdStartCycle, services: readonly string[]): string {
  const shown = steps.map((step) => stepText(step) + alternatives(needsOf, step));
  // The middle of a long circle says no more than its ends; the related places lead through all of it.
  const chain = shown.length > 6 ? [...shown.slice(0, 3), '…', ...shown.slice(-3)] : shown;
  const parts = steps.length === 1 ? 'it cannot' : steps.length === 2 ? 'neither can' : 'none of them can';
  const lost = services.length === 0 ? '' : `, and ${listed(services)} ${agree(services, 'stays', 'stay')} lost`;
  return (
    `${chain.join('; ')}: after a total loss ${parts} come up${lost}. ` +
    `Give ${steps.length === 1 ? 'it another way to start' : 'one of them a way to start without the others'}, ` +
    `such as a bootstrap component that the company runs, or accept the finding.`
  );
}

function stepText(step: Step): string {
  switch (step.kind) {
    case 'promotion':
      return `${step.owner} is promoted from ${step.to}`;
    case 'needToStart':
      return `${step.owner} needs ${step.to} to start`;
    case 'need':
      return step.owner === step.from
        ? `${step.owner} needs ${step.to}`
        : `${step.from} is for ${step.owner}, which needs ${step.to}`;
  }
}

/** What the text offers instead, and what is no help: everything that could stand in is down as well. */
function alternatives(needsOf: NeedsOf, step: Step): string {
  if (step.place.kind !== 'need') return '';
  const { element, index, path } = step.place;
  let expression = needsOf.get(element)?.[index]?.expression;
  const others = new Set<string>();
  for (const turn of path) {
    if (expression === undefined || expression.kind === 'reference') break;
    if (expression.kind !== 'and') {
      for (const [at, operand] of expression.operands.entries()) if (at !== turn) collect(operand, others);
    }
    expression = expression.operands[turn];
  }
  others.delete(step.to);
  return others.size === 0 ? '' : ` (of ${listed([step.to, ...others])} too few can start)`;
}

function collect(expression: NeedExpression, names: Set<string>): void {
  if (expression.kind === 'reference') names.add(expression.name);
  else for (const operand of expression.operands) collect(operand, names);
}
