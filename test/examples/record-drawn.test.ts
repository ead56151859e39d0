import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FileSystemNode, type FileSystemProvider, type LangiumDocument, URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../language/drawing/records.ts';
import { RECORDS } from './record.ts';

const folder = pathToFileURL(path.resolve(import.meta.dirname, '../../extension/examples')).href;
const documentAt = (name: string): LangiumDocument =>
  ({ uri: URI.parse(`${folder}/${name}`) }) as Partial<LangiumDocument> as LangiumDocument;
const real = NodeFileSystem.fileSystemProvider();

/** A file system with one folder of records, each a text. */
const holding = (texts: readonly string[]): FileSystemProvider =>
  ({
    readDirectory: async (uri: URI): Promise<FileSystemNode[]> =>
      texts.map((_, index) => ({
        uri: uri.with({ path: `${uri.path}/${index}.json` }),
        isFile: true,
        isDirectory: false,
      })),
    readFile: async (uri: URI) => texts[Number(/(\d+)\.json$/.exec(uri.path)?.[1])] ?? '',
  }) as Partial<FileSystemProvider> as FileSystemProvider;

describe('the record beside a file', () => {
  it.each(Object.entries(RECORDS))('%s is found by its example, scenario and architecture', async (_, record) => {
    const { example, architecture, scenario, service, points } = record;
    const story = { name: scenario, firstStepSeconds: 100 };
    const found = await recordsOf(real, documentAt(example), story, [architecture, 'Other']);
    const mine = found.find(({ title }) => title === record.title);
    expect(mine).toMatchObject({ architecture, service });
    expect(mine?.points.map(({ atSeconds, level }) => [atSeconds, level])).toEqual(
      points.map(({ hours, level }) => [100 + hours * 3600, level]),
    );
    for (const { low, level, high } of mine?.points ?? []) expect(low <= level && level <= high).toBe(true);
    expect(mine?.sources.length).toBeGreaterThan(0);
    expect(await recordsOf(real, documentAt(example), story, ['Other'])).toEqual([]);
    expect(await recordsOf(real, documentAt('other.p2parch'), story, [architecture])).toEqual([]);
  });

  it('is none where there is no folder, no JSON, or JSON that is no record', async () => {
    const story = { name: 'S', firstStepSeconds: 0 };
    const none = { uri: URI.parse('file:///nowhere/a.p2parch') } as Partial<LangiumDocument> as LangiumDocument;
    expect(await recordsOf(real, none, story, ['A'])).toEqual([]);
    const good = { title: 'T', example: 'a.p2parch', architecture: 'A', scenario: 'S', service: 'V', full: 'all' };
    const point = { hours: 1, level: 0.5, says: 'half', source: 'B' };
    const texts = [
      '{',
      'null',
      JSON.stringify({ ...good, points: [] }),
      JSON.stringify({ ...good, points: [{ ...point, level: 2 }] }),
      JSON.stringify({ ...good, points: [point] }),
    ];
    const found = await recordsOf(holding(texts), none, story, ['A']);
    expect(found).toEqual([
      {
        title: 'T',
        architecture: 'A',
        service: 'V',
        full: 'all',
        points: [{ atSeconds: 3600, level: 0.5, low: 0.5, high: 0.5, says: 'half' }],
        sources: ['B'],
      },
    ]);
  });
});
