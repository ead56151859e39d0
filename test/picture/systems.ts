/** Architectures for pictures, written as their models. */
import type { Architecture, Component, NeedExpression, Party, Service } from '../../language/core/model/index.ts';
import type { Finding } from '../../language/core/rules/finding.ts';

export const reference = (name: string): NeedExpression => ({ kind: 'reference', name });
export const or = (...names: string[]): NeedExpression => ({ kind: 'or', operands: names.map(reference) });
export const atLeast = (count: number, ...names: string[]): NeedExpression => ({
  kind: 'atLeast',
  count,
  operands: names.map(reference),
});

export const need = (expression: string | NeedExpression, toStart = false) => ({
  expression: typeof expression === 'string' ? reference(expression) : expression,
  toStart,
});

export const component = (party: Party, name: string, rest: Partial<Component> = {}): Component => ({
  name,
  party,
  control: party === 'company' ? 'full' : 'none',
  instances: 1,
  needs: [],
  serves: [],
  admits: [],
  exposures: [],
  ...rest,
});

export const service = (name: string, rest: Partial<Service> = {}): Service => ({
  name,
  needs: [],
  traffic: [],
  ...rest,
});

export const architecture = (name: string, rest: Partial<Architecture>): Architecture => ({
  name,
  components: [],
  groups: [],
  services: [],
  hazards: [],
  requirements: [],
  acceptances: [],
  ...rest,
});

export const finding = (
  rule: string,
  severity: Finding['severity'],
  subject: string,
  rest: Partial<Finding> = {},
): Finding => ({
  rule,
  severity,
  message: `${subject} is what it is about.`,
  architecture: 'Any',
  services: [],
  subject,
  place: subject.startsWith('operator:') ? { kind: 'architecture' } : { kind: 'name', element: subject },
  related: [],
  ...rest,
});

const massReboot = { name: 'MassReboot', title: 'Mass reboot' };

/** The example of language.md. */
export const skype2007 = architecture('Skype2007', {
  title: 'Skype, August 2007',
  hazards: [massReboot],
  components: [
    component('company', 'LoginServer', {
      title: 'Log-in servers',
      instances: 40,
      admits: [{ consumer: 'Client', ratePerSecond: 30 }],
      restart: { distribution: 'exponential', seconds: 300 },
    }),
    component('users', 'Client', {
      title: 'Skype clients',
      instances: 9_600_000,
      needs: [need('SuperNode'), need('LoginServer', true)],
      restart: { distribution: 'uniform', seconds: 7200 },
      retry: { firstSeconds: 30, maxSeconds: 600 },
      exposures: [{ hazard: 'MassReboot', share: 0.6 }],
    }),
    component('users', 'SuperNode', {
      instances: 25_000,
      serves: [{ consumer: 'Client', capacity: 400 }],
      promotion: { source: 'Client', rate: { kind: 'count', perSecond: 10 / 60 } },
      overload: { limit: 2, lossPerSecond: 0.05 / 60 },
      exposures: [{ hazard: 'MassReboot', share: 0.9 }],
    }),
  ],
  services: [
    service('Calling', {
      population: 'Client',
      needs: [need('SuperNode')],
      traffic: [
        { share: 0.95, component: 'SuperNode' },
        { share: 0.05, component: 'LoginServer' },
      ],
    }),
  ],
});

export const skype2007Findings: readonly Finding[] = [
  finding('single-external-dependency', 'warning', 'SuperNode', { service: 'Calling', acceptedBy: 0 }),
  finding('single-external-dependency', 'warning', 'MassReboot', { service: 'Calling' }),
  finding('uncontrolled-majority', 'warning', 'Calling'),
  finding('requirement-failed', 'error', 'Calling'),
];

export const skypeHosted = architecture('SkypeHosted', {
  ...skype2007,
  name: 'SkypeHosted',
  title: 'Skype on hosted supernodes',
  components: skype2007.components.map((each) =>
    each.name === 'SuperNode'
      ? component('company', 'SuperNode', {
          instances: 10_000,
          serves: [{ consumer: 'Client', capacity: 4100 }],
          restart: { distribution: 'exponential', seconds: 120 },
        })
      : each,
  ),
});

const second = (share: number) => [{ hazard: 'RegionOutage', share }];

/** Fifteen components with vendors, regions, alternatives and hazards. */
export const cloud = architecture('Shop', {
  title: 'Web shop in two regions',
  hazards: [
    { name: 'RegionOutage', title: 'Region outage' },
    { name: 'BadUpdate', title: 'Bad browser update' },
  ],
  groups: [{ name: 'Frankfurt' }, { name: 'Dublin' }, { name: 'FrankfurtData', title: 'Data', group: 'Frankfurt' }],
  components: [
    component('users', 'Browser', {
      title: 'Shoppers',
      instances: 120_000,
      needs: [need('Cdn'), need('Dns', true), need(or('WebA', 'WebB'))],
      retry: { firstSeconds: 5, maxSeconds: 300 },
      exposures: [{ hazard: 'BadUpdate', share: 0.08 }],
    }),
    component('company', 'WebA', {
      title: 'Web tier A',
      instances: 60,
      group: 'Frankfurt',
      serves: [{ consumer: 'Browser', capacity: 2500 }],
      needs: [need('Orders'), need('Sessions')],
      restart: { distribution: 'exponential', seconds: 120 },
      exposures: second(1),
    }),
    component('company', 'WebB', {
      title: 'Web tier B',
      instances: 60,
      group: 'Dublin',
      serves: [{ consumer: 'Browser', capacity: 2500 }],
      needs: [need('Orders'), need('Sessions')],
      restart: { distribution: 'exponential', seconds: 120 },
    }),
    component('company', 'Orders', {
      title: 'Order service',
      instances: 12,
      needs: [need(atLeast(2, 'DatabaseA', 'DatabaseB', 'DatabaseC')), need('Payments'), need('Queue')],
      restart: { distribution: 'fixed', seconds: 90 },
    }),
    component('company', 'Sessions', {
      title: 'Session store',
      instances: 6,
      group: 'Frankfurt',
      exposures: second(1),
    }),
    component('company', 'Queue', { title: 'Message queue', instances: 3, needs: [need('BlockStore')] }),
    component('company', 'DatabaseA', {
      title: 'Database A',
      group: 'FrankfurtData',
      needs: [need('BlockStore')],
      mttfSeconds: 90 * 86_400,
      restart: { distribution: 'exponential', seconds: 3600 },
      exposures: second(1),
    }),
    component('company', 'DatabaseB', {
      title: 'Database B',
      group: 'FrankfurtData',
      needs: [need('BlockStore')],
      exposures: second(1),
    }),
    component('company', 'DatabaseC', { title: 'Database C', group: 'Dublin', needs: [need('BlockStore')] }),
    component('company', 'Search', { title: 'Search index', instances: 8, needs: [need('ObjectStore', true)] }),
    component('company', 'Monitoring', { control: 'programmatic', operator: 'Grafana Labs' }),
    component('vendor', 'BlockStore', {
      title: 'Block storage',
      operator: 'Amazon',
      group: 'Frankfurt',
      exposures: second(1),
    }),
    component('vendor', 'ObjectStore', { title: 'Object storage', operator: 'Amazon' }),
    component('vendor', 'Payments', {
      title: 'Card payments',
      operator: 'Stripe',
      admits: [{ consumer: 'Browser', ratePerSecond: 900 }],
    }),
    component('vendor', 'Cdn', { title: 'Content delivery', instances: 300 }),
    component('vendor', 'Dns', { title: 'DNS', needs: [] }),
  ],
  services: [
    service('Checkout', {
      population: 'Browser',
      needs: [need('Orders'), need(or('WebA', 'WebB'))],
      traffic: [
        { share: 0.6, component: 'Cdn' },
        { share: 0.4, component: 'WebA' },
      ],
    }),
    service('Browsing', { title: 'Browsing the shop', population: 'Browser', needs: [need('Search'), need('Cdn')] }),
  ],
});

export const cloudFindings: readonly Finding[] = [
  finding('single-external-dependency', 'warning', 'Cdn', { service: 'Browsing' }),
  finding('single-external-dependency', 'warning', 'operator:Amazon', { service: 'Checkout' }),
  finding('shared-fate', 'warning', 'Orders'),
  finding('cold-start-cycle', 'warning', 'Orders'),
  finding('single-company-dependency', 'information', 'Orders', { acceptedBy: 1 }),
  finding('single-external-dependency', 'warning', 'RegionOutage', { acceptedBy: 0 }),
  finding('unused-component', 'hint', 'Monitoring'),
  finding('requirement-failed', 'error', 'Checkout'),
  finding('single-company-dependency', 'information', 'Frankfurt'),
];

/** A system of so many components as they are drawn in reviews: tiers in sites, vendors behind them, some redundancy. */
export function generated(count: number, seed = 1): Architecture {
  const chance = chances(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(chance() * items.length)] as T;
  const siteCount = Math.max(1, Math.round(count / 14));
  const groups = Array.from({ length: siteCount }, (_, index) => ({
    name: `Site${index}`,
    title: `Site ${index + 1}`,
  }));
  const TIERS = 4;
  const clients = component('users', 'Client', { title: 'Clients', instances: 250_000, needs: [need('Part1')] });
  const vendorCount = Math.max(1, Math.round(count * 0.15));
  const vendors = Array.from({ length: vendorCount }, (_, index) =>
    component('vendor', `Vendor${index}`, index % 3 === 2 ? {} : { operator: pick(['Amazon', 'Google', 'Akamai']) }),
  );
  const partCount = Math.max(1, count - 1 - vendorCount);
  const placeOf = (index: number) => ({ site: index % siteCount, tier: Math.floor((index / partCount) * TIERS) });
  const parts = Array.from({ length: partCount }, (_, index) => {
    const { site, tier } = placeOf(index);
    const below = Array.from({ length: partCount }, (_unused, other) => other).filter((other) => {
      const place = placeOf(other);
      return place.tier === tier + 1 && (place.site === site || chance() < 0.03);
    });
    const names = below.map((other) => `Part${other + 1}`);
    const needs = names.length === 0 ? [] : [need(pick(names))];
    if (names.length > 2 && chance() < 0.15) needs.push(need(or(...new Set([pick(names), pick(names), pick(names)]))));
    if (chance() < 0.25) needs.push(need(pick(vendors).name, chance() < 0.3));
    return component('company', `Part${index + 1}`, {
      ...(chance() < 0.85 ? { group: `Site${site}` } : {}),
      instances: pick([1, 1, 3, 12, 80, 4000]),
      ...(chance() < 0.5 ? { restart: { distribution: 'exponential', seconds: pick([30, 300, 3600]) } } : {}),
      needs,
    });
  });
  return architecture('Generated', {
    title: `Generated, ${count} components`,
    groups,
    components: [clients, ...parts, ...vendors],
    services: [
      service('Service', { population: 'Client', needs: [need('Part1')], traffic: [{ share: 1, component: 'Part1' }] }),
    ],
  });
}

/** The same numbers, 0…1, for the same seed. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
