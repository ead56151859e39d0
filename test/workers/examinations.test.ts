import { expect, it } from 'vitest';
import type { Expectation } from '../../language/core/model/index.ts';
import { sensitivity } from '../../language/core/simulation/index.ts';
import { examine } from '../../language/workers/examinations.ts';
import { JOBS } from '../../language/workers/jobs.ts';
import type { JobRunner } from '../../language/workers/runner.ts';
import { architecture, component, crash, HOUR, MINUTE, scenario, service } from '../simulation/build.ts';

const runner: JobRunner = {
  width: 3,
  run: async (kind, input) => JOBS[kind](structuredClone(input) as never),
  dispose: async () => {},
};

const model = architecture(
  [
    component('Seed', 1),
    component('Super', 2000, { serves: { X: 10 }, promotedFrom: ['Seed', 50 / MINUTE] }),
    component('X', 20_000, { needs: 'Super' }),
  ],
  [service('S', 'Super', 'X')],
);

it('an examination on several threads comes to what one comes to, and tells of its numbers', async () => {
  const expectations: Expectation[] = [{ kind: 'backTo', service: 'S', level: 0.9, withinSeconds: 10 * MINUTE }];
  const story = scenario(2 * HOUR, [[0, crash('Super')]], expectations);
  const told: string[] = [];
  const found = await examine(
    runner,
    { architecture: model, scenario: story },
    { runs: 10, firstSeed: 1 },
    { onProgress: (done, of) => told.push(`${done} of ${of}`) },
  );
  expect(found).toEqual(sensitivity(model, story, { runs: 10, seed: 1 }));
  const count = found.numbers.length;
  expect(told).toEqual(Array.from({ length: count + 1 }, (_, done) => `${done} of ${count}`));
});
