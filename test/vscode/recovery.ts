import * as assert from 'node:assert/strict';
import { closeAll, openFile, Panel, until } from './workbench.ts';

describe('recovery', () => {
  afterEach(closeAll);

  it('plays the crash and the way back: the level falls, and comes back', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.scrubTo(0.5);
    assert.equal(await panel.level('Calling'), 100);
    await panel.scrubTo(3);
    assert.ok((await panel.level('Calling')) < 20);
    await panel.scrubTo(60);
    assert.ok((await panel.level('Calling')) > 99);
    // It plays by itself as well.
    await panel.scrubTo(0);
    const before = await panel.part('clock').textContent();
    if ((await panel.part('play').getAttribute('data-playing')) !== 'true') await panel.part('play').click();
    await until('the clock running', async () =>
      (await panel.part('clock').textContent()) !== before ? true : undefined,
    );
    assert.match((await panel.part('expectations').textContent()) ?? '', /Calling back to 95%/);
    await panel.part('close-recovery').click();
    await panel.part('scrub').waitFor({ state: 'detached' });
  });

  it('puts two architectures side by side under one crash', async () => {
    await openFile('supernodes-or-servers.p2parch');
    const panel = await Panel.find();
    await panel.part('compare').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    assert.equal(await panel.part('picture').count(), 2);
    await panel.scrubTo(4);
    assert.ok((await panel.level('Calling', 'CompanyCore')) > 99);
    assert.ok((await panel.level('Calling', 'Skype2007')) < 50);
    const text = (await panel.part('expectations').textContent()) ?? '';
    assert.match(text, /met/);
    assert.match(text, /missed/);
  });
});
