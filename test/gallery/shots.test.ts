import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { JOBS } from '../../language/workers/jobs.ts';
import type { JobRunner } from '../../language/workers/runner.ts';
import { shotsOf } from './shots.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../extension/examples');

const HERE = {
  width: 1,
  run: (kind, input) => JOBS[kind](input as never),
  dispose: async () => undefined,
} as JobRunner;

test('The gallery shows every architecture of every example at rest and failed, and every scenario on all that it runs on', async () => {
  const shots = await shotsOf(FOLDER, HERE, { runs: 1, size: { width: 1600, height: 1000 }, today: '2026-01-01' });
  // Read from the texts alone: what begins a line there is what there is.
  const wanted = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.p2parch'))
    .flatMap((name) => {
      const text = readFileSync(path.join(FOLDER, name), 'utf8');
      const file = path.basename(name, '.p2parch');
      const architectures = [...text.matchAll(/^architecture (\w+)/gm)].flatMap(([, word]) =>
        ['', '.failures', '.faultTree'].map((how) => [`${file}.${word}${how}`, [word]]),
      );
      const scenarios = [...text.matchAll(/^scenario (\w+)[^{]*? on ([\w, ]+) \{/gm)].map(([, word, on]) => [
        `${file}.${word}.recovery`,
        on?.split(', '),
      ]);
      return [...architectures, ...scenarios];
    });
  const shown = shots.map(({ name, picture, playing }) => [
    name,
    playing?.recovery.results.map(({ architecture }) => architecture) ?? [picture.architecture],
  ]);
  expect(shown).toEqual(wanted);
  expect(shown.length).toBeGreaterThan(30);
});

test('A recovery is shown at a moment of its run when nothing is lower than its first service is then', async () => {
  const shots = await shotsOf(path.join(FOLDER, 'kazaa.p2parch'), HERE, {
    runs: 1,
    size: { width: 1600, height: 1000 },
    today: '2026-01-01',
  });
  const playing = shots.flatMap((shot) => shot.playing ?? []);
  expect(playing.length).toBeGreaterThan(0);
  for (const { recovery, atSeconds } of playing) {
    const [result] = recovery.results;
    const levels = result?.services[0]?.played ?? [];
    expect(levels[result?.times.indexOf(atSeconds) ?? -1]).toBe(Math.min(...levels));
  }
});

test('A recovery in which nothing is lost is shown with what is down, and not before it was', async () => {
  const shots = await shotsOf(path.join(FOLDER, 'tor-2021.p2parch'), HERE, {
    runs: 1,
    size: { width: 1600, height: 1000 },
    today: '2026-01-01',
  });
  const { playing } = shots.find(({ name }) => name === 'tor-2021.FourLost.recovery') ?? {};
  const [result] = playing?.recovery.results ?? [];
  const at = result?.times.indexOf(playing?.atSeconds ?? -1) ?? -1;
  expect(result?.pools.filter(({ down }) => down[at] === 1).map(({ name }) => name)).toHaveLength(4);
});

test('In failure mode what takes most down has failed, and services are lost with it', async () => {
  const shots = await shotsOf(path.join(FOLDER, 'kazaa.p2parch'), HERE, {
    runs: 1,
    size: { width: 1600, height: 1000 },
    today: '2026-01-01',
  });
  const failing = shots.flatMap((shot) => (shot.failing?.mode === 'failures' ? [shot.failing] : []));
  expect(failing.length).toBeGreaterThan(0);
  for (const { failed, answers } of failing) {
    const [failures, losses] = answers;
    if (failures?.kind !== 'failures' || losses?.kind !== 'losses') throw new Error('other answers');
    expect(losses.failed).toEqual(failed);
    expect(losses.services.length).toBe(Math.max(...failures.failures.map(({ services }) => services)));
  }
});
