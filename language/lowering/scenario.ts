import type * as model from '../core/model/index.ts';
import {
  type Architecture,
  isComponent,
  isGroup,
  isHazard,
  isService,
  type Scenario,
  type Step,
} from '../generated/ast.ts';
import type { FileNames } from '../names/files.ts';
import { secondsPerUnit } from '../parsing/values.ts';
import { described } from './architecture.ts';

/** One scenario on one architecture, and the syntax of both. */
export interface LoweredScenario {
  readonly model: model.Scenario;
  readonly syntax: Scenario;
  readonly architecture: Architecture;
}

/** Seconds of a duration as it is written; 0 where it cannot be read. */
export const secondsOf = (duration: { value: number; unit: string } | undefined): number =>
  (duration?.value ?? 0) * secondsPerUnit(duration?.unit);

/** Names are looked up in `architecture`; a step or expectation that names nothing there is left out. */
export function lowerScenario(names: FileNames, syntax: Scenario, architecture: Architecture): LoweredScenario {
  const lookUp = (name: string | undefined) =>
    name === undefined ? undefined : names.lookUp(name, architecture, syntax);
  const steps = syntax.steps.flatMap((step) => {
    const action = lowerAction(step.action, lookUp);
    return action ? [{ atSeconds: secondsOf(step.at), action }] : [];
  });
  const expectations = syntax.expectations.flatMap((expectation): model.Expectation[] => {
    const service = lookUp(expectation.service?.$refText);
    if (!isService(service)) return [];
    if (expectation.neverBelow) {
      return [{ kind: 'neverBelow', service: service.name, level: expectation.neverBelow.value / 100 }];
    }
    if (!expectation.backTo || !expectation.within) return [];
    const withinSeconds = secondsOf(expectation.within);
    return [{ kind: 'backTo', service: service.name, level: expectation.backTo.value / 100, withinSeconds }];
  });
  return {
    syntax,
    architecture,
    model: {
      name: syntax.name,
      ...described(syntax),
      steps: steps.sort((left, right) => left.atSeconds - right.atSeconds),
      horizonSeconds: secondsOf(syntax.runs[0]?.duration),
      expectations,
    },
  };
}

function lowerAction(
  action: Step['action'] | undefined,
  lookUp: (name: string | undefined) => ReturnType<FileNames['lookUp']>,
): model.Action | undefined {
  switch (action?.$type) {
    case 'Strike': {
      const hazard = lookUp(action.hazard?.$refText);
      return isHazard(hazard) ? { kind: 'strike', hazard: hazard.name } : undefined;
    }
    case 'Crash': {
      const target = lookUp(action.target?.$refText);
      if (!isComponent(target) && !isGroup(target)) return undefined;
      return { kind: 'crash', target: target.name, share: (action.share?.value ?? 100) / 100 };
    }
    case 'Restore': {
      const target = lookUp(action.target?.$refText);
      return isComponent(target) || isGroup(target) ? { kind: 'restore', target: target.name } : undefined;
    }
    case 'Add': {
      const target = lookUp(action.target?.$refText);
      return isComponent(target) ? { kind: 'add', target: target.name, count: action.count } : undefined;
    }
    default:
      return undefined;
  }
}
