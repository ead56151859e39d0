import type { Scenario } from '../core/model/index.ts';
import { type Sample, sampleOf, shardOf, summarisePartial } from '../core/simulation/index.ts';
import { countWords } from '../core/words/index.ts';
import type { Shard } from '../protocol/shards.ts';
import { CallError, type Command, durationOption, oneOf, onlyFile, readCall, wholeNumber } from './call.ts';
import { chooseScenarios, soundFile } from './choose.ts';
import { allRuns } from './runs.ts';
import { digestOf, fingerprintOf, shardResult } from './shards.ts';
import { described, FORMATS, type Simulated, simulationOutput } from './simulation-output.ts';

export const simulate: Command = {
  name: 'simulate',
  usage:
    'FILE [--architecture A] [--scenario S] [--runs N] [--seed N] [--every DURATION] [--shard i/n | --sensitivity] [--format text|json|csv]',
  summary: 'crash and recovery, over many runs; or one of n shards of them, for merge',
  async run(args) {
    const { values, positionals } = readCall(args, {
      architecture: { type: 'string' },
      scenario: { type: 'string' },
      runs: { type: 'string' },
      seed: { type: 'string', default: '1' },
      every: { type: 'string' },
      shard: { type: 'string' },
      sensitivity: { type: 'boolean', default: false },
      format: { type: 'string' },
    });
    const format = oneOf('format', values.format ?? 'text', FORMATS);
    const runs = wholeNumber('runs', values.runs ?? '100', 1, MOST_RUNS);
    const firstSeed = wholeNumber('seed', values.seed, 0, 2 ** 32 - 1);
    const everySeconds = values.every === undefined ? undefined : durationOption('every', values.every);
    const shard = values.shard === undefined ? undefined : shardOption(values.shard);
    if (shard && values.format !== undefined && format !== 'json') throw new CallError('--shard gives JSON, for merge');
    if (values.sensitivity && (shard || format === 'csv'))
      throw new CallError('--sensitivity gives text or JSON, in one piece');
    if (values.sensitivity && everySeconds !== undefined) throw new CallError('--sensitivity takes no --every');
    const sound = await soundFile(onlyFile('simulate', positionals));
    const { models } = sound.language.problems.Problems;
    const studies = chooseScenarios(sound, values).map((lowered) => {
      const target = models.lower(lowered.architecture);
      return { lowered, target, architecture: target.model, scenario: lowered.model };
    });
    for (const { scenario } of studies) checkSamples(scenario, everySeconds);
    if (values.sensitivity) {
      const { sensitivityOutput } = await import('./sensitivity.ts');
      return sensitivityOutput(sound.file.name, studies, { runs, firstSeed }, format === 'json' ? format : 'text');
    }
    const part = shard ? shardOf(firstSeed, runs, shard.index, shard.of) : { firstSeed, runs };
    const simulated: Simulated[] = [];
    const results: Shard['results'] = [];
    for (const { lowered, architecture, scenario } of studies) {
      const name = `${scenario.name} on ${architecture.name}`;
      const every = everySeconds === undefined ? {} : { everySeconds };
      const partial = await allRuns(name, { architecture, scenario, ...part, ...every });
      if (shard) results.push(shardResult(sampleOf(partial) satisfies Sample, described(lowered)));
      else simulated.push({ ...described(lowered), summary: summarisePartial(partial, scenario) });
    }
    if (!shard) return simulationOutput(sound.file.name, simulated, format);
    const fingerprint = fingerprintOf(
      studies.map(({ architecture, scenario }) => ({ architecture, scenario })),
      { runs, firstSeed, everySeconds },
    );
    const whole: Omit<Shard, 'digest'> = {
      version: 1,
      kind: 'shard',
      file: sound.file.name,
      fingerprint,
      shard,
      runs,
      firstSeed,
      results,
    };
    const signed: Shard = { ...whole, digest: digestOf(whole) };
    return { output: `${JSON.stringify(signed)}\n`, status: 0 };
  },
};

/** Of one study, whose shards each take a part. */
const MOST_RUNS = 100_000_000;
const MOST_SHARDS = 1_000_000;

/** Results are held in memory, and nobody reads more. */
const MOST_SAMPLES = 100_000;

function checkSamples({ name, horizonSeconds }: Scenario, everySeconds = horizonSeconds): void {
  const samples = Math.ceil(horizonSeconds / everySeconds);
  if (samples <= MOST_SAMPLES) return;
  throw new CallError(
    `--every asks for ${countWords(samples)} samples of ${name}; at most ${countWords(MOST_SAMPLES)} are taken`,
  );
}

function shardOption(value: string): { readonly index: number; readonly of: number } {
  const [index, of] = (/^(\d+)\/(\d+)$/.exec(value) ?? []).slice(1).map(Number);
  if (index !== undefined && of !== undefined && index >= 1 && index <= of && of <= MOST_SHARDS) return { index, of };
  throw new CallError(`--shard takes i/n with i from 1 to n, such as 3/8, not "${value}"`);
}
