import { createHash } from 'node:crypto';
import type { Architecture, Scenario } from '../core/model/index.ts';
import { type Column, type Sample, summariseSamples } from '../core/simulation/index.ts';
import type { Shard } from '../protocol/shards.ts';
import { CallError } from './call.ts';
import { decodeColumn, encodeColumn } from './columns.ts';
import { version } from './package-files.ts';
import type { Simulated } from './simulation-output.ts';

export type ShardResult = Shard['results'][number];

/** What some runs of a scenario came to, for `merge`. */
export const shardResult = (
  { times, firstStepSeconds, horizonSeconds, recoveryLevels, runs, services, components }: Sample,
  { architecture, scenario, expectations }: Omit<Simulated, 'summary'>,
): ShardResult => ({
  architecture,
  scenario,
  runs,
  horizon: horizonSeconds,
  firstStep: firstStepSeconds,
  times: [...times],
  recoveryLevels: [...recoveryLevels],
  services: services.map(({ name, level, lowest, recovery }) => ({
    name,
    level: encodeColumn(level()),
    lowest: [...lowest],
    recovery: recovery.map((of) => [...of]),
  })),
  components: components.map(({ name, up, starting, down }) => ({
    name,
    up: encodeColumn(up()),
    starting: encodeColumn(starting()),
    down: encodeColumn(down()),
  })),
  expectations: [...expectations],
});

/** Shards of one simulation have one, those of another have another. */
export const fingerprintOf = (
  studies: readonly { readonly architecture: Architecture; readonly scenario: Scenario }[],
  options: { readonly runs: number; readonly firstSeed: number; readonly everySeconds: number | undefined },
): string =>
  createHash('sha256')
    .update(JSON.stringify([version(), studies, options]))
    .digest('hex');

/** Of all of a shard but its own `digest`. */
export function digestOf(shard: object): string {
  const { digest: _, ...rest } = shard as { readonly digest?: unknown };
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
}

export interface NamedShard {
  readonly name: string;
  readonly shard: Shard;
}

/**
 * The whole of a simulation from its shards, in whatever order; a `CallError` says what is missing or does not fit. What is no
 * part of the simulation, and so may differ (the file's name, where words stand in it), is that of the shard that counts first.
 */
export function mergeShards(given: readonly NamedShard[]): {
  readonly file: string;
  readonly simulated: readonly Simulated[];
} {
  const shards = given.toSorted((a, b) => a.shard.shard.index - b.shard.shard.index);
  const [first] = shards;
  if (!first) throw new CallError('merge takes the shards of one simulation');
  const { of } = first.shard.shard;
  const byIndex = new Map<number, NamedShard>();
  for (const one of shards) {
    const { fingerprint, shard } = one.shard;
    if (fingerprint !== first.shard.fingerprint)
      throw new CallError(`${one.name} and ${first.name} are shards of different simulations`);
    if (shard.of !== of) throw new CallError(`${one.name} is one of ${shard.of} shards, ${first.name} one of ${of}`);
    if (shard.index > of) throw new CallError(`${one.name} is shard ${shard.index} of ${of}, which cannot be`);
    const twin = byIndex.get(shard.index);
    if (twin) throw new CallError(`shard ${shard.index}/${of} is there twice: ${twin.name} and ${one.name}`);
    byIndex.set(shard.index, one);
  }
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !byIndex.has(index));
  if (missing.length > 0) throw new CallError(missingWords(missing, of));
  const { firstSeed, runs } = first.shard;
  const simulated = first.shard.results.map(({ architecture, scenario, expectations, horizon, times }, index) => {
    const parts = [...byIndex.values()].map(({ name, shard }) => sampleOfResult(name, shard.results[index]));
    const model = {
      name: scenario,
      horizonSeconds: horizon,
      steps: [],
      expectations: expectations.map(({ expectation }) => expectation),
    };
    const found = parts.reduce((sum, part) => sum + part.runs, 0);
    if (found !== runs)
      throw new CallError(`the shards hold ${found} runs of ${scenario}, where ${runs} were asked for`);
    const fits = parts.every((part) => part.times.length === times.length);
    if (!fits) throw new CallError(`the shards of ${scenario} were not taken at the same moments`);
    return { architecture, scenario, expectations, summary: summariseSamples(parts, model, firstSeed) };
  });
  return { file: first.shard.file, simulated };
}

/** Ten of them tell what is wrong as well as a thousand. */
const MOST_NAMED = 10;

function missingWords(missing: readonly number[], of: number): string {
  const named = missing.slice(0, MOST_NAMED).join(', ');
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : '';
  return missing.length === 1 ? `shard ${named}/${of} is missing` : `of ${of} shards ${named}${more} are missing`;
}

function sampleOfResult(file: string, result: ShardResult | undefined): Sample {
  const broken = (): never => {
    throw new CallError(`${file}: is a shard that was damaged`);
  };
  if (!result) return broken();
  const { runs, times, recoveryLevels } = result;
  const column = (text: string) => (): Column => decodeColumn(text, times.length, runs) ?? broken();
  const none = (): Column => ({ moments: 0, runs: 0, values: new Float64Array() });
  return {
    times,
    firstStepSeconds: result.firstStep,
    horizonSeconds: result.horizon,
    recoveryLevels,
    runs,
    services: result.services.map(({ name, level, lowest, recovery }) => {
      const isWhole = [lowest, ...recovery].every(({ length }) => length === runs);
      if (!isWhole || recovery.length !== recoveryLevels.length) return broken();
      return { name, level: column(level), lowest, recovery };
    }),
    components: result.components.map(({ name, up, starting, down }) => ({
      name,
      up: column(up),
      starting: column(starting),
      down: column(down),
      load: none,
    })),
  };
}
