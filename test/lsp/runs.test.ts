import { afterEach, describe, expect, it } from 'vitest';
import { recoveryReplySchema } from '../../language/protocol/pictures.ts';
import {
  NUMBERS_REQUEST,
  numbersReplySchema,
  RECOVERY_PROGRESS,
  type RecoveryProgress,
  recoveryProgressSchema,
  SENSITIVITY_PROGRESS,
  SENSITIVITY_REQUEST,
  type SensitivityProgress,
  sensitivityProgressSchema,
  sensitivityReplySchema,
} from '../../language/protocol/runs.ts';
import { JOBS, type RunsJob } from '../../language/workers/jobs.ts';
import type { JobRunner } from '../../language/workers/runner.ts';
import { Client } from './client.ts';

const FILE = 'review.p2parch';
const TEXT = `architecture A {
  users Client { instances 1_000 needs Server restarts in 1 min }
  company Server { instances 4 serves 500 Client restarts in 30 min }
  service Calling for Client needs Server
}
architecture B extends A {
  company Server { instances 8 serves 500 Client restarts in 30 min }
}
scenario Crash on A, B {
  at 1 min crash Server
  run 5 h
  expect Calling back to 95% within 2 min
}
`;

/** Does jobs here, runs after the picture, so that there is something to be shown while they go on. */
const inline: JobRunner = {
  width: 2,
  run: async (kind, input) => {
    if (kind === 'runs' && (input as RunsJob).firstSeed > 2) await drawn;
    const output = await JOBS[kind](input as never);
    if (kind === 'layout') setTimeout(isDrawn, 20);
    return output;
  },
  dispose: async () => {},
};
let isDrawn = (): void => {};
const drawn = new Promise<void>((resolve) => {
  isDrawn = resolve;
});

let client: Client;
afterEach(() => client.stop());

async function started(): Promise<RecoveryProgress[]> {
  client = await Client.start({ [FILE]: TEXT }, inline);
  await client.open(FILE, TEXT);
  const told: RecoveryProgress[] = [];
  client.onNotification(RECOVERY_PROGRESS, (progress) => told.push(recoveryProgressSchema.parse(progress)));
  return told;
}

const ask = async (more: object = {}) => {
  const request = { uri: client.uri(FILE), scenario: 'Crash', architectures: ['A', 'B'], runs: 40, firstSeed: 1 };
  const reply = recoveryReplySchema.parse(await client.request('p2parch/recovery', { ...request, ...more }));
  return reply.kind === 'recovery' ? reply.recovery : expect.fail(reply.message);
};

describe('a recovery', () => {
  it('is told of while it runs, if it has a token, and first results come before the last', async () => {
    const told = await started();
    const whole = await ask({ token: 'mine' });
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told.map(({ token, runs }) => `${token} ${runs}`))).toEqual(new Set(['mine 80']));
    const done = told.map(({ doneRuns }) => doneRuns);
    expect(done).toEqual([...done].sort((left, right) => left - right));
    const early = told.find(({ recovery }) => recovery)?.recovery;
    expect(early?.results.map(({ architecture }) => architecture)).toEqual(['A', 'B']);
    for (const { runs } of early?.results ?? []) expect(runs).toBeLessThan(40);
    expect(whole.results.map(({ runs }) => runs)).toEqual([40, 40]);
    told.length = 0;
    expect(await ask()).toEqual(whole);
    expect(told).toEqual([]);
  });

  it('with other numbers is that of a text with those numbers', async () => {
    await started();
    const uri = client.uri(FILE);
    const reply = numbersReplySchema.parse(await client.request(NUMBERS_REQUEST, { uri, architecture: 'A' }));
    const numbers = reply.kind === 'numbers' ? reply.numbers : expect.fail(reply.message);
    const restart = numbers.find(({ text }) => text === '30 min') ?? expect.fail();
    expect(`${restart.title} ${restart.words} ${restart.text}`).toBe('Server restarts in 30 min');
    const { uri: where = '', range = expect.fail() } = restart.source ?? {};
    expect([where, client.textIn(FILE, range)]).toEqual([uri, '30 min']);
    expect(restart.least).toBeLessThan(restart.value / 10);
    expect(restart.most).toBeGreaterThan(restart.value * 10);
    const before = await ask({ architectures: ['A'] });
    const asked = await ask({ architectures: ['A'], changes: [{ id: restart.id, value: 60 }] });
    expect(asked.results[0]?.services).not.toEqual(before.results[0]?.services);
    await client.edit(FILE, TEXT.replace('30 min', '1 min'));
    const written = await ask({ architectures: ['A'] });
    expect(asked.results).toEqual(written.results);
  });

  it('offers the numbers of its scenario where one is named, each tried as if it stood in the text', async () => {
    await started();
    const uri = client.uri(FILE);
    const idsOf = async (more: object): Promise<string[]> => {
      const reply = numbersReplySchema.parse(
        await client.request(NUMBERS_REQUEST, { uri, architecture: 'B', ...more }),
      );
      return reply.kind === 'numbers' ? reply.numbers.map(({ id }) => id) : expect.fail(reply.message);
    };
    const ofArchitecture = await idsOf({});
    expect(await idsOf({ scenario: 'Crash' })).toEqual(['scenario/0', ...ofArchitecture]);
    expect(await idsOf({ scenario: 'Elsewhere' })).toEqual(ofArchitecture);
    const asked = await ask({ changes: [{ id: 'scenario/0', value: 0.25 }] });
    await client.edit(FILE, TEXT.replace('crash Server', 'crash 25% of Server'));
    const written = await ask();
    expect(asked.results).toEqual(written.results);
    expect(asked.scenario).toEqual(written.scenario);
  });
});

describe('what a recovery depends on', () => {
  const request = (more: object = {}) => ({
    uri: client.uri(FILE),
    architecture: 'A',
    scenario: 'Crash',
    runs: 10,
    firstSeed: 1,
    ...more,
  });

  it('is told number by number, with what would just meet the expectation in words', async () => {
    await started();
    const told: SensitivityProgress[] = [];
    client.onNotification(SENSITIVITY_PROGRESS, (progress) => told.push(sensitivityProgressSchema.parse(progress)));
    const reply = sensitivityReplySchema.parse(await client.request(SENSITIVITY_REQUEST, request({ token: 'mine' })));
    const { expectations, numbers } = reply.kind === 'sensitivity' ? reply.sensitivity : expect.fail(reply.message);
    const restart = numbers.find(({ number }) => number.id === 'Server/restart time');
    expect(numbers.map(({ number }) => number.id).sort()).toEqual([
      'Client/instances',
      'Client/restart time',
      'Server/capacity/0',
      'Server/instances',
      'Server/restart time',
      'scenario/0',
    ]);
    const turn = restart?.turns[0]?.value ?? Number.NaN;
    expect(expectations[0]?.holds).toBe(false);
    expect(expectations[0]?.remedies).toContainEqual(
      expect.stringMatching(/^restart Server \d+(\.\d+)? times faster \(\d+(\.\d+)? (s|min)\)$/),
    );
    expect(told.at(-1)).toEqual({ token: 'mine', doneNumbers: numbers.length, numbers: numbers.length });
    // Written into the text it meets the expectation.
    const seconds = Math.floor(turn);
    await client.edit(FILE, TEXT.replace('restarts in 30 min', `restarts in ${seconds} s`));
    const mended = sensitivityReplySchema.parse(await client.request(SENSITIVITY_REQUEST, request()));
    expect(mended.kind === 'sensitivity' && mended.sensitivity.expectations[0]?.holds).toBe(true);
  });

  it('is refused in words where there is no such scenario', async () => {
    await started();
    expect(await client.request(SENSITIVITY_REQUEST, request({ scenario: 'Nope' }))).toEqual({
      kind: 'refusal',
      message: 'There is no scenario Nope on A.',
    });
  });
});
