import type { ColdStartCycle, Step } from '../analysis/index.ts';
import type { Need, NeedExpression } from '../model/index.ts';
import type { Observation, Rule } from './rule.ts';
import { agree, listed, needText } from './words.ts';

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
          // No two knots share a name, and which cycle of one is told, from where, hangs on the order of the text.
          identity: cycle.knot.toSorted()[0] ?? closing.from,
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
  const shown = steps.map((step) => stepText(step, choiceOf(needsOf, step)));
  // The middle of a long circle says no more than its ends; the related places lead through all of it.
  const chain = shown.length > 6 ? [...shown.slice(0, 3), '…', ...shown.slice(-3)] : shown;
  const parts = steps.length === 1 ? 'it cannot' : steps.length === 2 ? 'neither can' : 'none of these can';
  const another =
    steps.length === 1
      ? 'it another way to start'
      : `one of them a way to start without the other${steps.length === 2 ? '' : 's'}`;
  const lost = services.length === 0 ? '' : `, and ${listed(services)} ${agree(services, 'stays', 'stay')} lost`;
  return (
    `${chain.join('; ')}: after a total loss ${parts} come up${lost}. ` +
    `Give ${another}, such as a bootstrap component that the company runs, or accept the finding.`
  );
}

function stepText(step: Step, { text, others }: Choice = { text: step.to, others: '' }): string {
  switch (step.kind) {
    case 'promotion':
      return `${step.owner} is promoted from ${step.to}`;
    case 'needToStart':
      return `${step.owner} needs ${text} to start${others}`;
    case 'need':
      return `${step.owner === step.from ? step.owner : `${step.from} is for ${step.owner}, which`} needs ${text}${others}`;
  }
}

interface Choice {
  readonly text: string;
  /** Why what the text offers besides is no help. */
  readonly others: string;
}

/** The alternatives that a step goes through one of: everything that could stand in is down as well. */
function choiceOf(needsOf: NeedsOf, { place, to }: Step): Choice | undefined {
  if (place.kind !== 'need') return undefined;
  let expression = needsOf.get(place.element)?.[place.index]?.expression;
  for (const turn of place.path) {
    if (expression === undefined || expression.kind === 'reference') return undefined;
    if (expression.kind === 'or' || (expression.kind === 'atLeast' && expression.count < expression.operands.length)) {
      const others = new Set<string>();
      for (const [at, operand] of expression.operands.entries()) if (at !== turn) collect(operand, others);
      others.delete(to);
      if (others.size === 0) return undefined;
      const isPlain = expression.kind === 'or' && expression.operands.every(({ kind }) => kind === 'reference');
      const words = isPlain
        ? ` (${listed([...others])} cannot start either)`
        : `, of which ${expression.kind === 'or' ? 'none' : 'too few'} can start`;
      return { text: needText(expression), others: words };
    }
    expression = expression.operands[turn];
  }
  return undefined;
}

function collect(expression: NeedExpression, names: Set<string>): void {
  if (expression.kind === 'reference') names.add(expression.name);
  else for (const operand of expression.operands) collect(operand, names);
}
