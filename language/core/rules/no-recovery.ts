import { running } from '../analysis/index.ts';
import type { Component, NeedExpression, Scenario } from '../model/index.ts';
import { percentWords } from '../words/index.ts';
import { type Blow, blowsOf, helpedIn } from './blow.ts';
import type { Observation, Rule, RuleContext } from './rule.ts';
import { listed } from './words.ts';

/** Why a component does not come back after a scenario. */
interface Loss {
  readonly scenario: string;
  /** The share that stays lost. */
  readonly share: number;
  /** What it waits for in vain; none where its text knows no way back at all. */
  readonly waitsFor?: string;
}

export const noRecovery: Rule = {
  defaultSeverity: 'information',
  asks: 'scenarios',
  says: 'A scenario crashes what has no way back.',
  why: 'What crashes of it stays down for the rest of the run, so the recovery that is shown is one without it. Either somebody has to bring it back by hand, or its `restarts` is missing in the text.',
  remedy:
    'Say how it comes back (`restarts`, `promoted from`), let the scenario `restore` it, or accept the finding with a reason and a date.',
  observe: (context) => {
    const losses = new Map<string, Loss[]>();
    for (const scenario of context.scenarios) {
      for (const blow of blowsOf(context.architecture, scenario)) {
        for (const [name, loss] of lossesOf(context, scenario, blow)) {
          const list = losses.get(name) ?? [];
          losses.set(name, list);
          if (!list.some((one) => one.scenario === loss.scenario)) list.push(loss);
        }
      }
    }
    return [...context.components.values()].flatMap((component): Observation[] => {
      const list = losses.get(component.name);
      return list === undefined ? [] : [observationOf(context, component, list)];
    });
  },
};

function observationOf(context: RuleContext, { name }: Component, losses: readonly Loss[]): Observation {
  const [first] = losses as readonly [Loss, ...Loss[]];
  const what = first.share < 1 ? `${percentWords(first.share)} of ${name}` : name;
  const crash = `${listed(losses.map(({ scenario }) => scenario))} ${losses.length === 1 ? 'crashes' : 'crash'} ${what}, and nothing brings ${first.share < 1 ? 'that' : 'it'} back`;
  const why =
    first.waitsFor === undefined
      ? `it does not restart and is not promoted from anything`
      : `it waits for ${first.waitsFor}, which cannot come back without ${name}`;
  const remedy =
    first.waitsFor === undefined ? 'Say how it comes back' : 'Give one of the two a way back without the other';
  return {
    subject: name,
    about: [name],
    services: context.servicesLostWith([name]),
    describe: () => ({
      message: `${crash}: ${why}. ${remedy}, let the scenario \`restore\` it, or accept the finding.`,
      place: { kind: 'name', element: name },
      related: losses.slice(0, 3).map(({ scenario }) => ({
        place: { kind: 'scenario', scenario },
        message: `${scenario} crashes it`,
      })),
    }),
  };
}

function lossesOf(context: RuleContext, scenario: Scenario, blow: Blow): [string, Loss][] {
  const { architecture, components } = context;
  const helped = helpedIn(architecture, scenario, blow.atSeconds);
  const withoutWay = [...blow.shares].flatMap(([name, share]): [string, Loss][] => {
    const component = components.get(name);
    if (component === undefined || helped.has(name)) return [];
    if (component.restart !== undefined || component.promotion !== undefined) return [];
    return [[name, { scenario: scenario.name, share }]];
  });
  const told = new Set(withoutWay.map(([name]) => name));
  const vain = inVain(context, blow, helped).filter(({ name }) => !told.has(name));
  return [
    ...withoutWay,
    ...vain.map(({ name, waitsFor }): [string, Loss] => [name, { scenario: scenario.name, share: 1, waitsFor }]),
  ];
}

/**
 * Components that are lost whole and have a way back, which leads through themselves: what comes back is the least
 * fixed point above what the blow leaves running. In doubt (a few may survive a partial crash) a component is up.
 */
function inVain(
  { analysis, architecture, components }: RuleContext,
  { shares }: Blow,
  helped: ReadonlySet<string>,
): { name: string; waitsFor: string }[] {
  const gone = [...shares].filter(([name, share]) => share >= 1 && !helped.has(name)).map(([name]) => name);
  if (gone.length === 0) return [];
  const up = running(analysis.graph, gone);
  const lost = new Set(gone);
  const elements = [...architecture.services, ...components.values()].filter(({ name }) => !up.has(name));
  const down = new Set(elements.map(({ name }) => name));
  const waiting = new Map<string, (typeof elements)[number][]>();
  for (const element of elements) {
    for (const name of asksOf(element)) {
      const list = waiting.get(name);
      if (list === undefined) waiting.set(name, [element]);
      else list.push(element);
    }
  }
  const open = [...elements];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (up.has(element.name) || !comesBack(element)) continue;
    up.add(element.name);
    down.delete(element.name);
    open.push(...(waiting.get(element.name) ?? []));
  }
  return gone.flatMap((name) => {
    const component = components.get(name);
    const waitsFor = component && asksOf(component).find((other) => down.has(other) && waitsOn(other, name));
    return waitsFor === undefined ? [] : [{ name, waitsFor }];
  });

  function comesBack(element: (typeof elements)[number]): boolean {
    const again = lost.has(element.name);
    // Promotion asks for nothing but instances to promote.
    if (again && 'party' in element && element.promotion !== undefined) {
      return works(element.promotion.source) || isLeft(element.promotion.source);
    }
    const needs = element.needs.filter(({ toStart }) => again || !toStart);
    if (!needs.every(({ expression }) => holds(expression, works))) return false;
    return !again || !('party' in element) || element.restart !== undefined;
  }

  /** What is not known never fails; the text's error says so. */
  function works(name: string): boolean {
    return !down.has(name);
  }

  /** Whether a source has instances still, even if they do not work: those may be promoted. */
  function isLeft(name: string): boolean {
    const source = components.get(name);
    if (source === undefined || lost.has(name)) return false;
    return !source.needs.some(({ expression, toStart }) => !toStart && isThrownOut(expression, name));
  }

  /** Whether all of a consumer lose their places by what is lost, and start again. */
  function isThrownOut(need: NeedExpression, consumer: string): boolean {
    if (need.kind === 'reference') {
      const serves = components.get(need.name)?.serves ?? [];
      return lost.has(need.name) && serves.some((serving) => serving.consumer === consumer);
    }
    const all = need.operands.map((operand) => isThrownOut(operand, consumer));
    return need.kind === 'and' ? all.includes(true) : !all.includes(false);
  }

  /** Whether `from` comes to wait for `to`, through what is down. */
  function waitsOn(from: string, to: string): boolean {
    const seen = new Set([from]);
    const stack = [from];
    const byName = new Map(elements.map((element) => [element.name, element]));
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at === to) return true;
      const element = byName.get(at);
      for (const next of element === undefined ? [] : asksOf(element)) {
        if (!down.has(next) || seen.has(next)) continue;
        seen.add(next);
        stack.push(next);
      }
    }
    return false;
  }
}

function asksOf(element: { needs: Component['needs']; promotion?: Component['promotion'] }): string[] {
  const names = element.needs.flatMap(({ expression }) => referencesOf(expression));
  return element.promotion === undefined ? names : [element.promotion.source, ...names];
}

const referencesOf = (need: NeedExpression): string[] =>
  need.kind === 'reference' ? [need.name] : need.operands.flatMap(referencesOf);

function holds(need: NeedExpression, works: (name: string) => boolean): boolean {
  switch (need.kind) {
    case 'reference':
      return works(need.name);
    case 'and':
      return need.operands.every((operand) => holds(operand, works));
    case 'or':
      return need.operands.some((operand) => holds(operand, works));
    case 'atLeast':
      return need.operands.filter((operand) => holds(operand, works)).length >= need.count;
  }
}
