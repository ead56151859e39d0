import { type AstNode, AstUtils, type ValidationAcceptor } from 'langium';
import { type Action, type Architecture, type Duration, isArchitecture, type Scenario } from '../generated/ast.ts';
import type { FileNames } from '../names/files.ts';
import { expectationOf } from '../names/kinds.ts';
import { KIND_WORDS } from '../names/scope.ts';
import { secondsPerUnit } from '../parsing/values.ts';
import { offenderOf } from './control.ts';
import { mistake } from './mistakes.ts';

export function checkScenario(names: FileNames, scenario: Scenario, accept: ValidationAcceptor): void {
  checkPlacing(scenario, accept);
  checkRun(scenario, accept);
  const architectures = architecturesOf(scenario);
  for (const node of [...scenario.steps.flatMap((step) => step.action ?? []), ...scenario.expectations]) {
    for (const architecture of architectures) if (!checkNames(names, node, architecture, architectures, accept)) break;
    if (node.$type === 'Restore' || node.$type === 'Add') {
      for (const architecture of architectures) if (!checkControl(names, node, architecture, accept)) break;
    }
  }
}

/** The architectures that a scenario's text names, or the one that it stands in. */
function architecturesOf(scenario: Scenario): Architecture[] {
  const around = AstUtils.getContainerOfType(scenario, isArchitecture);
  return around ? [around] : scenario.architectures.flatMap((reference) => reference.ref ?? []);
}

function checkPlacing(scenario: Scenario, accept: ValidationAcceptor): void {
  const around = AstUtils.getContainerOfType(scenario, isArchitecture);
  if (around && scenario.architectures.length > 0) {
    const message = `The scenario stands in ${around.name} and runs on it and its variants; "on" belongs to scenarios of the file.`;
    accept('error', message, { node: scenario, property: 'architectures', data: mistake('needless-on') });
  } else if (!around && scenario.architectures.length === 0) {
    accept('error', 'On which architecture? Write "on" and its name.', {
      node: scenario,
      property: 'name',
      data: mistake('missing-on'),
    });
  }
  const seen = new Set<string>();
  scenario.architectures.forEach((reference, index) => {
    if (seen.has(reference.$refText)) {
      accept('error', `"${reference.$refText}" is given twice.`, {
        node: scenario,
        property: 'architectures',
        index,
        data: mistake('given-twice'),
      });
    }
    seen.add(reference.$refText);
  });
}

const secondsOf = (duration: Duration | undefined): number | undefined =>
  duration?.value === undefined ? undefined : duration.value * secondsPerUnit(duration.unit);

function checkRun(scenario: Scenario, accept: ValidationAcceptor): void {
  const [run, ...repeated] = scenario.runs;
  if (run === undefined) {
    accept('error', 'For how long? A scenario needs a "run" with a duration.', {
      node: scenario,
      property: 'name',
      data: mistake('missing-run'),
    });
    return;
  }
  for (const second of repeated)
    accept('error', '"run" is given twice.', { node: second, data: mistake('given-twice') });
  const end = secondsOf(run.duration);
  for (const step of scenario.steps) {
    const at = secondsOf(step.at);
    if (end !== undefined && at !== undefined && end > 0 && at > end) {
      accept(
        'error',
        `The scenario ends before this step, after ${run.duration.$cstNode?.text.replace(/\s+/g, ' ')}.`,
        {
          node: step,
          property: 'at',
        },
      );
    }
  }
}

/** Whether all that `node` names is there in `architecture`; the linker tells of what none of them has. */
function checkNames(
  names: FileNames,
  node: AstNode,
  architecture: Architecture,
  all: readonly Architecture[],
  accept: ValidationAcceptor,
): boolean {
  for (const { reference, property } of AstUtils.streamReferences(node)) {
    const found = names.lookUp(reference.$refText, architecture, node);
    const inAny = all.some((candidate) => names.lookUp(reference.$refText, candidate, node));
    const expected = expectationOf(node, property);
    const first = all[0] && names.lookUp(reference.$refText, all[0], node);
    // What is of the wrong kind in the first architecture is told for every reference alike.
    if (!inAny || !expected || (first && !expected.kinds.includes(first.$type))) continue;
    if (!found) {
      accept('error', `${architecture.name} has no ${expected.words} named "${reference.$refText}".`, {
        node: node as Action,
        property: property as never,
      });
      return false;
    }
    if (!expected.kinds.includes(found.$type)) {
      const message = `"${reference.$refText}" is a ${KIND_WORDS[found.$type]} in ${architecture.name}; a ${expected.words} is needed here.`;
      accept('error', message, { node: node as Action, property: property as never });
      return false;
    }
  }
  return true;
}

/** The company can restore only what it has programmatic control of, and add only what it runs. */
function checkControl(names: FileNames, node: Action, architecture: Architecture, accept: ValidationAcceptor): boolean {
  if (node.$type !== 'Restore' && node.$type !== 'Add') return true;
  const target = names.lookUp(node.target?.$refText ?? '', architecture, node);
  const offender = target && offenderOf(names.members(architecture), target, node.$type);
  if (!offender) return true;
  const where = AstUtils.getContainerOfType(node, isArchitecture) ? '' : ` in ${architecture.name}`;
  const message =
    node.$type === 'Add'
      ? `The company does not run ${offender.name}${where}, so it cannot add any.`
      : `The company has no programmatic control of ${offender.name}${where}, so it cannot restore it.`;
  accept('error', message, { node, property: 'target' });
  return false;
}
