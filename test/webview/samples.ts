/** Messages as the host sends them, about small made-up architectures. */
import { diagramOf, type Layout } from '../../language/core/diagram/index.ts';
import type { About } from '../../language/protocol/contract.ts';
import type { PanelPicture } from '../../language/protocol/picture-change.ts';
import type { Recovery } from '../../language/protocol/pictures.ts';
import type { Event } from '../../webview/application/state.ts';
import { architecture, component, need, or, service } from '../picture/systems.ts';

export const telephonyModel = architecture('Telephony', {
  title: 'Telephony',
  hazards: [{ name: 'Reboot' }],
  components: [
    component('company', 'LogIn', { instances: 4, admits: [{ consumer: 'Client', ratePerSecond: 5 }] }),
    component('users', 'Client', {
      instances: 100,
      needs: [need(or('Super', 'Relay')), need('LogIn', true)],
      exposures: [{ hazard: 'Reboot', share: 0.5 }],
    }),
    component('users', 'Super', {
      instances: 10,
      serves: [{ consumer: 'Client', capacity: 20 }],
      promotion: { source: 'Client', rate: { kind: 'count', perSecond: 0.1 } },
    }),
    component('vendor', 'Relay', { operator: 'Carrier', serves: [{ consumer: 'Client', capacity: 100 }] }),
  ],
  services: [service('Calling', { population: 'Client', needs: [need('Client')] })],
});

export const telephony = diagramOf(telephonyModel);

export const someLayout: Layout = { width: 600, height: 400, nodes: [], containers: [], edges: [] };

const names = (...all: string[]) => all.map((name) => ({ name, title: `The ${name}` }));

export const picture = (rest: Partial<PanelPicture> = {}): PanelPicture => ({
  uri: 'file:///telephony.p2parch',
  version: 5,
  architecture: 'Telephony',
  architectures: names('Telephony', 'Hosted', 'Third', 'Fourth', 'Fifth'),
  scenarios: [
    { name: 'Night', title: 'Night', architectures: ['Hosted'] },
    { name: 'Crash', title: 'Crash', architectures: ['Hosted', 'Telephony', 'Third', 'Fourth', 'Fifth'] },
    { name: 'Strike', title: '', architectures: ['Telephony'] },
  ],
  diagram: telephony,
  layout: someLayout,
  folding: { folded: [], all: [], hidden: [] },
  stale: '',
  ...rest,
});

/** Two pools and a service, sampled every ten seconds; everything crashes at 25 s. */
export const result: Recovery['results'][number] = {
  architecture: 'Telephony',
  title: 'Telephony',
  diagram: telephony,
  layout: someLayout,
  runs: 100,
  times: [0, 10, 20, 30, 40, 50],
  services: [
    {
      name: 'Calling',
      title: '',
      p10: [1, 1, 1, 0, 0.4, 0.9],
      p50: [1, 1, 1, 0, 0.5, 1],
      p90: [1, 1, 1, 0, 0.6, 1],
      played: [1, 1, 1, 0, 0.5, 1],
      recovery: [
        { level: 0.5, p10: 14, p50: 15, p90: 16 },
        { level: 0.95, p10: 24, p50: 25, p90: null },
      ],
    },
  ],
  playedSeed: 37,
  pools: [
    {
      name: 'Client',
      up: [100, 100, 100, 0, 50, 100],
      starting: [0, 0, 0, 20, 10, 0],
      down: [0, 0, 0, 80, 40, 0],
      load: [0, 0, 0, 0, 0, 0],
      joined: [0, 0, 0, 0, 50, 100],
    },
  ],
  expectations: [
    {
      text: 'expect Calling back to 95% within 20 s',
      service: 'Calling',
      kind: 'backTo',
      level: 0.95,
      withinSeconds: 20,
      holds: false,
      share: 0.03,
      measured: null,
    },
    {
      text: 'expect Calling never below 20%',
      service: 'Calling',
      kind: 'neverBelow',
      level: 0.2,
      holds: false,
      share: 0,
      measured: 0,
    },
  ],
};

export const recovery = (...results: Partial<Recovery['results'][number]>[]): Recovery => ({
  uri: 'file:///telephony.p2parch',
  version: 5,
  scenario: {
    name: 'Crash',
    title: 'Crash',
    horizonSeconds: 50,
    firstStepSeconds: 25,
    steps: [{ atSeconds: 25, text: 'crash Client' }],
  },
  results: (results.length > 0 ? results : [{}]).map((rest) => ({ ...result, ...rest })),
});

/** Epochs count with the versions of the text unless said. */
export const shows = (rest: Partial<PanelPicture> = {}, epoch = rest.version ?? 5): Event => ({
  type: 'message',
  message: { type: 'picture', epoch, picture: picture(rest) },
});

export const about = (rest: Partial<About> = {}): About => {
  const { uri, architecture, version } = picture();
  return { uri, architecture, version, epoch: version, ...rest };
};

export const replies = (id: number, version = 5): Event => ({
  type: 'message',
  message: { type: 'reply', kind: 'recovery', id, about: about({ version }), reply: { ...recovery(), version } },
});
