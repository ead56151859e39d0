import * as assert from 'node:assert/strict';
import { closeAll, edit, openFile, openText, Panel, until } from './workbench.ts';

const HARBOUR = `architecture Harbour {
  group North {
    company Gate
    group Pier {
      company Crane { needs Gate }
      company Scale { needs Gate }
    }
  }
  company Office { needs Crane }
  users Skipper { instances 40 needs Office }
  users Pilot { instances 4 needs Gate }
  vendor Tug by "Pull"
  vendor Rope by "Pull" { needs Tug }
  vendor Fuel by "Burn"
  service Mooring for Skipper { needs Office and Rope traffic 100% through Office }
  service Filling for Skipper { needs Fuel traffic 100% through Fuel }
}
`;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

describe('where things stand in the picture', () => {
  afterEach(closeAll);

  it('each vendor has a zone of its own, and groups stand nested in theirs', async () => {
    await openText('harbour.p2parch', HARBOUR);
    const panel = await Panel.find();
    const frames = await framesIn(panel);
    assert.deepEqual([...frames.keys()].sort(), [
      'zone:company',
      'zone:company/North',
      'zone:company/Pier',
      'zone:users',
      'zone:vendor:Burn',
      'zone:vendor:Pull',
    ]);
    const nodes = await nodesIn(panel);
    const around = (inner: Box | undefined): string[] =>
      [...frames].flatMap(([id, frame]) => (inner && isWithin(inner, frame) ? [id] : [])).sort();
    const homes: Record<string, string[]> = {
      Office: ['zone:company'],
      Gate: ['zone:company', 'zone:company/North'],
      Crane: ['zone:company', 'zone:company/North', 'zone:company/Pier'],
      Scale: ['zone:company', 'zone:company/North', 'zone:company/Pier'],
      Skipper: ['zone:users'],
      Pilot: ['zone:users'],
      Tug: ['zone:vendor:Pull'],
      Rope: ['zone:vendor:Pull'],
      Fuel: ['zone:vendor:Burn'],
      Mooring: [],
      Filling: [],
    };
    for (const [name, home] of Object.entries(homes)) assert.deepEqual(around(nodes.get(name)), home, name);
    assert.equal(nodes.size, Object.keys(homes).length);
    // Nothing lies over anything else.
    const all = [...nodes];
    for (const [at, [name, box]] of all.entries())
      for (const [other, second] of all.slice(at + 1)) assert.ok(!overlap(box, second), `${name} and ${other}`);
  });

  it('services stand at the edge of the picture, above the users who meet them', async () => {
    await openText('harbour.p2parch', HARBOUR);
    const panel = await Panel.find();
    const [frames, nodes] = [await framesIn(panel), await nodesIn(panel)];
    const users = frames.get('zone:users');
    assert.ok(users);
    for (const service of ['Mooring', 'Filling']) {
      const box = nodes.get(service);
      assert.ok(box && box.y + box.height <= users.y, service);
      for (const [zone, frame] of frames) assert.ok(box.y < frame.y, `${service} above ${zone}`);
    }
  });

  for (const file of ['skype-2007.p2parch', 'kazaa.p2parch', 'harbour.p2parch'])
    it(`what is added moves the others by less than a node's width, a changed number moves nothing: ${file}`, async () => {
      const editor = file.startsWith('harbour') ? await openText(file, HARBOUR) : await openFile(file);
      const panel = await Panel.find();
      const first = /\n {2}(company|users|vendor) \w+/.exec(editor.document.getText())?.[0] ?? '';
      const before = await nodesIn(panel);
      const width = Math.min(...[...before.values()].map((box) => box.width));
      await edit(editor, first, `\n  vendor Latecomer by "Late"${first}`);
      await panel.node('Latecomer').waitFor({ state: 'attached' });
      const after = await nodesIn(panel);
      for (const [name, box] of before) assert.ok(shift(box, after.get(name)) < width, name);
      const number = /instances ([\d_]+)/.exec(editor.document.getText())?.[0] ?? '';
      await edit(editor, number, 'instances 37');
      await until('the number', async () =>
        ((await panel.part('picture').textContent()) ?? '').includes('37') ? true : undefined,
      );
      assert.deepEqual(await nodesIn(panel), after);
    });

  it('the view stays while the text is edited, also where it was never moved and while the text is broken', async () => {
    const editor = await openText('harbour.p2parch', HARBOUR);
    const panel = await Panel.find();
    const standing = (): Promise<string> =>
      panel
        .part('picture')
        .locator('> svg')
        .evaluate((svg: SVGSVGElement) => svg.style.transform);
    const before = await standing();
    await edit(editor, '  company Office', '  company Annex\n  company Office');
    await panel.node('Annex').waitFor({ state: 'attached' });
    assert.equal(await standing(), before);
    await edit(editor, 'company Annex', 'company company Annex {{');
    await panel.part('banner').filter({ hasText: 'last good picture' }).waitFor({ state: 'visible' });
    await panel.page.waitForTimeout(300);
    assert.equal(await standing(), before);
    await edit(editor, 'company company Annex {{', 'company Annex');
    await panel.part('banner').waitFor({ state: 'detached' });
    await panel.page.waitForTimeout(300);
    assert.equal(await standing(), before);
  });

  it('what is typed letter by letter comes to the picture in its order, and the last of it stays', async () => {
    const editor = await openText('harbour.p2parch', HARBOUR);
    const panel = await Panel.find();
    await panel.part('picture').evaluate((picture: HTMLElement) => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      const note = (): void => {
        const name = picture.querySelector('[data-node^="Tug"]')?.getAttribute('data-node') ?? 'none';
        if (seen.at(-1) !== name) seen.push(name);
      };
      note();
      new MutationObserver(note).observe(picture, { childList: true, subtree: true });
    });
    let name = 'Tug';
    for (const letter of 'boatsandbarges') {
      const text = editor.document.getText();
      const places = [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))];
      await editor.edit((builder) => {
        for (const { index } of places) builder.insert(editor.document.positionAt(index + name.length), letter);
      });
      name += letter;
    }
    await panel.node(name).waitFor({ state: 'attached' });
    await panel.page.waitForTimeout(500);
    const seen = await panel.part('picture').evaluate(() => (window as unknown as { seen: string[] }).seen);
    assert.equal(seen[0], 'Tug');
    assert.equal(seen.at(-1), name);
    for (const [at, each] of seen.entries()) {
      assert.ok(name.startsWith(each), each);
      assert.ok(at === 0 || each.length > (seen[at - 1] ?? '').length, seen.join(' '));
    }
  });
});

const isWithin = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const shift = (before: Box, after: Box | undefined): number =>
  after === undefined ? Number.POSITIVE_INFINITY : Math.hypot(after.x - before.x, after.y - before.y);

/** Boxes in the picture's own measure, by what an attribute says. */
async function boxesOf(panel: Panel, part: string, attribute: string): Promise<Map<string, Box>> {
  const found = await panel
    .part('picture')
    .locator(part)
    .evaluateAll(
      (elements, named) =>
        elements.map((element): [string, Box] => {
          const svg = element.closest('[data-testid="picture"]')?.querySelector(':scope > svg');
          const matrix = new DOMMatrix((svg as SVGSVGElement).style.transform).inverse();
          const around = svg?.parentElement?.getBoundingClientRect() ?? new DOMRect();
          const { left, top, width, height } = element.getBoundingClientRect();
          const corner = matrix.transformPoint({ x: left - around.left, y: top - around.top });
          const round = (value: number): number => Math.round(value * 100) / 100;
          return [
            element.closest(`[${named}]`)?.getAttribute(named) ?? '',
            {
              x: round(corner.x),
              y: round(corner.y),
              width: round(width * matrix.a),
              height: round(height * matrix.a),
            },
          ];
        }),
      attribute,
    );
  return new Map(found);
}

const nodesIn = (panel: Panel): Promise<Map<string, Box>> => boxesOf(panel, '[data-node] > .box', 'data-node');
const framesIn = (panel: Panel): Promise<Map<string, Box>> =>
  boxesOf(panel, '[data-container] > .frame', 'data-container');
