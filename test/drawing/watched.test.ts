import type { LangiumDocument } from 'langium';
import { describe, expect, test } from 'vitest';
import { Pictures } from '../../language/drawing/pictures.ts';
import { Watched } from '../../language/drawing/watched.ts';
import { changed } from '../../language/protocol/picture-change.ts';
import type { Picture } from '../../language/protocol/pictures.ts';
import { JOBS } from '../../language/workers/jobs.ts';
import type { JobRunner } from '../../language/workers/runner.ts';
import { open } from '../navigation/at.ts';

const runner = {
  width: 1,
  run: (kind, input) => JOBS[kind](input as never),
  dispose: async () => undefined,
} as JobRunner;

const program = (instances: number, rest = '', title = 'Web'): string =>
  `architecture A {\n  company Web "${title}" { instances ${instances} needs Store }  vendor Store by "V"\n${rest}  service S needs Web\n}\n`;

async function watching() {
  const { language, document } = await open({ 'main.p2parch': program(3) });
  const pictures = new Pictures(language, runner);
  const watched = new Watched(pictures);
  const request = { uri: document.uri.toString(), architecture: 'A', panel: 7 };
  const shown = async (now: LangiumDocument): Promise<Picture> => {
    const reply = await pictures.picture(now, request);
    if (reply.kind !== 'picture') throw new Error(reply.message);
    return reply.picture;
  };
  const { workspace } = language.shared;
  const write = async (text: string): Promise<LangiumDocument> => {
    const next = workspace.LangiumDocumentFactory.fromString(text, document.uri);
    workspace.LangiumDocuments.deleteDocument(document.uri);
    workspace.LangiumDocuments.addDocument(next);
    await workspace.DocumentBuilder.build([next], { validation: true });
    return next;
  };
  const first = await shown(document);
  return { watched, request, shown, write, first, serial: watched.sent(7, request, first) };
}

describe('A panel', () => {
  test('is told unasked what a changed number makes of its picture, time after time', async () => {
    const { watched, shown, write, first, serial } = await watching();
    let [seen, since] = [first, serial];
    for (const instances of [4, 50, 50_000, 3]) {
      const now = await write(program(instances));
      const [redrawn, ...others] = watched.redrawn(now);
      expect(others).toEqual([]);
      expect(redrawn).toMatchObject({ panel: 7, since });
      if (redrawn === undefined) throw new Error('nothing is redrawn');
      expect(redrawn.change.nodes.map(({ id }) => id)).toEqual(['Web']);
      seen = { ...changed(seen, redrawn.change), places: redrawn.places ?? seen.places };
      since = redrawn.serial;
      expect(seen).toEqual(await shown(now));
    }
  });

  test('is told that its text has errors, and when it has none any more', async () => {
    const { watched, write } = await watching();
    const told = async (text: string) => watched.redrawn(await write(text)).map(({ change }) => change.stale);
    expect(await told(program(3, '  service T needs Nobody\n'))).toEqual(['The text has errors.']);
    expect(await told(program(3))).toEqual(['']);
  });

  test('has to ask where something else is to be laid out, and is told again after it has', async () => {
    const { watched, request, shown, write } = await watching();
    const larger = await write(program(3, '  company Other\n'));
    expect(watched.redrawn(larger)).toEqual([]);
    expect(watched.redrawn(await write(program(3, '', 'A title that makes its box much wider than before')))).toEqual(
      [],
    );
    watched.sent(7, request, await shown(larger));
    expect(watched.redrawn(await write(program(5, '  company Other\n')))).toHaveLength(1);
  });

  test('that is closed, and one that shows another file, is told nothing', async () => {
    const { watched, request, write, first } = await watching();
    watched.sent(8, { ...request, uri: 'file:///other.p2parch' }, first);
    const now = await write(program(4));
    expect(watched.watches(now)).toBe(true);
    watched.forget(7);
    expect(watched.watches(now)).toBe(false);
    expect(watched.redrawn(now)).toEqual([]);
  });

  test('that was closed without a word is forgotten in time', async () => {
    const { watched, request, write, first } = await watching();
    for (let panel = 100; panel < 116; panel++) watched.sent(panel, request, first);
    expect(watched.redrawn(await write(program(4))).map(({ panel }) => panel)).not.toContain(7);
  });
});
