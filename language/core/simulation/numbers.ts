import type { Architecture, Component, Place, Quantity } from '../model/index.ts';

/** The numbers of a model that decide how it recovers, each with its place and a way to put another in its place. */
export interface ModelNumber {
  /** One of its kind in the architecture, and the same after a change of any number. */
  readonly id: string;
  readonly component: string;
  readonly place: Place;
  /** Which of several at one place. */
  readonly what: Quantity;
  /** Whom it speaks of beside its component: who is served or let in, who is promoted, what strikes. */
  readonly about?: string;
  /** In the units of the model: instances, per second, seconds, 1 = 100%. */
  readonly value: number;
  readonly measure: 'count' | 'rate' | 'duration' | 'share' | 'share rate';
  /** Counts are whole. */
  readonly whole: boolean;
  /** The largest that it can be: a share is at most 1. */
  readonly most: number;
  readonly replaced: (value: number) => Architecture;
}

/** The architecture with other numbers, by their ids; those that it lacks or cannot be are left. */
export function withNumbers(
  architecture: Architecture,
  changes: readonly { readonly id: string; readonly value: number }[],
): Architecture {
  let changed = architecture;
  for (const { id, value } of changes) {
    const number = numbersOf(changed).find((one) => one.id === id);
    if (number && value > 0) changed = number.replaced(fitting(number, value));
  }
  return changed;
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
      { about, most = Infinity }: { readonly about?: string; readonly most?: number } = {},
    ): void => {
      const measure = what === 'promotions' && promotion?.rate.kind === 'share' ? 'share rate' : MEASURES[what];
      numbers.push({
        id: [element, what, ...('index' in place ? [place.index] : [])].join('/'),
        component: element,
        place,
        what,
        ...(about !== undefined && { about }),
        value,
        measure,
        whole: measure === 'count',
        most,
        replaced: (to) => put(change(to)),
      });
    };
    const at = (property: (Place & { kind: 'property' })['property']): Place => ({
      kind: 'property',
      element,
      property,
    });
    const { restart, promotion, overload, retry, mttfSeconds } = component;

    note(at('instances'), 'instances', component.instances, (instances) => ({ ...component, instances }));
    component.serves.forEach(({ capacity, consumer: about }, n) => {
      const change = (to: number): Component => ({
        ...component,
        serves: component.serves.map((one, m) => (m === n ? { ...one, capacity: to } : one)),
      });
      note({ kind: 'serves', element, index: n }, 'capacity', capacity, change, { about });
    });
    component.admits.forEach(({ ratePerSecond, consumer: about }, n) => {
      const change = (to: number): Component => ({
        ...component,
        admits: component.admits.map((one, m) => (m === n ? { ...one, ratePerSecond: to } : one)),
      });
      note({ kind: 'admits', element, index: n }, 'admissions', ratePerSecond, change, { about });
    });
    if (restart)
      note(at('restarts'), 'restart time', restart.seconds, (seconds) => ({
        ...component,
        restart: { ...restart, seconds },
      }));
    if (promotion)
      note(
        at('promoted'),
        'promotions',
        promotion.rate.perSecond,
        (perSecond) => ({ ...component, promotion: { ...promotion, rate: { ...promotion.rate, perSecond } } }),
        { about: promotion.source },
      );
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
    component.exposures.forEach(({ share, hazard: about }, n) => {
      const change = (to: number): Component => ({
        ...component,
        exposures: component.exposures.map((one, m) => (m === n ? { ...one, share: to } : one)),
      });
      note({ kind: 'exposed', element, index: n }, 'share exposed', share, change, { about, most: 1 });
    });
    return numbers;
  });
}

/** The number at a factor of what it is: whole if it counts, and no larger than it can be. */
export const scaled = (number: Pick<ModelNumber, 'value' | 'whole' | 'most'>, factor: number): number =>
  fitting(number, number.value * factor);

function fitting({ whole, most }: Pick<ModelNumber, 'whole' | 'most'>, value: number): number {
  const to = Math.min(most, value);
  return whole ? Math.max(1, Math.round(to)) : to;
}

const MEASURES: Readonly<Record<Quantity, ModelNumber['measure']>> = {
  instances: 'count',
  'own instances': 'count',
  capacity: 'count',
  admissions: 'rate',
  'restart time': 'duration',
  promotions: 'rate',
  'overload limit': 'share',
  'overload loss': 'share rate',
  'first retry': 'duration',
  'longest retry': 'duration',
  'time to failure': 'duration',
  'share exposed': 'share',
};
