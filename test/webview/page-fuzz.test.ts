import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyse } from '../../language/core/analysis/index.ts';
import { faultTree } from '../../language/core/fault-tree/index.ts';
import { layOutFaultTree } from '../../language/layout/fault-tree.ts';
import { createElkEngine, newElk } from '../../language/layout/index.ts';
import type { CutSets, Failures, FaultAnswer, Losses } from '../../language/protocol/faults.ts';
import { hostMessageSchema } from '../../language/protocol/panel.ts';
import { seed } from '../setup.ts';
import type { Good, Outcome } from './fuzz-in-page.ts';
import { NEXT_EPOCH, THIS_EPOCH } from './odd-values.ts';
import { bundleOf, noPage, type OpenedPage, openPage } from './opened-page.ts';
import { about, picture, recovery, telephony, telephonyModel } from './samples.ts';

const back = { Calling: { level: 0.95, p10: 1, p50: 2, p90: null } };
const variation = { value: 0.08, text: '4.8/min', services: back };
const number = {
  id: 'Super/promotion',
  component: 'Super',
  title: 'Super',
  words: 'promoted from Client at',
  value: 0.1,
  text: '6/min',
  notation: { measure: 'rate', unit: 'min' },
  least: 0.001,
  most: 10,
};
const failures: Failures = {
  kind: 'failures',
  failures: [
    {
      name: 'Super',
      label: 'Super',
      kind: 'component',
      caption: 'Users',
      party: 'users',
      external: true,
      components: 2,
      services: 1,
      firstServices: ['Calling'],
    },
  ],
  services: [{ name: 'Calling', label: 'Calling' }],
  components: 4,
};
const cutSets: CutSets = {
  kind: 'cutSets',
  service: 'Calling',
  externalOnly: false,
  byOrder: ['1', '2'],
  total: '3',
  completeToOrder: null,
  sets: [['LogIn'], ['Super', 'Relay'], ['operator:Carrier', 'Super']],
  allListed: true,
};
const losses: Losses = { kind: 'losses', failed: ['Super'], components: ['Super', 'Client'], services: ['Calling'] };

async function goodOnes(): Promise<Good> {
  const drawn = picture({ layout: await createElkEngine().layOut(telephony) });
  const tree = faultTree(analyse(telephonyModel), 'Calling', { maxNodes: 30 });
  const treeAnswer: FaultAnswer = {
    kind: 'faultTree',
    stale: false,
    tree,
    layout: await layOutFaultTree(tree, newElk()),
  };
  const sensitivity = {
    runs: 10,
    variedRuns: 20,
    firstSeed: 1,
    services: back,
    expectations: [{ text: 'expect', holds: true, share: 1, measured: 2, remedies: ['promote twice as fast'] }],
    numbers: [{ number, less: variation, more: variation, turns: [null] }],
  };
  const change = { version: 6, stale: '', nodes: telephony.nodes.slice(0, 2), edges: [], containers: [] };
  const replies = {
    recovery: recovery(),
    whatIf: recovery(),
    numbers: { architecture: 'Telephony', numbers: [number] },
    sensitivity: { architecture: 'Telephony', sensitivity },
    write: { text: '9/min' },
    'faults failures': failures,
    'faults losses': losses,
    'faults cutSets': cutSets,
    'faults faultTree': treeAnswer,
  };
  const messages = [
    { type: 'picture', epoch: NEXT_EPOCH, picture: drawn },
    { type: 'change', epoch: NEXT_EPOCH, since: THIS_EPOCH, change },
    { type: 'nothing', epoch: NEXT_EPOCH, uri: 'file:///telephony.p2parch', message: 'Nothing.' },
    { type: 'cursor', architecture: 'Telephony', element: 'Client' },
    { type: 'play', scenario: 'Crash', architectures: ['Telephony'] },
    { type: 'showFaultTree', service: 'Calling' },
    { type: 'export', id: 1, format: 'svg', theme: 'dark' },
    { type: 'progress', id: 1, done: 1, total: 2 },
    { type: 'refusal', id: 1, message: 'No.' },
    { type: 'dropped', id: 1 },
    ...Object.entries(replies).map(([kind, reply]) => ({
      type: 'reply',
      kind: kind.split(' ')[0],
      id: 1,
      about: about(),
      reply,
    })),
    { type: 'partial', kind: 'recovery', id: 1, about: about(), reply: recovery() },
  ];
  return { picture: drawn, messages, replies };
}

interface Fuzz {
  readonly fuzz: {
    fuzzMessages(good: Good, count: number, seed: number): Promise<Outcome>;
    fuzzReplies(good: Good, view: string, count: number, seed: number): Promise<Outcome>;
  };
}

describe.skipIf(noPage !== '')(`What an editor posts to the page, by a structured clone${noPage}`, () => {
  let opened: OpenedPage;
  let good: Good;

  beforeAll(async () => {
    [opened, good] = await Promise.all([openPage(), goodOnes()]);
    await opened.page.addScriptTag({ content: await bundleOf('fuzz-in-page.ts', 'fuzz') });
  });
  afterAll(() => opened?.close());

  test('is good to begin with', () => {
    for (const message of good.messages) expect(hostMessageSchema.safeParse(message).error).toBeUndefined();
  });

  test('does not throw, and is not acted on where it does not fit, whatever it is', async () => {
    const { fit, unfit, wrong } = await opened.page.evaluate(
      ([given, from]) => (window as unknown as Fuzz).fuzz.fuzzMessages(given, 4000, from),
      [good, seed] as const,
    );
    expect(wrong).toEqual([]);
    expect(opened.errors).toEqual([]);
    expect(unfit).toBeGreaterThan(500);
    expect(fit).toBeGreaterThan(100);
  });

  for (const view of ['failures', 'faultTree', 'recovery']) {
    test(`may make no sense as a reply to what is asked for: ${view}`, async () => {
      const { fit, wrong } = await opened.page.evaluate(
        ([given, at, from]) => (window as unknown as Fuzz).fuzz.fuzzReplies(given, at, 80, from),
        [good, view, seed] as const,
      );
      expect(wrong).toEqual([]);
      expect(opened.errors).toEqual([]);
      expect(fit).toBeGreaterThan(40);
    });
  }
});
