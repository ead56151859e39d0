import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateProgram } from '../bench/generate.ts';
import { programs } from '../formatting/programs.ts';
import { apply, edited } from './edits.ts';
import { EditedWorkspace } from './workspace.ts';

const fresh = async (texts: Readonly<Record<string, string>>): Promise<unknown> =>
  (await EditedWorkspace.open(texts)).describe();

describe('files that are checked again after each edit', () => {
  it('have the links and problems of a fresh check, whatever the edits were', async () => {
    const files = fc.record({
      main: edited(6),
      base: edited(6),
      order: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(files, async ({ main, base, order }) => {
        const texts = { 'base.p2parch': base.text, 'main.p2parch': `import "./base.p2parch"\n${main.text}` };
        const workspace = await EditedWorkspace.open(texts);
        const left = { 'main.p2parch': [...main.edits], 'base.p2parch': [...base.edits] };
        for (const isMain of order) {
          const name = isMain ? 'main.p2parch' : 'base.p2parch';
          const edit = left[name].shift();
          if (!edit) continue;
          texts[name] = apply(texts[name], edit);
          await workspace.edit(name, texts[name]);
          expect(workspace.describe()).toEqual(await fresh(texts));
        }
      }),
      { numRuns: 60 },
    );
  });

  const BASE = `/** The base. */
hazard Storm
architecture Base {
  users Client { needs Server or Relay exposed to Storm 20% }
  company Server { instances 3 serves 10 Client }
  group Europe { exposed to Storm company Relay users Helper { promoted from Client at 1/min } }
  service Calling for Client needs Server
  scenario Quake { at 1 h strike Storm run 2 h expect Calling back to 95% within 1 h }
}
`;
  const EMPTY = 'architecture One {} architecture Two {} architecture Three extends One { without X }';
  const MAIN = `import "./base.p2parch"
architecture Mine extends Base {
  without Relay
  company Server { instances 5 needs Extra }
  company Extra
  accept single-external-dependency on Client because "we know"
}
scenario S on Base, Mine { at 1 min crash 40% of Server run 1 h expect Calling never below 20% }
`;
  const steps: readonly (readonly [string, 'main.p2parch' | 'base.p2parch', string, string])[] = [
    ['a number', 'base.p2parch', 'instances 3', 'instances 31'],
    ['the number back', 'base.p2parch', 'instances 31', 'instances 3'],
    ['a name that others use', 'base.p2parch', 'company Server', 'company Servers'],
    ['the same name back', 'base.p2parch', 'company Servers', 'company Server'],
    ['a kind', 'base.p2parch', 'company Server { instances 3 serves 10 Client }', 'group Server {}'],
    ['the kind back', 'base.p2parch', 'group Server {}', 'company Server { instances 3 serves 10 Client }'],
    [
      'what a group is exposed to',
      'base.p2parch',
      'group Europe { exposed to Storm',
      'group Europe { exposed to Storm 7%',
    ],
    ['a group’s name', 'base.p2parch', 'group Europe {', 'group Asia {'],
    ['its name back', 'base.p2parch', 'group Asia {', 'group Europe {'],
    ['a comment that documents', 'base.p2parch', '  company Server', '  /** Runs in two halls. */ company Server'],
    ['and its words', 'base.p2parch', 'in two halls', 'in three halls'],
    ['and away with it', 'base.p2parch', '  /** Runs in three halls. */ company', '  company'],
    ['what an inherited name means', 'main.p2parch', 'company Extra', 'company Extra users Relay'],
    ['and its old meaning', 'main.p2parch', 'company Extra users Relay', 'company Extra'],
    ['a hazard that strikes', 'base.p2parch', 'hazard Storm\n', 'hazard Flood\n'],
    ['the hazard back', 'base.p2parch', 'hazard Flood\n', 'hazard Storm\n'],
    ['a member of a group', 'base.p2parch', 'company Relay', 'company Relay2 { needs Client }'],
    ['a base as empty as the last', 'base.p2parch', 'extends One', 'extends Two'],
    ['a base', 'main.p2parch', 'extends Base', 'extends Bass'],
    ['the base back', 'main.p2parch', 'extends Bass', 'extends Base'],
    ['words between members', 'main.p2parch', '  without Relay\n', '  without Relay2\n // a comment\n'],
    ['an architecture that others extend', 'base.p2parch', 'architecture Base {', 'architecture Bose {'],
    ['its name back', 'base.p2parch', 'architecture Bose {', 'architecture Base {'],
    ['a brace too few', 'base.p2parch', 'group Europe { exposed to Storm', 'group Europe exposed to Storm'],
    ['the brace back', 'base.p2parch', 'group Europe exposed to Storm', 'group Europe { exposed to Storm'],
    ['an import', 'main.p2parch', 'import "./base.p2parch"', ''],
    ['the import back', 'main.p2parch', 'architecture Mine', 'import "./base.p2parch" architecture Mine'],
    ['a comment that swallows the rest', 'base.p2parch', 'company Server {', '/* company Server {'],
    ['and lets it go', 'base.p2parch', '/* company Server {', 'company Server {'],
  ];
  it('follow each change of names, kinds, bases, braces and imports', async () => {
    const texts = { 'base.p2parch': `${BASE}${EMPTY}`, 'main.p2parch': MAIN };
    const workspace = await EditedWorkspace.open(texts);
    for (const [what, name, from, to] of steps) {
      expect(texts[name], what).toContain(from);
      texts[name] = texts[name].replace(from, () => to);
      await workspace.edit(name, texts[name]);
      expect(workspace.describe(), what).toEqual(await fresh(texts));
    }
  });

  it('at any word of a larger program', async () => {
    const text = generateProgram(40);
    await fc.assert(
      fc.asyncProperty(
        edited(5).map(({ edits }) => edits),
        async (edits) => {
          const texts = { 'main.p2parch': text };
          const workspace = await EditedWorkspace.open(texts);
          for (const edit of edits) {
            texts['main.p2parch'] = apply(texts['main.p2parch'], edit);
            await workspace.edit('main.p2parch', texts['main.p2parch']);
            expect(workspace.describe()).toEqual(await fresh(texts));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are as if they had never been there once another file is deleted', async () => {
    await fc.assert(
      fc.asyncProperty(programs(), async ({ text }) => {
        const texts = { 'base.p2parch': text, 'main.p2parch': `import "./base.p2parch"\n${text}` };
        const workspace = await EditedWorkspace.open(texts);
        await workspace.delete('base.p2parch');
        expect(workspace.describe()).toEqual(await fresh({ 'main.p2parch': texts['main.p2parch'] }));
      }),
      { numRuns: 20 },
    );
  });
});
