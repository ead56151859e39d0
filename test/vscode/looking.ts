import * as assert from 'node:assert/strict';
import { closeAll, edit, openFile, openText, Panel, until } from './workbench.ts';

const SHOP = `architecture Shop {
  company Till { instances 3 }
  company Stock { needs Till to start }
  users Client {
    instances 100
    needs Super or Till
  }
  users Super {
    instances 5
    serves 20 Client
    promoted from Client at 1/min
  }
  vendor Bank by "Nimbus"
  service Selling for Client {
    needs Till and Bank
    traffic 70% through Super, 30% through Till
  }
}
`;

describe('looking at the picture', () => {
  afterEach(closeAll);

  it('what is pointed at is lit with what it needs and who needs it, and the rest fades but can be read', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel
      .node('SuperNode')
      .locator('> .box')
      .hover({ position: { x: 12, y: 12 } });
    await until('the neighbour lit', async () => ((await has(panel, 'Client', 'lit')) ? true : undefined));
    assert.ok(await has(panel, 'SuperNode', 'lit'));
    assert.ok(await has(panel, 'LoginServer', 'faded'));
    // Its shapes fade; its words do not.
    const opacity = (part: string) =>
      panel
        .node('LoginServer')
        .locator(part)
        .first()
        .evaluate((node) => getComputedStyle(node).opacity);
    await until('the shapes faded', async () => ((await opacity('> .box')) === '0.25' ? true : undefined));
    assert.equal(await opacity('.text-title'), '1');
    assert.ok((await panel.part('picture').locator('.edge.lit').count()) > 0);
    await panel.page.mouse.move(4, 400);
    await until('nothing lit', async () => ((await has(panel, 'Client', 'lit')) ? undefined : true));
  });

  it('keys, wheel and pointer move it and make it larger, and all of it is shown again', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    const fitted = await view(panel);
    await panel.node('SuperNode').focus();
    await panel.page.keyboard.press('+');
    const larger = await until('it larger', async () => {
      const now = await view(panel);
      return now.scale > fitted.scale ? now : undefined;
    });
    await panel.page.keyboard.press('ArrowRight');
    const panned = await until('it moved', async () => {
      const now = await view(panel);
      return now.x < larger.x && now.scale === larger.scale ? now : undefined;
    });
    const box = await panel.part('picture').boundingBox();
    assert.ok(box);
    await panel.page.mouse.move(box.x + 12, box.y + 12);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + 72, box.y + 42, { steps: 4 });
    await panel.page.mouse.up();
    const dragged = await until('it dragged', async () => {
      const now = await view(panel);
      return Math.round(now.x - panned.x) === 60 && Math.round(now.y - panned.y) === 30 ? now : undefined;
    });
    // A drag that begins and ends on a node is no click on it.
    const node = await panel.node('SuperNode').locator('> .box').boundingBox();
    assert.ok(node);
    const selection = editor.selection;
    await panel.page.mouse.move(node.x + 12, node.y + 12);
    await panel.page.mouse.down();
    await panel.page.mouse.move(node.x + 22, node.y + 22, { steps: 4 });
    await panel.page.mouse.up();
    await until('dragged by the node', async () => ((await view(panel)).x > dragged.x + 5 ? true : undefined));
    await panel.page.waitForTimeout(300);
    assert.ok(editor.selection.isEqual(selection));
    await panel.page.mouse.wheel(0, 60);
    await until('scrolled', async () => ((await view(panel)).y < dragged.y ? true : undefined));
    await panel.page.keyboard.press('0');
    await until('fitted', async () => ((await view(panel)).scale === fitted.scale ? true : undefined));
  });

  it('stays where it is while the text is edited', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.part('zoom-in').click();
    const before = await view(panel);
    await edit(editor, '  users SuperNode {\n', '  company Bootstrap { instances 5 }\n\n  users SuperNode {\n');
    await panel.node('Bootstrap').waitFor({ state: 'attached' });
    assert.deepEqual(await view(panel), before);
  });

  it('every node and edge is reached by keyboard and has a name', async () => {
    await openText('shop.p2parch', SHOP);
    const panel = await Panel.find();
    const things = panel.part('picture').locator('[data-node], [data-edge], [data-heading], [data-fold]');
    const all = await things.evaluateAll((elements) =>
      elements.map((element) => [
        element.getAttribute('tabindex'),
        (element.getAttribute('aria-label') ?? '').length > 3,
      ]),
    );
    assert.ok(all.length > 20);
    for (const thing of all) assert.deepEqual(thing, ['0', true]);
    // One after the other, each of them, and nothing but them.
    await things.first().focus();
    const reached: number[] = [];
    for (let step = 0; step < all.length; step++) {
      reached.push(await things.evaluateAll((elements) => elements.indexOf(document.activeElement as SVGElement)));
      await panel.page.keyboard.press('Tab');
    }
    assert.deepEqual(
      reached,
      all.map((_, index) => index),
    );
  });

  it('what has the focus keeps it while the picture is replaced', async () => {
    const editor = await openText('shop.p2parch', SHOP);
    const panel = await Panel.find();
    const edge = panel.part('picture').locator('[data-edge]').first();
    const name = await edge.getAttribute('aria-label');
    for (const [thing, added] of [
      [panel.node('Stock'), 'Bell'],
      [edge, 'Book'],
    ] as const) {
      await thing.focus();
      await edit(editor, '  company Till {', `  company ${added}\n  company Till {`);
      await panel.node(added).waitFor({ state: 'attached' });
      const [focused, wanted] = [
        await panel.part('picture').evaluate((picture) => {
          const { activeElement } = picture.ownerDocument;
          return picture.contains(activeElement) ? activeElement?.getAttribute('aria-label') : 'nothing';
        }),
        thing === edge ? name : await thing.getAttribute('aria-label'),
      ];
      assert.equal(focused, wanted);
    }
  });

  it('edges differ by kind, traffic by width as well, and findings are badges on what they concern', async () => {
    await openText('shop.p2parch', SHOP);
    const panel = await Panel.find();
    const picture = panel.part('picture');
    for (const kind of ['needs', 'needsToStart', 'promotes', 'traffic'])
      assert.ok((await picture.locator(`.edge.${kind}`).count()) > 0, kind);
    const width = async (to: string): Promise<number> =>
      Number(await picture.locator(`.edge.traffic[data-to="${to}"] > .line`).getAttribute('stroke-width'));
    assert.ok((await width('Super')) > 1.5 * (await width('Till')));
    const dashes = (kind: string) =>
      picture
        .locator(`.edge.${kind} > .line`)
        .first()
        .evaluate((line) => getComputedStyle(line).strokeDasharray);
    assert.notEqual(await dashes('needs'), await dashes('needsToStart'));
    await panel.node('Bank').locator('.badge').first().waitFor({ state: 'visible' });
  });

  it('zones say who controls what in colour, by a sign and in words', async () => {
    await openText('shop.p2parch', SHOP);
    const panel = await Panel.find();
    for (const [zone, words] of [
      ['zone:company', 'Company'],
      ['zone:users', 'Users'],
      ['zone:vendor:Nimbus', 'Nimbus'],
    ]) {
      const heading = panel.part('picture').locator(`[data-heading="${zone}"]`);
      assert.equal(await heading.locator('.text-zone').textContent(), words);
      assert.equal(await heading.locator('.icon').count(), 1);
    }
  });

  it('nothing moves by itself where reduced motion is asked for', async () => {
    const { page } = await Panel.window();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    try {
      await openFile('skype-2007.p2parch');
      const panel = await Panel.find();
      await panel.part('run').click();
      await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
      assert.equal(await panel.part('play').getAttribute('data-playing'), 'false');
    } finally {
      await page.emulateMedia({ reducedMotion: null });
    }
  });
});

const has = async (panel: Panel, node: string, name: string): Promise<boolean> =>
  ((await panel.node(node).getAttribute('class')) ?? '').split(' ').includes(name);

/** How the picture stands in the panel. */
async function view(panel: Panel): Promise<{ x: number; y: number; scale: number }> {
  const transform = await panel
    .part('picture')
    .locator('> svg')
    .evaluate((svg: SVGSVGElement) => svg.style.transform);
  const [x = 0, y = 0, scale = 0] = (transform.match(/-?[\d.]+/g) ?? []).map(Number);
  return { x, y, scale };
}
