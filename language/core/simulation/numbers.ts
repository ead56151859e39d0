import type { Architecture, Component, Place } from '../model/index.ts';

/** The numbers of a model that decide how it recovers, each with its place and a way to put another in its place. */
export interface ModelNumber {
  readonly component: string;
  readonly place: Place;
  /** Which of several at one place. */
  readonly what:
    | 'instances'
    | 'capacity'
    | 'admissions'
    | 'restart time'
    | 'promotions'
    | 'overload limit'
    | 'overload loss'
    | 'first retry'
    | 'longest retry'
    | 'time to failure'
    | 'share exposed';
  /** In the units of the model: instances, per second, seconds, 1 = 100%. */
  readonly value: number;
  /** Counts are whole. */
  readonly whole: boolean;
  /** The largest that it can be: a share is at most 1. */
  readonly most: number;
  readonly replaced: (value: number) => Architecture;
}

/** In the order of the text as far as the model keeps it: by component, then by property. */
export function numbersOf(architecture: Architecture): ModelNumber[] {
  return architecture.components.flatMap((component, index) => {
    const element = component.name;
    const numbers: ModelNumber[] = [];
    const put = (changed: Component): Architecture => ({
      ...architecture,
      components: architecture.components.map((one, at) => (at === index ? changed : one)),
    });
    const note = (
      place: Place,
      what: ModelNumber['what'],
      value: number,
      change: (value: number) => Component,
      { whole = false, most = Infinity } = {},
    ): void => {
      numbers.push({ component: element, place, what, value, whole, most, replaced: (to) => put(change(to)) });
    };
    const at = (property: (Place & { kind: 'property' })['property']): Place => ({
      kind: 'property',
      element,
      property,
    });
    const { restart, promotion, overload, retry, mttfSeconds } = component;

    note(at('instances'), 'instances', component.instances, (instances) => ({ ...component, instances }), {
      whole: true,
    });
    component.serves.forEach(({ capacity }, n) => {
      const change = (to: number): Component => ({
        ...component,
        serves: component.serves.map((one, m) => (m === n ? { ...one, capacity: to } : one)),
      });
      note({ kind: 'serves', element, index: n }, 'capacity', capacity, change, { whole: true });
    });
    component.admits.forEach(({ ratePerSecond }, n) => {
      const change = (to: number): Component => ({
        ...component,
        admits: component.admits.map((one, m) => (m === n ? { ...one, ratePerSecond: to } : one)),
      });
      note({ kind: 'admits', element, index: n }, 'admissions', ratePerSecond, change);
    });
    if (restart)
      note(at('restarts'), 'restart time', restart.seconds, (seconds) => ({
        ...component,
        restart: { ...restart, seconds },
      }));
    if (promotion)
      note(at('promoted'), 'promotions', promotion.rate.perSecond, (perSecond) => ({
        ...component,
        promotion: { ...promotion, rate: { ...promotion.rate, perSecond } },
      }));
    if (overload) {
      note(at('overloads'), 'overload limit', overload.limit, (limit) => ({
        ...component,
        overload: { ...overload, limit },
      }));
      note(at('overloads'), 'overload loss', overload.lossPerSecond, (lossPerSecond) => ({
        ...component,
        overload: { ...overload, lossPerSecond },
      }));
    }
    if (retry) {
      const grows = retry.maxSeconds > retry.firstSeconds;
      note(at('retries'), 'first retry', retry.firstSeconds, (firstSeconds) => ({
        ...component,
        retry: { firstSeconds, maxSeconds: grows ? Math.max(firstSeconds, retry.maxSeconds) : firstSeconds },
      }));
      if (grows)
        note(at('retries'), 'longest retry', retry.maxSeconds, (maxSeconds) => ({
          ...component,
          retry: { firstSeconds: Math.min(retry.firstSeconds, maxSeconds), maxSeconds },
        }));
    }
    if (mttfSeconds !== undefined)
      note(at('fails'), 'time to failure', mttfSeconds, (seconds) => ({ ...component, mttfSeconds: seconds }));
    component.exposures.forEach(({ share }, n) => {
      const change = (to: number): Component => ({
        ...component,
        exposures: component.exposures.map((one, m) => (m === n ? { ...one, share: to } : one)),
      });
      note({ kind: 'exposed', element, index: n }, 'share exposed', share, change, { most: 1 });
    });
    return numbers;
  });
}

/** The number at a factor of what it is: whole if it counts, and no larger than it can be. */
export function scaled({ value, whole, most }: ModelNumber, factor: number): number {
  const to = Math.min(most, value * factor);
  return whole ? Math.max(1, Math.round(to)) : to;
}
