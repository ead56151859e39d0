import type { Expectation, Scenario } from '../model/index.ts';
import {
  countWords,
  durationWords,
  percentWords,
  rateWords,
  shareRateWords,
  spanWords,
  writtenSpan,
} from '../words/index.ts';
import { blowsOf, helpedIn } from './blow.ts';
import type { RelatedPlace } from './finding.ts';
import { type Limit, leastRecovery } from './least-recovery.ts';
import type { Observation, Rule, RuleContext } from './rule.ts';
import { listed } from './words.ts';

/** An expectation that cannot be kept, because one property alone takes longer. */
interface TooSlow {
  readonly scenario: Scenario;
  readonly index: number;
  readonly expectation: Extract<Expectation, { kind: 'backTo' }>;
  readonly seconds: number;
  readonly limit: Limit;
}

export const slowRecovery: Rule = {
  defaultSeverity: 'warning',
  asks: 'scenarios',
  says: 'Refilling takes longer, even at best, than an expectation allows.',
  why: 'No run is needed to know it: the numbers of the text themselves say that the service cannot be back in time, however well everything else goes.',
  remedy:
    'Make the way back wider (a faster rate, more instances, shorter restarts), lose less, or allow more time; or accept the finding with a reason and a date.',
  observe: (context) => {
    const byProperty = new Map<string, TooSlow[]>();
    for (const slow of context.scenarios.flatMap((scenario) => tooSlow(context, scenario))) {
      const key = JSON.stringify(slow.limit.place);
      const list = byProperty.get(key);
      if (list === undefined) byProperty.set(key, [slow]);
      else list.push(slow);
    }
    const order = new Map([...context.components.keys()].map((name, at) => [name, at]));
    const at = ([first]: readonly TooSlow[]): number => order.get(first?.limit.component.name ?? '') ?? 0;
    return [...byProperty.values()].sort((a, b) => at(a) - at(b)).map((list) => observationOf(context, list));
  },
};

function tooSlow({ architecture, components }: RuleContext, scenario: Scenario): TooSlow[] {
  const helped = helpedIn(architecture, scenario);
  const [blow] = blowsOf(architecture, scenario);
  if (blow === undefined) return [];
  return scenario.expectations.flatMap((expectation, index): TooSlow[] => {
    if (expectation.kind !== 'backTo') return [];
    const { service, level, withinSeconds } = expectation;
    const worst = leastRecovery(architecture, components, blow, helped, service, level);
    // As much more as rounding may add; nobody expects a recovery to the last bit.
    if (worst.limit === undefined || worst.seconds <= withinSeconds * (1 + 1e-9)) return [];
    return [{ scenario, index, expectation, seconds: worst.seconds, limit: worst.limit }];
  });
}

function observationOf({ architecture }: RuleContext, list: readonly TooSlow[]): Observation {
  const [{ limit }] = list as readonly [TooSlow, ...TooSlow[]];
  const concerned = new Set(list.map(({ expectation }) => expectation.service));
  return {
    subject: limit.component.name,
    about: [limit.component.name],
    services: architecture.services.map(({ name }) => name).filter((name) => concerned.has(name)),
    describe: (services) => {
      const some = list
        .filter(({ expectation }) => services.includes(expectation.service))
        .toSorted((a, b) => a.expectation.withinSeconds - b.expectation.withinSeconds || b.seconds - a.seconds);
      const tightest = some[0] ?? (list[0] as TooSlow);
      return {
        message: messageOf(tightest),
        place: tightest.limit.place,
        related: some.slice(0, 6).map(
          ({ scenario, index }): RelatedPlace => ({
            place: { kind: 'expectation', scenario: scenario.name, index },
            message: 'This cannot be kept.',
          }),
        ),
      };
    },
  };
}

function messageOf({ scenario, expectation, seconds, limit }: TooSlow): string {
  const { pool, needed, left } = limit;
  const asked = `${expectation.service} at ${percentWords(expectation.level)}`;
  const [least, allowed] = asRough(seconds, expectation.withinSeconds);
  const some = left < 0.5 ? 'none' : `about ${countWords(Math.round(left))}`;
  return (
    `${scenario.name} leaves ${some} of ${countWords(pool.instances)} ${pool.name}, and ${asked} needs ${countWords(needed)}. ` +
    `Having so many again takes ${isMean(limit) ? `${least} on average` : `at least ${least}`} (${wayBack(limit)}), and ${allowed} is allowed. ` +
    `${remedyOf(limit)}, or allow more time.`
  );
}

/** A least time is no measurement: its last digits would contradict those of the runs, where the last of many comes in. */
function asRough(seconds: number, withinSeconds: number): readonly [string, string] {
  const allowed = writtenSpan(withinSeconds);
  const rough = spanWords(seconds);
  return rough === spanWords(withinSeconds) ? [`a little more than ${allowed}`, allowed] : [rough, allowed];
}

/** A restart that takes no fixed time may take less. */
const isMean = ({ kind, component }: Limit): boolean =>
  kind === 'restarts' && component.restart !== undefined && component.restart.distribution !== 'fixed';

function wayBack({ kind, component, gates }: Limit): string {
  const { promotion, restart } = component;
  switch (kind) {
    case 'promoted': {
      const { source = '', rate } = promotion ?? {};
      const words = rate?.kind === 'share' ? shareRateWords(rate.perSecond) : rateWords(rate?.perSecond ?? 0);
      return `promoted from ${source} at ${words}`;
    }
    case 'restarts': {
      const word = { exponential: 'in', fixed: 'after', uniform: 'over' }[restart?.distribution ?? 'fixed'];
      return `it restarts ${word} ${durationWords(restart?.seconds ?? 0)}`;
    }
    case 'admits':
      return `let in by ${listed(gates?.names ?? [])} at ${rateWords(gates?.perSecond ?? 0)} in all`;
  }
}

function remedyOf({ kind, component, pool }: Limit): string {
  switch (kind) {
    case 'promoted':
      return `Promote ${component.name} faster, lose less of it`;
    case 'restarts':
      return `Restart ${component.name} faster, lose less of it`;
    case 'admits':
      return `Let ${pool.name} in faster, lose fewer of them`;
  }
}
