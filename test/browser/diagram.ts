import * as assert from 'node:assert/strict';
import { closeAll, edit, finding, openDiagram, set } from './workbench.ts';

describe('the diagram in a browser', () => {
  afterEach(async () => {
    await set('runs', undefined);
    await closeAll();
  });

  it('opens beside the text, draws who controls what, and follows as it is typed', async () => {
    const { uri, panel } = await openDiagram('skype-2007.p2parch');
    const nodes = ['Calling', 'Client', 'LoginServer', 'MassReboot', 'SuperNode'];
    assert.deepEqual(await panel.nodes(), nodes);
    await edit(uri, '  users SuperNode {\n', '  company Bootstrap { instances 5 }\n\n  users SuperNode {\n');
    await panel.node('Bootstrap').waitFor({ state: 'visible' });
    await edit(uri, '  company Bootstrap { instances 5 }\n\n', '');
    await panel.node('Bootstrap').waitFor({ state: 'detached' });
    assert.deepEqual(await panel.nodes(), nodes);
  });

  it('keeps its page from loading anything: nothing is allowed but its own script and styles', async () => {
    const { panel } = await openDiagram('skype-2007.p2parch');
    const policy = await panel.frame.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    const [, nonce, script] =
      /^default-src 'none'; style-src 'nonce-([^']+)'; script-src 'nonce-([^']+)'; img-src data:$/.exec(policy ?? '') ??
      [];
    assert.equal(nonce, script);
    assert.equal(Buffer.from(nonce ?? '', 'base64').length, 16);
    const other = (await openDiagram('kazaa.p2parch')).panel;
    await other.node('Search').waitFor({ state: 'visible' });
  });

  it('says what falls with what is clicked, and draws the fault tree', async () => {
    const { panel } = await openDiagram('skype-2007.p2parch');
    await panel.part('failures-toggle').click();
    await panel.part('lists').locator('.row').first().waitFor({ state: 'visible' });
    await panel
      .node('SuperNode')
      .locator('> .box')
      .click({ position: { x: 12, y: 14 } });
    await panel.part('summary-serviceLost').filter({ hasText: 'Calling' }).waitFor({ state: 'visible' });
    await panel.part('tree-toggle').click();
    await panel.part('fault-tree').locator('[data-node="SuperNode"]').waitFor({ state: 'visible' });
  });

  it('plays the crash and the way back: the level falls, and comes back', async () => {
    const { panel } = await openDiagram('skype-2007.p2parch');
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.scrubTo(0.5);
    assert.equal(await panel.level('Calling'), 100);
    await panel.scrubTo(3);
    assert.ok((await panel.level('Calling')) < 20);
    await panel.scrubTo(60);
    assert.ok((await panel.level('Calling')) > 99);
    assert.match((await panel.part('expectations').textContent()) ?? '', /Calling back to 95%/);
  });

  it('lets typing go on while a scenario runs, shows the first results, and stops at a word', async () => {
    // Longer than anyone would wait for.
    await set('runs', 10_000);
    const { uri, panel } = await openDiagram('skype-2007.p2parch');
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.part('run-progress').waitFor({ state: 'visible' });
    await edit(uri, '  users SuperNode {\n', '  company Bootstrap { instances 5 }\n\n  users SuperNode {\n');
    await finding(uri, 'unused-component', 'Bootstrap');
    assert.equal(await panel.part('run-progress').isVisible(), true);
    await panel.part('cancel-rest').click();
    await panel.part('run-progress').waitFor({ state: 'detached' });
    assert.ok((await panel.part('scrub').count()) === 1, 'what was seen stays');
    // The next run has threads again.
    await set('runs', 10);
    await panel.part('close-recovery').click();
    await panel.node('Bootstrap').waitFor({ state: 'visible' });
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.part('run-progress').waitFor({ state: 'detached', timeout: 60_000 });
  });
});
