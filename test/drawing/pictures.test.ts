import { describe, expect, test } from 'vitest';
import { Faults } from '../../language/drawing/faults.ts';
import { Pictures } from '../../language/drawing/pictures.ts';
import { type Picture, pictureReplySchema } from '../../language/protocol/pictures.ts';
import { JOBS } from '../../language/workers/jobs.ts';
import { JobEnded, type JobOptions, type JobRunner } from '../../language/workers/runner.ts';
import { open } from '../navigation/at.ts';

const many = (count: number, rest = ''): string =>
  `architecture A {\n${Array.from({ length: count }, (_, at) => `  vendor Part${at} by "V${at % 3}"\n`).join('')}${rest}  service S needs Part0\n}\n`;

/** A runner whose jobs begin when the test says so. */
function slowRunner() {
  const waiting: (() => void)[] = [];
  let run = 0;
  const runner = {
    width: 1,
    run: (kind: 'layout', input: never, { stillWanted }: JobOptions = {}) =>
      new Promise((resolve, reject) => {
        waiting.push(() => {
          if (stillWanted?.() === false) {
            reject(new JobEnded('cancelled'));
            return;
          }
          run += 1;
          (JOBS[kind](input) as Promise<unknown>).then(resolve, reject);
        });
      }),
    dispose: async () => undefined,
  } as unknown as JobRunner;
  return { runner, begin: () => waiting.shift()?.(), ran: () => run };
}

const runner = {
  width: 1,
  run: (kind, input) => JOBS[kind](input as never),
  dispose: async () => undefined,
} as JobRunner;

type Opened = Awaited<ReturnType<typeof open>>;

/** The file with another text in it, checked. */
async function rewritten(
  { shared: { workspace } }: Opened['language'],
  { uri }: Opened['document'],
  text: string,
): Promise<Opened['document']> {
  workspace.LangiumDocuments.deleteDocument(uri);
  const changed = workspace.LangiumDocumentFactory.fromString(text, uri);
  workspace.LangiumDocuments.addDocument(changed);
  await workspace.DocumentBuilder.build([changed], { validation: true });
  return changed;
}

async function drawn(reply: ReturnType<Pictures['picture']>): Promise<Picture> {
  const parsed = pictureReplySchema.parse(JSON.parse(JSON.stringify(await reply)));
  if (parsed.kind !== 'picture') throw new Error(parsed.message);
  return parsed.picture;
}

describe('A picture', () => {
  test('has no sign that turns the order of letters around, in no list of it either', async () => {
    const turned = (words: string) => `"\u202e${words}\u2066 by \u2069\u202c"`;
    const source = `/** \u202eRead \u2067backwards. */
hazard H ${turned('hazard')}
architecture A ${turned('whole')} {
  group G ${turned('group')} { company C ${turned('part')} { instances 2 } }
  vendor V ${turned('thing')} by ${turned('vendor')} { exposed to H }
  service S ${turned('service')} needs V
  accept single-external-dependency on V because ${turned('reason')}
}
scenario X ${turned('scenario')} on A { at 1 min crash C run 1 h }`;
    const { language, document } = await open({ 'main.p2parch': source });
    const { diagram, architectures, scenarios } = await drawn(new Pictures(language, runner).picture(document));
    const said = JSON.stringify([
      diagram.title,
      architectures,
      scenarios,
      diagram.nodes.map(({ label, description, lines, badges }) => [label, description, lines, badges]),
      diagram.containers.map(({ label, description, badges }) => [label, description, badges]),
      diagram.edges.map(({ label, description }) => [label, description]),
    ]);
    expect(said).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    for (const words of ['hazard', 'whole', 'group', 'part', 'thing', 'vendor', 'service', 'scenario'])
      expect(said).toContain(`${words} by `);
  });

  test('begins folded if it is large, and is folded as it was asked for', async () => {
    const { language, document } = await open({ 'main.p2parch': many(150) });
    const pictures = new Pictures(language, runner);
    const first = await drawn(pictures.picture(document));
    expect(first.folding.folded.length).toBeGreaterThan(0);
    expect(first.diagram.nodes.length).toBeLessThan(100);
    const open1 = await drawn(pictures.picture(document, { folded: [] }));
    expect(open1.folding).toMatchObject({ folded: [], hidden: [] });
    expect(open1.diagram.nodes.length).toBeGreaterThan(150);
  });

  test('of small texts begins open, and ids that are none are passed over', async () => {
    const { language, document } = await open({ 'main.p2parch': many(5) });
    const pictures = new Pictures(language, runner);
    expect((await drawn(pictures.picture(document))).folding.folded).toEqual([]);
    const folded = ['zone:vendor:V0', 'zone:gone', '__proto__'];
    expect((await drawn(pictures.picture(document, { folded }))).folding.folded).toEqual(['zone:vendor:V0']);
  });

  test('that is the last good one is folded and opened like any other', async () => {
    const { language, document } = await open({ 'main.p2parch': many(5) });
    const pictures = new Pictures(language, runner);
    await pictures.picture(document);
    const broken = many(5, '  service T needs Nobody\n');
    const changed = await rewritten(language, document, broken);
    const stale = await drawn(pictures.picture(changed, { folded: ['zone:vendor:V0'] }));
    expect(stale).toMatchObject({ stale: 'The text has errors.', folding: { folded: ['zone:vendor:V0'] } });
    expect(stale.diagram.nodes.some(({ id }) => id === 'zone:vendor:V0')).toBe(true);
  });

  test('that is asked for while another waits its turn takes the place of that one', async () => {
    const { language, document } = await open({ 'main.p2parch': many(9) });
    const { runner: slow, begin, ran } = slowRunner();
    const pictures = new Pictures(language, slow);
    const replies = [[], ['zone:vendor:V0'], ['zone:vendor:V1'], ['zone:vendor:V2']].map((folded) =>
      pictures.picture(document, { folded }),
    );
    for (const _ of replies) begin();
    const answers = await Promise.all(replies);
    expect(answers.map(({ kind }) => kind)).toEqual(['refusal', 'refusal', 'refusal', 'picture']);
    expect(ran()).toBe(1);
  });

  test('is laid out ahead, for an aspect like that which is asked for', async () => {
    const { language, document } = await open({ 'main.p2parch': many(9) });
    const asked = async (ahead: number | undefined, aspect: number) => {
      let runs = 0;
      const run: JobRunner['run'] = (kind, input) => {
        runs += 1;
        return JOBS[kind](input as never);
      };
      const counting = { ...runner, run };
      const pictures = new Pictures(language, counting);
      if (ahead !== undefined) {
        pictures.prepare(document, { aspect: ahead });
        // Whether it is done or under way when the picture is asked for.
        if (aspect > 1) await new Promise((resolve) => setTimeout(resolve, 300));
      }
      const { layout } = await drawn(pictures.picture(document, { aspect }));
      pictures.prepare(document, { aspect: 0.3 });
      return { layout, runs, again: (await drawn(pictures.picture(document, { aspect: 3 }))).layout };
    };
    const wide = await asked(undefined, 1.6);
    for (const [ahead, aspect] of [
      [1.5, 1.6],
      [0.85, 0.8],
    ] as const) {
      const { layout, runs, again } = await asked(ahead, aspect);
      expect(runs).toBe(1);
      expect(layout).toEqual((await asked(undefined, ahead)).layout);
      // One that is seen stays as it is.
      expect(again).toEqual(layout);
    }
    // Of quite another aspect it is no picture that anybody has seen: nothing is held in its place for it.
    const other = await asked(0.5, 1.6);
    expect(other.runs).toBe(2);
    expect(other.layout).toEqual(wide.layout);
  });

  test('and what falls with what are of the same text, whatever was asked before', async () => {
    const text = (needs: string, rest = ''): string =>
      `architecture A { company P { ${needs} } company B service S needs P ${rest} }`;
    const { language, document } = await open({ 'main.p2parch': text('needs B') });
    const pictures = new Pictures(language, runner);
    const faults = new Faults(pictures, runner);
    const falls = async (of: typeof document) => {
      const question = { kind: 'losses' as const, failed: ['B'] };
      const { signal } = new AbortController();
      const answer = await faults.answer(of, { uri: of.uri.toString(), architecture: 'A', question }, signal);
      return answer.kind === 'losses' ? [...answer.components, ...answer.services].sort() : answer;
    };
    const edited = (next: string) => rewritten(language, document, next);
    await drawn(pictures.picture(document));
    expect(await falls(document)).toEqual(['B', 'P', 'S']);
    const sound = await edited(text(''));
    await drawn(pictures.picture(sound, { architecture: 'A' }));
    const broken = await edited(text('', 'service T needs Nobody'));
    expect(await drawn(pictures.picture(broken, { architecture: 'A' }))).toMatchObject({
      stale: 'The text has errors.',
    });
    expect(await falls(broken)).toEqual(['B']);
  });

  test('goes on with an architecture that is called otherwise now, where it stands', async () => {
    const text = (name: string, rest = ''): string =>
      `architecture ${name} { company P company Q vendor W service S needs P or W ${rest} }
      architecture Other { company P service S needs P }`;
    const { language, document } = await open({ 'main.p2parch': text('Arc') });
    const pictures = new Pictures(language, runner);
    const edited = (next: string) => rewritten(language, document, next);
    const before = await drawn(pictures.picture(document, { architecture: 'Arc' }));
    const renamed = await drawn(pictures.picture(await edited(text('Arch')), { architecture: 'Arc' }));
    expect(renamed).toMatchObject({ architecture: 'Arch', stale: '' });
    expect(renamed.layout).toEqual(before.layout);
    const more = await drawn(pictures.picture(await edited(text('Archi', 'company R')), { architecture: 'Arch' }));
    expect(more).toMatchObject({ architecture: 'Archi', stale: '' });
    expect(more.diagram.nodes.map(({ id }) => id)).toContain('R');
    // What is gone is not another; with errors the last good picture stays.
    const gone = await edited('architecture Other { company P service S needs P }');
    expect(await drawn(pictures.picture(gone, { architecture: 'Archi' }))).toMatchObject({
      architecture: 'Archi',
      stale: 'main.p2parch has no architecture named Archi.',
      architectures: [{ name: 'Archi' }, { name: 'Other' }],
      places: [],
    });
    const empty = await drawn(pictures.picture(await edited(''), { architecture: 'Archi' }));
    expect(empty).toMatchObject({ architecture: 'Archi', stale: 'main.p2parch has no architecture named Archi.' });
    const half = await drawn(pictures.picture(await edited('architectur'), { architecture: 'Archi' }));
    expect(half.stale).toBe('The text has errors.');
    const broken = await edited(text('Architecture2', 'company R needs Nobody'));
    expect(await drawn(pictures.picture(broken, { architecture: 'Archi' }))).toMatchObject({
      architecture: 'Archi',
      stale: 'The text has errors.',
    });
  });

  test('leads to the words where they stand now, while the text has errors', async () => {
    const lines = [
      'hazard Storm',
      'company P',
      'vendor W { exposed to Storm }',
      'group G { company Q }',
      'service S needs P',
    ];
    const text = lines.map((line) => `  ${line}`).join('\n');
    const { language, document } = await open({ 'main.p2parch': `architecture A {\n${text}\n}\n` });
    const pictures = new Pictures(language, runner);
    const names = ['Storm', 'P', 'W', 'G', 'Q', 'S'];
    expect((await drawn(pictures.picture(document))).places.map(({ element }) => element).sort()).toEqual(names.sort());
    const stray = ['company', '{', 'service T needs Nobody', '"', '/* open', 'users users', '= 4'];
    for (const errors of stray) {
      for (let at = 0; at < lines.length; at++) {
        const broken = [...lines.slice(0, at), errors, '', ...lines.slice(at)].join('\n');
        const now = await rewritten(language, document, `\n architecture A {\n${broken}\n}\n`);
        const { places, stale } = await drawn(pictures.picture(now, { architecture: 'A' }));
        expect(stale, broken).toBe('The text has errors.');
        for (const { element, range, whole } of places) {
          expect(now.textDocument.getText(range)).toBe(element);
          expect(now.textDocument.getText(whole)).toContain(element);
        }
        // What stands before the error is always found.
        const before = names.filter((name) =>
          lines.slice(0, at).some((line) => new RegExp(`\\b${name}\\b`).test(line)),
        );
        expect(places.map(({ element }) => element)).toEqual(expect.arrayContaining(before));
      }
    }
  });

  test('has the edges of what a folded group holds now', async () => {
    const text = (inside: boolean): string => {
      const inner = 'group G { company P { needs B } }';
      return `architecture A {
        group H { company X ${inside ? inner : ''} }
        ${inside ? '' : inner}
        company B
        service S needs P
      }`;
    };
    const edges = async (...texts: string[]) => {
      const { language, document } = await open({ 'main.p2parch': texts[0] as string });
      const pictures = new Pictures(language, runner);
      let now = document;
      let picture = await drawn(pictures.picture(now, { folded: ['zone:company/H'] }));
      for (const next of texts.slice(1)) {
        now = await rewritten(language, now, next);
        picture = await drawn(pictures.picture(now, { folded: ['zone:company/H'] }));
      }
      return picture.diagram.edges.map(({ id }) => id);
    };
    expect(await edges(text(true))).toEqual(['needs:S>zone:company/H', 'needs:zone:company/H>B']);
    expect(await edges(text(false))).toEqual(['needs:S>P', 'needs:P>B']);
    expect(await edges(text(false), text(true))).toEqual(await edges(text(true)));
    expect(await edges(text(true), text(false))).toEqual(await edges(text(false)));
  });

  test('is laid out ahead anew where the text has changed since', async () => {
    const { language, document } = await open({ 'main.p2parch': many(9) });
    let runs = 0;
    const run: JobRunner['run'] = (kind, input) => {
      runs += 1;
      return JOBS[kind](input as never);
    };
    const pictures = new Pictures(language, { ...runner, run });
    pictures.prepare(document, { aspect: 0.85 });
    const changed = await rewritten(language, document, many(10));
    pictures.prepare(changed, { aspect: 0.85 });
    pictures.prepare(changed, { aspect: 0.85 });
    expect(runs).toBe(2);
    const { diagram } = await drawn(pictures.picture(changed, { aspect: 0.85 }));
    expect(diagram.nodes.map(({ id }) => id)).toContain('Part9');
    expect(runs).toBe(2);
  });

  test('is not needed to know what there is to draw and to run', async () => {
    const { language, document } = await open({ 'main.p2parch': many(150) });
    const { runner: slow } = slowRunner();
    const reply = new Pictures(language, slow).outline(document);
    if (reply.kind !== 'outline') throw new Error(reply.message);
    expect(reply.outline).toMatchObject({ architecture: 'A', services: [{ name: 'S', label: 'S' }] });
    expect(reply.outline.places.map(({ element }) => element)).toContain('Part149');
  });
});
