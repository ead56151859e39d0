import { countWords, durationWords, rateWords, shareRateWords, spanWords } from '../core/diagram/index.ts';
import type { Architecture, Component } from '../core/model/index.ts';

/**
 * How long a component takes to be full again after a total loss, in closed form (the simulation's table of exact
 * answers): promotion n ÷ rate, admission population ÷ rate, restart by its distribution. One sentence each.
 */
export function refillSentences(architecture: Architecture, component: Component): string[] {
  return [
    ...restartSentences(component),
    ...promotionSentences(architecture, component),
    ...admissionSentences(architecture, component),
  ];
}

function restartSentences({ restart, promotion, instances }: Component): string[] {
  if (!restart) return promotion ? [] : ['What crashes of it stays down: it has no `restarts`.'];
  const time = durationWords(restart.seconds);
  switch (restart.distribution) {
    case 'fixed':
      return [`What crashes of it is back after ${time}.`];
    case 'uniform':
      return [
        instances === 1
          ? `It is back within ${time}.`
          : `All that crashes of it is back after ${time}, half of it after ${durationWords(restart.seconds / 2)}.`,
      ];
    case 'exponential':
      return [
        `What crashes of it is back after ${time} on average: half of it after ${approximately(restart.seconds * Math.LN2)}, 95% after ${approximately(restart.seconds * Math.log(20))}.`,
      ];
  }
}

function promotionSentences(architecture: Architecture, { promotion, instances }: Component): string[] {
  if (!promotion) return [];
  const { source, rate } = promotion;
  if (rate.kind === 'count') {
    return [
      `Promoted from ${source} at ${rateWords(rate.perSecond)}: refilled from nothing after ${approximately(instances / rate.perSecond)} (${countWords(instances)} ÷ ${rateWords(rate.perSecond)}).`,
    ];
  }
  const from = architecture.components.find(({ name }) => name === source)?.instances ?? 0;
  const least =
    from > 0
      ? `: refilled after ${approximately(instances / (rate.perSecond * from))} at the least, while all of ${source} is up`
      : '';
  return [`Promoted from ${source} at ${shareRateWords(rate.perSecond)} of those that are up${least}.`];
}

/** Both ways: whom it lets in, and who lets it in. */
function admissionSentences(architecture: Architecture, component: Component): string[] {
  const lettingIn = component.admits.map(({ consumer, ratePerSecond }) => {
    const rate = ratePerSecond * component.instances;
    const population = architecture.components.find(({ name }) => name === consumer)?.instances;
    const all =
      population === undefined
        ? ''
        : `: all of ${consumer} are in after ${approximately(population / rate)} (${countWords(population)} ÷ ${rateWords(rate)})`;
    return `Admits ${rateWords(ratePerSecond)} ${consumer}, ${rateWords(rate)} in all${all}.`;
  });
  const letIn = architecture.components.flatMap((gate) =>
    gate.admits
      .filter(({ consumer }) => consumer === component.name)
      .map(({ ratePerSecond }) => {
        const rate = ratePerSecond * gate.instances;
        return `Let in by ${gate.name} at ${rateWords(rate)} in all: ${approximately(component.instances / rate)} for all of it.`;
      }),
  );
  return [...lettingIn, ...letIn];
}

/** In hours and minutes, as deadlines are written. */
const approximately = (seconds: number): string =>
  seconds < 1 ? durationWords(Math.max(0.001, seconds)) : spanWords(seconds);
