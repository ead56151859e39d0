import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diagramOf, type Layout } from '../../language/core/diagram/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { enveloped, receive } from '../../language/protocol/contract.ts';
import { hostMessageSchema, panelMessageSchema } from '../../language/protocol/panel.ts';
import { changeOf } from '../../language/protocol/picture-change.ts';
import { edited } from '../picture/architectures.ts';
import { mutated } from './mutations.ts';
import { noPage, openPage, type Recorder } from './opened-page.ts';
import { about, picture, recovery, telephony, telephonyModel } from './samples.ts';

const CHANGE = {
  version: 6,
  stale: '',
  nodes: telephony.nodes.slice(0, 2),
  edges: telephony.edges.slice(0, 1),
  containers: telephony.containers,
};

/** To what failure mode asks, when Super has failed. */
const FAULT_ANSWERS: Readonly<Record<string, object>> = {
  failures: {
    kind: 'failures',
    failures: [
      {
        ...{ name: 'Super', label: 'Super', kind: 'component', caption: 'run by users', external: true },
        ...{ components: 2, services: 1, firstServices: ['Calling'] },
      },
    ],
    services: [{ name: 'Calling', label: 'Calling' }],
    components: 4,
  },
  losses: { kind: 'losses', failed: ['Super'], components: ['Super', 'Client'], services: ['Calling'] },
};

const withInstances = (model: Architecture, name: string, instances: number): Architecture => ({
  ...model,
  components: model.components.map((component) => (component.name === name ? { ...component, instances } : component)),
});

describe.skipIf(noPage !== '')(`The page${noPage}`, () => {
  let page: Page;
  let close = async (): Promise<void> => {};
  let errors: string[] = [];

  beforeAll(async () => {
    ({ page, errors, close } = await openPage());
  });
  afterAll(() => close());

  /** What the page posts when these come, and what is in it afterwards. */
  async function send(inputs: readonly unknown[]): Promise<{ posted: unknown[]; html: string }> {
    await page.evaluate((all) => {
      for (const data of all) window.dispatchEvent(new MessageEvent('message', { data }));
    }, inputs);
    return page.evaluate(() => {
      const recorder = window as unknown as Recorder;
      return { posted: recorder.posted.splice(0), html: document.getElementById('app')?.innerHTML ?? '' };
    });
  }

  test('says that it is ready, and draws the picture that comes', async () => {
    const { posted } = await send([]);
    expect(posted.map((message) => receive(panelMessageSchema, message))).toMatchObject([
      { kind: 'message', message: { type: 'ready' } },
    ]);
    const { html } = await send([enveloped({ type: 'picture', epoch: 1, picture: picture() })]);
    expect(html).toContain('data-testid="picture"');
  });

  test('shows what has changed as if it had been drawn whole, and keeps what has not', async () => {
    const engine = createElkEngine();
    let epoch = 1e6;
    let patched = 0;
    let patchedWhileLit = 0;
    const seen = () =>
      page.evaluate(() => {
        const svg = document.querySelector('[data-testid="picture"] svg') as (SVGElement & { kept?: boolean }) | null;
        const kept = svg?.kept === true;
        if (svg) svg.kept = true;
        return { kept, html: svg?.outerHTML };
      });
    /** Lights what belongs to some node, in every other picture. */
    const point = (at: number) =>
      page.evaluate((index) => {
        const nodes = document.querySelectorAll('[data-testid="picture"] [data-node]');
        if (index % 2 === 1)
          nodes[index % nodes.length]?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
      }, at);
    for (const [at, [before, after]] of fc.sample(edited, 60).entries()) {
      const [from, to] = [diagramOf(before), diagramOf(after)];
      const layout = await engine.layOut(from);
      const first = picture({ architecture: 'Any', diagram: from, layout });
      const second = picture({ architecture: 'Any', diagram: to, layout });
      const change = changeOf(first, second);
      if (change === undefined) continue;
      await send([enveloped({ type: 'picture', epoch: ++epoch, picture: picture() })]);
      await send([enveloped({ type: 'picture', epoch: ++epoch, picture: second })]);
      await point(at);
      const { html: whole } = await seen();
      await send([enveloped({ type: 'picture', epoch: ++epoch, picture: picture() })]);
      await send([enveloped({ type: 'picture', epoch: ++epoch, picture: first })]);
      await point(at);
      await seen();
      const { posted } = await send([enveloped({ type: 'change', epoch: epoch + 1, since: epoch, change })]);
      epoch += 1;
      const { html, kept } = await seen();
      expect(posted).toEqual([]);
      // What is drawn whole is lit again by the next movement of the pointer.
      if (kept || at % 2 === 0) expect(html).toBe(whole);
      if (kept && / faded"/.test(html ?? '')) patchedWhileLit += 1;
      else if (kept) patched += 1;
    }
    expect(patched).toBeGreaterThan(3);
    expect(patchedWhileLit).toBeGreaterThan(3);
    const { posted } = await send([enveloped({ type: 'change', epoch: epoch + 1, since: epoch - 1, change: CHANGE })]);
    expect(posted).toMatchObject([{ message: { type: 'whole' } }]);
    await send([enveloped({ type: 'nothing', epoch: epoch + 1, uri: 'file:///telephony.p2parch', message: '' })]);
  });

  test('shows what has failed on what has changed as if it had been drawn whole', async () => {
    const layout = await createElkEngine().layOut(telephony);
    const elsewhere = { ...layout, width: layout.width + 40 };
    const [some, more] = [11, 12].map((instances) => diagramOf(withInstances(telephonyModel, 'Super', instances)));
    let epoch = 2e6;
    const shown = async (diagram: typeof telephony | undefined, place: Layout): Promise<string> => {
      epoch += 1;
      const next = picture({ version: epoch, layout: place, ...(diagram && { diagram }) });
      await answered((await send([enveloped({ type: 'picture', epoch, picture: next })])).posted);
      return page.evaluate(() => document.querySelector('[data-testid="picture"] svg')?.outerHTML ?? '');
    };
    const answered = async (posted: readonly unknown[]): Promise<void> => {
      for (const message of posted) {
        const read = receive(panelMessageSchema, message);
        if (read.kind !== 'message' || read.message.type !== 'request' || read.message.kind !== 'faults') continue;
        const { id, about: of, input } = read.message;
        const reply = FAULT_ANSWERS[input.kind] ?? { kind: 'refusal', message: 'Not now.' };
        await answered((await send([enveloped({ type: 'reply', kind: 'faults', id, about: of, reply })])).posted);
      }
    };
    await shown(some, layout);
    await page.locator('[data-testid="failures-toggle"]').click();
    await answered((await send([])).posted);
    await page.locator('[data-testid="picture"] [data-node="Super"]').focus();
    await page.keyboard.press('Enter');
    await answered((await send([])).posted);
    await page.evaluate(() => {
      const svg = document.querySelector('[data-testid="picture"] svg') as (SVGElement & { kept?: boolean }) | null;
      if (svg) svg.kept = true;
    });
    const patched = await shown(more, layout);
    expect(patched).toMatch(/class="[^"]* failed/);
    expect(patched).toMatch(/class="[^"]* lost/);
    const isKept = () =>
      page.evaluate(
        () => (document.querySelector('[data-testid="picture"] svg') as SVGElement & { kept?: boolean }).kept === true,
      );
    expect(await isKept()).toBe(true);
    await shown(some, elsewhere);
    expect(await isKept()).toBe(false);
    expect(await shown(more, layout)).toBe(patched);
    await page.locator('[data-testid="failures-toggle"]').click();
    await send([enveloped({ type: 'nothing', epoch: epoch + 1, uri: 'file:///telephony.p2parch', message: '' })]);
  });

  test('neither throws nor acts, whatever comes that does not fit', async () => {
    const anything = fc.anything().filter((value) => JSON.stringify(value) !== undefined);
    const back = { Calling: { level: 0.95, p10: 1, p50: 2, p90: null } };
    const expectation = { text: 'expect', holds: true, share: 1, measured: 2, remedies: ['more'] };
    const sensitivity = {
      runs: 10,
      variedRuns: 10,
      firstSeed: 1,
      services: back,
      expectations: [expectation],
      numbers: [],
    };
    const good = [
      { type: 'picture', epoch: 2, picture: picture() },
      { type: 'change', epoch: 2, since: 1, change: CHANGE },
      { type: 'nothing', epoch: 2, uri: 'file:///telephony.p2parch', message: 'Nothing.' },
      { type: 'cursor', architecture: 'Telephony', element: 'Client' },
      { type: 'play', scenario: 'Crash', architectures: ['Telephony'] },
      { type: 'showFaultTree', service: 'Calling' },
      { type: 'reply', kind: 'recovery', id: 1, about: about(), reply: recovery() },
      { type: 'progress', id: 1, done: 1, total: 2 },
      { type: 'partial', kind: 'recovery', id: 1, about: about(), reply: recovery() },
      { type: 'partial', kind: 'whatIf', id: 1, about: about(), reply: recovery() },
      { type: 'reply', kind: 'whatIf', id: 1, about: about(), reply: recovery() },
      { type: 'reply', kind: 'numbers', id: 1, about: about(), reply: { architecture: 'Telephony', numbers: [] } },
      { type: 'reply', kind: 'sensitivity', id: 1, about: about(), reply: { architecture: 'Telephony', sensitivity } },
      { type: 'reply', kind: 'write', id: 1, about: about(), reply: { text: '9/min' } },
    ];
    const inputs = fc
      .sample(
        fc.oneof(anything, anything.map(enveloped), fc.oneof(...good.map((each) => mutated(each))).map(enveloped)),
        600,
      )
      .map((input) => JSON.parse(JSON.stringify(input) ?? 'null'));
    const unfit = inputs.filter((input) => receive(hostMessageSchema, input).kind !== 'message');
    expect(unfit.length).toBeGreaterThan(200);
    const { html: before } = await send([]);
    const { html, posted } = await send(unfit);
    expect(html).toBe(before);
    expect(posted).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('draws or drops what fits and makes no sense, and posts nothing that does not fit', async () => {
    const open = [
      { type: 'picture', epoch: 3, picture: picture() },
      { type: 'cursor', architecture: 'Telephony', element: 'Client' },
      { type: 'play', scenario: 'Crash', architectures: ['Telephony'] },
      { type: 'showFaultTree', service: 'Calling' },
    ];
    const laidOut = { ...open[0], picture: picture({ layout: await createElkEngine().layOut(telephony) }) };
    const change = { type: 'change', epoch: 3, since: 3, change: CHANGE };
    const inputs = fc
      .sample(fc.oneof(...[laidOut, change, ...open].map((each) => mutated(each))), 700)
      .map((input) => enveloped(JSON.parse(JSON.stringify(input) ?? 'null')))
      .filter((input) => receive(hostMessageSchema, input).kind === 'message');
    expect(inputs.length).toBeGreaterThan(150);
    for (const input of inputs) {
      const { posted } = await send([input]);
      const wrong = errors.splice(0);
      expect(wrong, JSON.stringify(input).slice(0, 2000)).toEqual([]);
      for (const message of posted) expect(receive(panelMessageSchema, message).kind).toBe('message');
    }
    expect(await page.evaluate(() => (window as unknown as Recorder).owned)).toBeUndefined();
    expect(await page.locator('img, script[src]').count()).toBe(0);
  });

  test('plays a recovery that fits and makes no sense', async () => {
    await send([enveloped({ type: 'picture', epoch: 1e12, picture: picture() })]);
    const replies = fc.sample(mutated(recovery()), 120).map((reply) => JSON.parse(JSON.stringify(reply) ?? 'null'));
    let id = 0;
    for (const reply of replies) {
      const { posted } = await send([enveloped({ type: 'play', scenario: 'Crash', architectures: ['Telephony'] })]);
      const asked = posted.map((message) => receive(panelMessageSchema, message)).at(-1);
      if (asked?.kind !== 'message' || asked.message.type !== 'request') throw new Error('nothing was asked');
      id = asked.message.id;
      const answer = { type: 'reply', kind: 'recovery', id, about: asked.message.about, reply };
      await send([enveloped(answer)]);
      expect(errors.splice(0), JSON.stringify(reply).slice(0, 2000)).toEqual([]);
    }
  });

  test('says in the legend of the chart what the diamonds are, where there are any; boxes have their controls', async () => {
    const record = {
      title: 'The outage itself',
      architecture: 'Telephony',
      service: 'Calling',
      full: 'all calls',
      points: [{ atSeconds: 30, level: 0.5, low: 0.4, high: 0.6, says: 'half of them' }],
      sources: ['somebody'],
    };
    const folding = { folded: [], all: [], hidden: [] };
    for (const [at, records] of [[1, undefined] as const, [2, [record]] as const]) {
      const epoch = 3e6 + at;
      const shown = enveloped({ type: 'picture', epoch, picture: { ...picture({ version: epoch }), folding } });
      const { posted } = await send([
        shown,
        enveloped({ type: 'play', scenario: 'Crash', architectures: ['Telephony'] }),
      ]);
      const asked = posted
        .map((message) => receive(panelMessageSchema, message))
        .flatMap((one) => (one.kind === 'message' && one.message.type === 'request' ? [one.message] : []))
        .find(({ kind }) => kind === 'recovery');
      const reply = { ...recovery(), version: epoch, ...(records && { records: [...records] }) };
      await send([enveloped({ type: 'reply', kind: 'recovery', id: asked?.id, about: asked?.about, reply })]);
      const legend = page.locator('.chart-legend').filter({ hasText: 'run played' });
      expect(await legend.innerText()).toContain('run played');
      expect((await legend.innerText()).includes('measured in the outage')).toBe(records !== undefined);
    }
    expect(errors).toEqual([]);
  });
});
