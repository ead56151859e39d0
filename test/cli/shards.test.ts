import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeColumn, encodeColumn } from '../../language/cli/columns.ts';
import { mergeShards, type NamedShard, shardResult } from '../../language/cli/shards.ts';
import { simulationOutput } from '../../language/cli/simulation-output.ts';
import { compile, runPartial, sampleOf, shardOf, summarisePartial } from '../../language/core/simulation/index.ts';
import { type Shard, shardSchema } from '../../language/protocol/shards.ts';
import { systems } from '../simulation/generate.ts';
import { EXAMPLES, p2parch } from './run.ts';

const EVERYTHING = ['text', 'json', 'csv'] as const;

describe('shards of any system', () => {
  it('merge in any order to the bytes of one piece, whatever is asked for', () => {
    fc.assert(
      fc.property(
        systems,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(1000),
        ({ model, story, seed: firstSeed }, runs, of, turn) => {
          const program = compile(model, story, { everySeconds: story.horizonSeconds / 20 });
          const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } };
          const expectations = story.expectations.map((expectation) => ({ text: 'expect', range, expectation }));
          const about = { architecture: model.name, scenario: story.name, expectations };
          const whole = { ...about, summary: summarisePartial(runPartial(program, firstSeed, runs), story) };
          const shards = Array.from({ length: of }, (_, at): NamedShard => {
            const part = shardOf(firstSeed, runs, at + 1, of);
            const results = [shardResult(sampleOf(runPartial(program, part.firstSeed, part.runs)), about)];
            const frame = {
              version: 1,
              kind: 'shard',
              file: 'f',
              fingerprint: '',
              runs,
              firstSeed,
              digest: '',
            } as const;
            const shard: Shard = { ...frame, shard: { index: at + 1, of }, results };
            return { name: `${at}.json`, shard: shardSchema.parse(JSON.parse(JSON.stringify(shard))) };
          });
          shards.push(...shards.splice(0, turn % of));
          if (turn % 2 === 1) shards.reverse();
          for (const format of EVERYTHING)
            expect(simulationOutput('f', mergeShards(shards).simulated, format)).toEqual(
              simulationOutput('f', [whole], format),
            );
        },
      ),
      { numRuns: 25 },
    );
  });

  it('keep every bit of their numbers', () => {
    const values = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, (list) => {
        const column = { moments: 1, runs: list.length, values: Float64Array.from(list) };
        const back = decodeColumn(encodeColumn(column), 1, list.length);
        expect(back?.values.every((value, at) => Object.is(value, column.values[at]))).toBe(true);
        expect(decodeColumn(encodeColumn(column), 2, list.length)).toBeUndefined();
      }),
    );
    expect(decodeColumn('no column', 1, 1)).toBeUndefined();
  });
});

describe('p2parch simulate --shard and merge', () => {
  let folder: string;
  const file = (name: string): string => path.join(folder, name);
  const CALL = ['simulate', 'supernodes-or-servers.p2parch', '--runs', '7', '--every', '6h'];
  const shard = async (index: number, of: number, name = `${index}of${of}.json`, ...more: string[]) => {
    const { status, stdout, stderr } = await p2parch([...CALL, '--shard', `${index}/${of}`, ...more]);
    expect([status, stderr]).toEqual([0, '']);
    writeFileSync(file(name), stdout);
    return file(name);
  };
  let three: string[];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'p2parch-shards-'));
    three = [await shard(1, 3), await shard(2, 3), await shard(3, 3)];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(EVERYTHING)('give the bytes of one piece as %s', async (format) => {
    const whole = await p2parch([...CALL, '--format', format]);
    const [first = '', second = '', third = ''] = three;
    expect(await p2parch(['merge', third, first, second, '--format', format])).toEqual(whole);
  });

  it('read a shard from standard input', async () => {
    const [first = '', second = '', third = ''] = three;
    const whole = await p2parch(CALL);
    expect(await p2parch(['merge', first, '-', third], readFileSync(second))).toEqual(whole);
  });

  it('give the same bytes in any order, also where the file lay elsewhere and its words stood on other lines', async () => {
    const text = readFileSync(path.join(EXAMPLES, 'kazaa.p2parch'), 'utf8');
    writeFileSync(file('here.p2parch'), text);
    writeFileSync(file('there.p2parch'), `// Moved.\n${text}`);
    const call = (name: string, ...more: string[]) =>
      p2parch(['simulate', file(name), '--scenario', 'BadRelease', '--runs', '3', '--every', '2h', ...more]);
    const part = async (index: number, name: string): Promise<string> => {
      const { stdout } = await call(name, '--shard', `${index}/2`);
      writeFileSync(file(`${name}.${index}.json`), stdout);
      return file(`${name}.${index}.json`);
    };
    const [first, second] = [await part(1, 'here.p2parch'), await part(2, 'there.p2parch')];
    for (const format of EVERYTHING) {
      const whole = await call('here.p2parch', '--format', format);
      expect(await p2parch(['merge', first, second, '--format', format])).toEqual(whole);
      expect(await p2parch(['merge', second, first, '--format', format])).toEqual(whole);
    }
  });

  it('say in one line what does not fit, and end with 2', async () => {
    const [first = '', second = '', third = ''] = three;
    const other = await shard(2, 3, 'other.json', '--seed', '9');
    writeFileSync(file('text.json'), 'no JSON');
    writeFileSync(file('report.json'), '{"version":1}');
    const cut = JSON.parse(readFileSync(third, 'utf8')) as Shard;
    const { results } = cut;
    const changes: readonly Partial<Shard>[] = [
      { results: results.map((one) => ({ ...one, components: one.components.toReversed() })) },
      { results: results.map((one) => ({ ...one, components: [...one.components, ...one.components] })) },
      { results: results.map((one) => ({ ...one, times: one.times.map((time) => time + 1) })) },
      { results: results.slice(1) },
      { results: results.toReversed() },
      { firstSeed: cut.firstSeed + 1 },
      { shard: { index: 3, of: 5_000_000_000 } },
    ];
    const damaged = results.map((result) => ({
      ...result,
      components: result.components.map((one) => ({ ...one, up: one.up.slice(0, -8) })),
    }));
    const refused = async (...files: string[]) => {
      const { status, stdout, stderr } = await p2parch(['merge', ...files]);
      return [status, stdout, stderr.replaceAll(folder + path.sep, '')];
    };
    const line = (words: string) => [2, '', `p2parch: ${words}\n`];
    expect(await refused(first, third)).toEqual(line('shard 2/3 is missing'));
    expect(await refused(third)).toEqual(line('of 3 shards 1, 2 are missing'));
    expect(await refused(first, second, first, third)).toEqual(
      line('shard 1/3 is there twice: 1of3.json and 1of3.json'),
    );
    expect(await refused(first, other, third)).toEqual(
      line('other.json and 1of3.json are shards of different simulations'),
    );
    expect(await refused(first, await shard(2, 2), third)).toEqual(
      line('2of2.json is one of 2 shards, 1of3.json one of 3'),
    );
    for (const change of [{ results: damaged }, ...changes]) {
      writeFileSync(file('changed.json'), JSON.stringify({ ...cut, ...change }));
      const changed = line('changed.json: was changed after simulate wrote it');
      expect(await refused(first, second, file('changed.json'))).toEqual(changed);
    }
    // White space is no part of it.
    writeFileSync(file('spaced.json'), JSON.stringify(cut, null, 2));
    expect(await refused(first, second, file('spaced.json'))).toEqual(await refused(first, second, third));
    expect(await refused(file('text.json'))).toEqual(line('text.json: is no shard of a simulation, for it is no JSON'));
    expect(await refused(file('report.json'))).toEqual(
      line('report.json: is no shard of a simulation (simulate --shard i/n makes them)'),
    );
    expect(await refused(file('none.json'))).toEqual(line('none.json: cannot be read (no such file)'));
    expect(await refused()).toEqual(line('merge takes the files that simulate --shard gave'));
  });

  it.each([
    ['0/3', /--shard takes i\/n/],
    ['4/3', /--shard takes i\/n/],
    ['1', /--shard takes i\/n/],
  ])('take no shard %s', async (asked, words) => {
    const { status, stderr } = await p2parch([...CALL, '--shard', asked]);
    expect(status).toBe(2);
    expect(stderr).toMatch(words);
  });

  it('may be more than there are runs', async () => {
    const call = ['simulate', 'kazaa.p2parch', '--runs', '2', '--every', '6h'];
    const files = await Promise.all(
      [1, 2, 3].map(async (index) => {
        const { stdout } = await p2parch([...call, '--shard', `${index}/3`]);
        writeFileSync(file(`few${index}.json`), stdout);
        return file(`few${index}.json`);
      }),
    );
    expect(await p2parch(['merge', ...files])).toEqual(await p2parch(call));
  });
});
