import type { Architecture, Scenario } from '../../language/core/model/index.ts';
import {
  architecture,
  component,
  crash,
  HOUR,
  MINUTE,
  or,
  PATCH_TUESDAY,
  SKYPE_2007,
  scenario,
  service,
} from '../simulation/build.ts';

/** Models of any size, for what a run costs against how much there is. */

/** The example of the language with so many clients, and everything else in proportion. */
export function skypeOf(clients: number): Architecture {
  const part = clients / 9_600_000;
  return {
    ...SKYPE_2007,
    components: SKYPE_2007.components.map((one) => ({
      ...one,
      instances: Math.max(1, Math.round(one.instances * part)),
      // One log-in server must be left, and lets in the same share of the clients a second.
      admits: one.admits.map((admission) => ({
        ...admission,
        ratePerSecond: (admission.ratePerSecond * one.instances * part) / Math.max(1, Math.round(one.instances * part)),
      })),
      ...(one.promotion && {
        promotion: { ...one.promotion, rate: { kind: 'count', perSecond: one.promotion.rate.perSecond * part } },
      }),
    })),
  };
}

/** Regions of ten components each, that know nothing of each other, and one blow for all. */
export function regions(components: number, instances: number): { model: Architecture; story: Scenario } {
  const all = Array.from({ length: components / 10 }, (_, region) => {
    const name = (part: string): string => `${part}${region}`;
    return [
      component(name('Power'), 2, { fails: 300 * HOUR, restarts: ['in', 10 * MINUTE] }),
      ...['A', 'B', 'C'].map((site) =>
        component(name(`Server${site}`), instances / 100, {
          needs: name('Power'),
          serves: { [name('Client')]: 50 },
          fails: 200 * HOUR,
          restarts: ['in', 5 * MINUTE],
          group: 'All',
        }),
      ),
      component(name('Door'), 4, { admits: { [name('Client')]: instances / 1200 / 4 } }),
      component(name('Client'), instances, {
        needs: or(name('ServerA'), name('ServerB'), name('ServerC')),
        toStart: name('Door'),
        retries: [30, 10 * MINUTE],
        restarts: ['over', 30 * MINUTE],
        group: 'All',
      }),
      ...[1, 2, 3, 4].map((part) =>
        component(name(`Part${part}_`), part, {
          needs: name(part === 1 ? 'Power' : `Part${part - 1}_`),
          fails: 100 * HOUR,
          restarts: ['after', 2 * MINUTE],
        }),
      ),
    ];
  }).flat();
  const services = Array.from({ length: components / 10 }, (_, region) =>
    service(`Service${region}`, or(`ServerA${region}`, `ServerB${region}`, `ServerC${region}`), `Client${region}`),
  );
  return {
    model: architecture(all, services, [{ name: 'All' }]),
    story: scenario(6 * HOUR, [[HOUR, crash('All', 0.5)]]),
  };
}

/** Components of a few instances each, any of which needs one of two others: what each does, it does one by one. */
export function woven(components: number): { model: Architecture; story: Scenario } {
  const name = (index: number): string => `Part${index}`;
  const all = Array.from({ length: components }, (_, index) => {
    const before = [index - 1 - (index % 5), index - 3 - (index % 7)].filter((other) => other >= 0).map(name);
    return component(name(index), (index % 9) + 1, {
      ...(before.length > 0 && { needs: before.length > 1 ? or(...before) : before }),
      fails: 90 * 24 * HOUR,
      restarts: ['in', 5 * MINUTE],
    });
  });
  return {
    model: architecture(all, [service('S', name(components - 1))]),
    story: scenario(72 * HOUR, [[HOUR, crash(name(0))]]),
  };
}

/** One population at so many pools, any of which will do. */
export function dense(pools: number): { model: Architecture; story: Scenario } {
  const names = Array.from({ length: pools }, (_, index) => `Pool${index}`);
  const each = 1_000;
  return {
    model: architecture(
      [
        ...names.map((name) => component(name, 20, { serves: { Client: each / 16 }, restarts: ['in', 10 * MINUTE] })),
        component('Client', each * pools, { needs: or(...names), restarts: ['over', 10 * MINUTE] }),
      ],
      [service('S', or(...names), 'Client')],
    ),
    story: scenario(6 * HOUR, [
      [HOUR, crash('Client', 0.5)],
      ...names.slice(0, 3).map((name) => [HOUR, crash(name)] as const),
    ]),
  };
}

export { PATCH_TUESDAY, SKYPE_2007 };
