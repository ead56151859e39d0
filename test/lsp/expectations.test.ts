import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Diagnostic, InlayHint } from 'vscode-languageserver-protocol';
import { JOBS, type RunsJob } from '../../language/workers/jobs.ts';
import { JobEnded, type JobRunner } from '../../language/workers/runner.ts';
import { Client } from './client.ts';

const FILE = 'review.p2parch';
const TEXT = `architecture A {
  users Client { instances 1_000 needs Server restarts in 1 min }
  company Server { instances 4 serves 500 Client restarts in 30 min }
  service Calling for Client needs Server
}
scenario Crash on A {
  at 1 min crash Server
  run 5 h
  expect Calling back to 95% within 2 min
  expect Calling never below 0%
}
`;

/** Does the runs of studies, each study when it is let go; remembers what was begun and what was ended before. */
class Gate implements JobRunner {
  readonly width = 1;
  private readonly studies = new Set<string>();
  ended = 0;
  private open: () => void = () => {};

  get begun(): number {
    return this.studies.size;
  }

  run: JobRunner['run'] = (async (kind: 'runs', input: RunsJob, options?: { signal?: AbortSignal }) => {
    if (this.studies.has(input.study)) return JOBS[kind](input);
    this.studies.add(input.study);
    await new Promise<void>((resolve, reject) => {
      this.open = resolve;
      options?.signal?.addEventListener('abort', () => {
        this.ended++;
        reject(new JobEnded('cancelled'));
      });
    });
    return JOBS[kind](input);
  }) as never;

  letGo(): void {
    this.open();
  }

  async dispose(): Promise<void> {}
}

let client: Client;
afterEach(() => client.stop());

async function started(): Promise<Gate> {
  const gate = new Gate();
  client = await Client.start({ [FILE]: TEXT }, gate);
  await client.configure({ runs: 20, today: '2026-01-01' });
  await client.open(FILE, TEXT);
  return gate;
}

const codes = (): (string | number | undefined)[] =>
  (client.published.findLast(({ file }) => file === FILE)?.diagnostics ?? []).map(({ code }: Diagnostic) => code);

const hintsAt = async (words: string): Promise<unknown[]> => {
  const lines = TEXT.split('\n');
  const range = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
  const hints = (await client.ask<InlayHint[] | null>('textDocument/inlayHint', FILE, { range })) ?? [];
  return hints.filter(({ position }) => lines[position.line]?.includes(words)).map(({ label }) => label);
};

describe('findings that need runs', () => {
  it('come after those that do not, with the figure at each expect', async () => {
    const gate = await started();
    expect(codes()).not.toContain('expectation-failed');
    await vi.waitUntil(() => gate.begun === 1, { timeout: 10_000 });
    expect(await hintsAt('expect')).toEqual([]);
    gate.letGo();
    await vi.waitUntil(() => codes().includes('expectation-failed'), { timeout: 10_000 });
    expect(await hintsAt('back to 95%')).toEqual([expect.stringMatching(/^✗ after \d+ (min|h)/)]);
    expect(await hintsAt('never below')).toEqual(['✓ 0% at the lowest']);
  });

  it('are dropped by the next keystroke, which ends the runs, and never told of an old text', async () => {
    const gate = await started();
    await vi.waitUntil(() => gate.begun === 1, { timeout: 10_000 });
    await client.edit(FILE, TEXT.replace('30 min', '31 min'));
    expect(gate.ended).toBe(1);
    expect(codes()).not.toContain('expectation-failed');
    await vi.waitUntil(() => gate.begun === 2, { timeout: 10_000 });
    gate.letGo();
    await vi.waitUntil(() => codes().includes('expectation-failed'), { timeout: 10_000 });
    await client.edit(FILE, TEXT.replace('30 min', '32 min'));
    expect(codes()).not.toContain('expectation-failed');
    expect(await hintsAt('expect')).toEqual([]);
  });

  it('are there at once where the runs are known: a comment changes none of them', async () => {
    const gate = await started();
    await vi.waitUntil(() => gate.begun === 1, { timeout: 10_000 });
    gate.letGo();
    await vi.waitUntil(() => codes().includes('expectation-failed'), { timeout: 10_000 });
    await client.edit(FILE, `// a comment\n${TEXT}`);
    expect(codes()).toContain('expectation-failed');
    expect(gate.begun).toBe(1);
  });
});
