import type { AstNode, Properties, ValidationAcceptor } from 'langium';
import {
  type Add,
  type Admits,
  type AtLeastNeed,
  type Duration,
  type Instances,
  isOverloads,
  isStep,
  type Percent,
  type Promoted,
  type Requirement,
  type Serves,
} from '../generated/ast.ts';

/** Beyond this a number is no longer exact enough to be counted with. */
export const LARGEST_NUMBER = 1e15;

const TOO_LARGE = 'Numbers end at 1 000 000 000 000 000 (1e15).';

const isPresent = (value: number | undefined): value is number => value !== undefined && !Number.isNaN(value);

export function checkDuration(duration: Duration, accept: ValidationAcceptor): void {
  if (!isPresent(duration.value)) return;
  // A step may stand at the very beginning; every other duration is a length.
  const mayBeZero = isStep(duration.$container);
  const least = mayBeZero ? duration.value >= 0 : duration.value > 0;
  if (!least)
    accept(
      'error',
      mayBeZero ? 'A moment before the beginning.' : 'A duration has to be more than zero.',
      at(duration, 'value'),
    );
  else if (duration.value > LARGEST_NUMBER) accept('error', TOO_LARGE, at(duration, 'value'));
}

export function checkPercent(percent: Percent, accept: ValidationAcceptor): void {
  if (!isPresent(percent.value)) return;
  const container = percent.$container;
  const isLimit = isOverloads(container) && container.limit === percent;
  const isRate = isOverloads(container) && container.loss === percent;
  if (percent.value < 0) accept('error', 'A percentage cannot be negative.', at(percent, 'value'));
  else if (isRate && percent.value === 0) accept('error', RATE, at(percent, 'value'));
  else if (!isLimit && percent.value > 100) accept('error', OVER_100, at(percent, 'value'));
  else if (percent.value > LARGEST_NUMBER) accept('error', TOO_LARGE, at(percent, 'value'));
}

const RATE = 'A rate has to be more than zero.';
const OVER_100 = 'A percentage over 100 cannot be here.';

export function checkAdmits(admits: Admits, accept: ValidationAcceptor): void {
  checkRate(admits, accept);
}

export function checkPromoted(promoted: Promoted, accept: ValidationAcceptor): void {
  if (promoted.percent && promoted.rate > 100) accept('error', OVER_100, at(promoted, 'rate'));
  else checkRate(promoted, accept);
}

function checkRate(node: Admits | Promoted, accept: ValidationAcceptor): void {
  if (!isPresent(node.rate)) return;
  if (node.rate <= 0) accept('error', RATE, at(node, 'rate'));
  else if (node.rate > LARGEST_NUMBER) accept('error', TOO_LARGE, at(node, 'rate'));
}

export const checkInstances = (instances: Instances, accept: ValidationAcceptor): void =>
  checkCount(instances, 'count', 'There has to be at least one instance.', accept);

export const checkServes = (serves: Serves, accept: ValidationAcceptor): void =>
  checkCount(serves, 'capacity', 'There has to be room for at least one.', accept);

export const checkAdd = (add: Add, accept: ValidationAcceptor): void =>
  checkCount(add, 'count', 'At least one instance has to be added.', accept);

export const checkRequirementCount = (requirement: Requirement, accept: ValidationAcceptor): void =>
  checkCount(requirement, 'count', 'At least one failure has to be survived.', accept);

function checkCount<N extends AstNode>(
  node: N,
  property: Properties<N>,
  message: string,
  accept: ValidationAcceptor,
): void {
  const count = (node as Record<string, unknown>)[property];
  if (typeof count !== 'number' || Number.isNaN(count)) return;
  if (count < 1) accept('error', message, { node, property });
  else if (count > LARGEST_NUMBER) accept('error', TOO_LARGE, { node, property });
}

export function checkAtLeast(need: AtLeastNeed, accept: ValidationAcceptor): void {
  if (!isPresent(need.count)) return;
  const most = need.operands.length;
  if (need.count < 1) accept('error', 'At least 1 of them has to be asked for.', at(need, 'count'));
  else if (need.count > most)
    accept('error', `Only ${most} are listed: ${need.count} of them can never hold.`, at(need, 'count'));
}

function at<N extends AstNode>(node: N, property: Properties<N>): { node: N; property: Properties<N> } {
  return { node, property };
}
