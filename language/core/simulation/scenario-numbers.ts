import type { Action, Scenario } from '../model/index.ts';

/** A number of a scenario's steps: how hard one hits, or how much help comes. Whole if it counts; a share is at most 1. */
export interface ScenarioNumber {
  /** The same for every architecture that the scenario runs on. No component has such a name. */
  readonly id: string;
  /** Which of the steps, in order of time. */
  readonly step: number;
  readonly atSeconds: number;
  readonly what: 'share crashed' | 'instances added';
  /** The component or group that is crashed or added to. */
  readonly target: string;
  readonly value: number;
  readonly measure: 'share' | 'count';
  readonly most: number;
}

export const scenarioNumbersOf = ({ steps }: Scenario): ScenarioNumber[] =>
  steps.flatMap(({ atSeconds, action }, step): ScenarioNumber[] => {
    const id = scenarioNumberId(step);
    if (action.kind === 'crash') {
      const { target, share } = action;
      return [{ id, step, atSeconds, what: 'share crashed', target, value: share, measure: 'share', most: 1 }];
    }
    if (action.kind !== 'add') return [];
    const { target, count } = action;
    return [{ id, step, atSeconds, what: 'instances added', target, value: count, measure: 'count', most: Infinity }];
  });

/** How long after the first step help comes: what is restored or added later. */
export interface HelpDelay extends Pick<ScenarioNumber, 'id' | 'step' | 'atSeconds' | 'target' | 'value' | 'most'> {
  readonly what: 'delay of restoring' | 'delay of adding';
  readonly measure: 'duration';
}

export function helpDelaysOf({ steps, horizonSeconds }: Scenario): HelpDelay[] {
  const first = steps[0]?.atSeconds ?? 0;
  return steps.flatMap(({ atSeconds, action }, step): HelpDelay[] => {
    if (atSeconds <= first || (action.kind !== 'restore' && action.kind !== 'add')) return [];
    return [
      {
        id: `${scenarioNumberId(step)}/delay`,
        step,
        atSeconds,
        what: action.kind === 'add' ? 'delay of adding' : 'delay of restoring',
        target: action.target,
        value: atSeconds - first,
        measure: 'duration',
        most: horizonSeconds - first,
      },
    ];
  });
}

/** The scenario with help so many seconds after its first step. */
export function withHelpDelay(scenario: Scenario, { step, most }: HelpDelay, seconds: number): Scenario {
  const first = scenario.steps[0]?.atSeconds ?? 0;
  const atSeconds = first + Math.min(most, seconds);
  const steps = scenario.steps.map((one, index) => (index === step ? { ...one, atSeconds } : one));
  return { ...scenario, steps: steps.sort((a, b) => a.atSeconds - b.atSeconds) };
}

/** The scenario with other numbers, by their ids; those that it lacks or cannot be are left. */
export function withScenarioNumbers(
  scenario: Scenario,
  changes: readonly { readonly id: string; readonly value: number }[],
): Scenario {
  const steps = scenario.steps.map((step, index) => {
    const value = changes.findLast(({ id }) => id === scenarioNumberId(index))?.value;
    return value !== undefined && value > 0 ? { ...step, action: changed(step.action, value) } : step;
  });
  return { ...scenario, steps };
}

/** Of the number of the `step`-th step in order of time. */
export const scenarioNumberId = (step: number): string => `scenario/${step}`;

function changed(action: Action, value: number): Action {
  if (action.kind === 'crash') return { ...action, share: Math.min(1, value) };
  return action.kind === 'add' ? { ...action, count: Math.max(1, Math.round(value)) } : action;
}
