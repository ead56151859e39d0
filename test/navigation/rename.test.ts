import { describe, expect, it } from 'vitest';
import { after, errorsOf, open, place, type Texts } from './at.ts';

async function renamed(texts: Texts, newName: string): Promise<Record<string, string>> {
  const opened = await open(texts);
  return after(
    opened,
    await opened.language.lsp.RenameProvider?.rename(opened.document, { ...place(opened), newName }),
  );
}

/** The sentence with which a name is refused. */
async function refusal(text: string, newName: string, others: Texts = {}): Promise<string> {
  return renamed({ 'main.p2parch': text, ...others }, newName).then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );
}

describe('a rename', () => {
  it('reaches the replacement, without, scenarios of other files and inherited uses', async () => {
    const texts = {
      'skype.p2parch': `architecture Skype2007 {
  users Client { needs SuperNode }
  users Super‸Node
  scenario Own { at 1 h crash SuperNode run 2 h }
}
`,
      'hosted.p2parch': `import "skype.p2parch"
architecture SkypeHosted extends Skype2007 { company SuperNode }
architecture Small extends SkypeHosted { without SuperNode without Client without Own }
`,
      'scenarios.p2parch': `import "skype.p2parch"
import "hosted.p2parch"
architecture Unrelated { vendor SuperNode users Other { needs SuperNode } }
scenario S on Skype2007, SkypeHosted { at 1 h crash SuperNode run 2 h }
scenario T on Unrelated { at 1 h crash SuperNode run 2 h }
`,
    };
    expect(await renamed(texts, 'Relay')).toEqual({
      'skype.p2parch': `architecture Skype2007 {
  users Client { needs Relay }
  users Relay
  scenario Own { at 1 h crash Relay run 2 h }
}
`,
      'hosted.p2parch': `import "skype.p2parch"
architecture SkypeHosted extends Skype2007 { company Relay }
architecture Small extends SkypeHosted { without Relay without Client without Own }
`,
      'scenarios.p2parch': `import "skype.p2parch"
import "hosted.p2parch"
architecture Unrelated { vendor SuperNode users Other { needs SuperNode } }
scenario S on Skype2007, SkypeHosted { at 1 h crash Relay run 2 h }
scenario T on Unrelated { at 1 h crash SuperNode run 2 h }
`,
    });
  });

  it('of a scenario reaches the variants that leave it out', async () => {
    const text = (name: string) => `architecture A {
  users Client
  scenario ${name} { at 1 h crash Client run 2 h }
}
architecture B extends A { without ${name.replace('‸', '')} }
`;
    expect(await renamed({ 'main.p2parch': text('Lo‸ss') }, 'Crash')).toEqual({ 'main.p2parch': text('Crash') });
  });

  it('of the second of a name given twice mends the mistake', async () => {
    const text = 'architecture A { company Server company Ser‸ver users C { needs Server } }\n';
    const texts = await renamed({ 'main.p2parch': text }, 'Other');
    expect(texts['main.p2parch']).toBe('architecture A { company Server company Other users C { needs Server } }\n');
    expect(errorsOf((await open(texts)).documents)).toEqual([]);
  });

  it('writes the name in normal form C', async () => {
    const texts = await renamed({ 'main.p2parch': 'architecture A { vendor B‸ }\n' }, ' Cafe\u0301 ');
    expect(texts).toEqual({ 'main.p2parch': 'architecture A { vendor Caf\u00e9 }\n' });
  });

  it('to the same name changes nothing', async () => {
    expect(await renamed({ 'main.p2parch': 'architecture A { vendor B‸ }\n' }, 'B')).toEqual({
      'main.p2parch': 'architecture A { vendor B }\n',
    });
  });
});

describe('a rename is refused', () => {
  const A = 'hazard Storm\narchitecture A { company Ser‸ver vendor Other users C { exposed to Storm } }\n';

  it.each([
    ['min', '"min" is a word of the language and cannot be a name.'],
    ['needs', '"needs" is a word of the language and cannot be a name.'],
    ['', 'A name is needed.'],
    ['a b', '"a b" cannot be a name: a name is a letter or "_", then letters, digits, "_" and "-", the last no "-".'],
    ['x-', '"x-" cannot be a name: a name is a letter or "_", then letters, digits, "_" and "-", the last no "-".'],
    ['Other', '"Other" is the name of a component in A already.'],
    ['Storm', '"Storm" is a hazard of the file, and A names it.'],
  ])('for the name %s', async (name, sentence) => expect(await refusal(A, name)).toBe(sentence));

  it('for a name that a variant has already, whichever file it stands in', async () =>
    expect(
      await refusal('architecture A { company Ser‸ver }\n', 'Relay', {
        'other.p2parch': 'import "main.p2parch"\narchitecture B extends A { group G { vendor Relay } }\n',
      }),
    ).toBe('"Relay" is the name of a component in B already.'));

  it('for a name that an importing file has already', async () =>
    expect(await refusal('architecture A‸ {}\n', 'B', { 'other.p2parch': 'import "main.p2parch"\nhazard B\n' })).toBe(
      '"B" is the name of a hazard in other.p2parch or its imports already.',
    ));

  it('for a hazard, if a member of that name would hide it', async () =>
    expect(await refusal('hazard Storm‸\narchitecture A { users C { exposed to Storm } }\n', 'C')).toBe(
      '"C" is the name of a component in A already.',
    ));

  it('where nothing is declared under the name', async () =>
    expect(await refusal('architecture A { users C { needs Nob‸ody } }\n', 'Somebody')).toBe(
      'Nothing is declared under the name "Nobody".',
    ));
});

describe('before a rename', () => {
  it('the range of the name is given, and none where no name stands', async () => {
    const opened = await open({ 'main.p2parch': 'architecture A { company Server‸ }\n' });
    expect(await opened.language.lsp.RenameProvider?.prepareRename(opened.document, place(opened))).toEqual({
      start: { line: 0, character: 25 },
      end: { line: 0, character: 31 },
    });
    const elsewhere = await open({ 'main.p2parch': 'architecture A { comp‸any Server }\n' });
    expect(
      await elsewhere.language.lsp.RenameProvider?.prepareRename(elsewhere.document, place(elsewhere)),
    ).toBeUndefined();
  });
});
