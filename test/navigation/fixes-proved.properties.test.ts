import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, open, type Texts } from './at.ts';
import { effectOf, fixesAt, unformatted } from './fixes-of-findings.ts';
import { commentsOf, disturbed, findingPrograms, inOrder } from './fixes-programs.ts';

/** Sees that every fix that is offered for a finding does what it says, and looks at each of the changed texts. */
async function checkFixes(
  texts: Texts,
  offered: Set<string>,
  look: (changed: Texts, title: string, what: string) => Promise<void> | void,
): Promise<void> {
  const opened = await open(texts);
  const seen = new Set<string>();
  for (const { range, code } of opened.document.diagnostics ?? []) {
    if (code === undefined) continue;
    for (const action of await fixesAt(opened, range.start)) {
      const key = JSON.stringify([action.title, action.edit]);
      if (seen.has(key)) continue;
      seen.add(key);
      offered.add(action.title.split(' ').slice(0, 2).join(' '));
      const changed = after(opened, action.edit);
      const what = `${action.title}\n${JSON.stringify(changed, null, 1).replaceAll('\\n', '\n')}`;
      expect(await effectOf(opened, action), what).toEqual({ gone: true, errors: [], worse: [] });
      await look(changed, action.title, what);
    }
  }
  // Nothing that was tried is seen outside.
  expect(opened.document.textDocument.getText()).toBe(texts['main.p2parch']);
}

const lineEnds = (text: string): string[] => text.match(/\r\n|\r|\n/g) ?? [];

describe('every fix of a finding that is offered', () => {
  it('removes it, brings no error and nothing as grave, and leaves a text in order that was', async () => {
    const offered = new Set<string>();
    await fc.assert(
      fc.asyncProperty(findingPrograms, fc.boolean(), async (program, ordered) => {
        await checkFixes(ordered ? await inOrder(program) : program, offered, async (changed, _, what) => {
          // What has grown too long for its line is the formatter's to break.
          if (ordered && !/.{121}/.test(Object.values(changed).join('\n')))
            expect(await unformatted(changed), what).toEqual([]);
        });
      }),
      { numRuns: 15 },
    );
    expect([...offered]).toEqual(expect.arrayContaining(['Accept this', 'Add a']));
  });

  it('does so whatever stands between the words and in the other architectures, and keeps every comment', async () => {
    const offered = new Set<string>();
    await fc.assert(
      fc.asyncProperty(findingPrograms, fc.gen(), async (program, random) => {
        const texts = disturbed(program, random);
        await checkFixes(texts, offered, (changed, title, what) => {
          for (const [name, text] of Object.entries(texts)) {
            const later = changed[name] ?? '';
            // What is taken out goes with what stands in it.
            if (!/remove/i.test(title)) expect(commentsOf(later), what).toEqual(commentsOf(text));
            // Line ends stay of one kind.
            const ends = new Set([...lineEnds(text), ...(lineEnds(text).length === 0 ? ['\n'] : [])]);
            expect(
              lineEnds(later).filter((end) => !ends.has(end)),
              what,
            ).toEqual([]);
          }
        });
      }),
      // Each is a workspace of its own: what fails is told as it is, for smaller ones would take minutes to find.
      { numRuns: 15, endOnFailure: true },
    );
    expect([...offered]).toEqual(expect.arrayContaining(['Accept this', 'Add a']));
  });
});
