import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { shardSchema } from '../protocol/shards.ts';
import { CallError, type Command, oneOf, readCall, reasonOf } from './call.ts';
import { progress } from './progress.ts';
import { digestOf, mergeShards, type NamedShard } from './shards.ts';
import { FORMATS, simulationOutput } from './simulation-output.ts';

export const merge: Command = {
  name: 'merge',
  usage: 'RESULT… [--format text|json|csv]',
  summary: 'all shards of one simulation put together, to what it would have said in one piece',
  async run(args) {
    const { values, positionals } = readCall(args, { format: { type: 'string', default: 'text' } });
    const format = oneOf('format', values.format, FORMATS);
    if (positionals.length === 0) throw new CallError('merge takes the files that simulate --shard gave');
    const shards: NamedShard[] = [];
    for (const [index, name] of positionals.entries()) {
      progress(`reading ${index + 1} of ${positionals.length} shards`);
      shards.push(await readShard(name));
    }
    progress(`putting ${positionals.length} shards together`);
    const { file, simulated } = mergeShards(shards);
    return simulationOutput(file, simulated, format);
  },
};

async function readShard(name: string): Promise<NamedShard> {
  let content: string;
  try {
    content = name === '-' ? await text(process.stdin) : await readFile(name, 'utf8');
  } catch (error) {
    throw new CallError(`${name}: cannot be read (${reasonOf(error, 'no such file')})`);
  }
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new CallError(`${name}: is no shard of a simulation, for it is no JSON`);
  }
  const parsed = shardSchema.safeParse(value);
  if (!parsed.success) throw new CallError(`${name}: is no shard of a simulation (simulate --shard i/n makes them)`);
  if (digestOf(value as object) !== parsed.data.digest)
    throw new CallError(`${name}: was changed after simulate wrote it`);
  return { name, shard: parsed.data };
}
