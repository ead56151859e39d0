import { afterEach, describe, expect, it } from 'vitest';
import { Client, type Texts } from './client.ts';

let client: Client;
afterEach(() => client.stop());

const start = async (files: Texts, ...opened: string[]): Promise<void> => {
  client = await Client.start(files);
  for (const file of opened) await client.open(file, files[file] ?? '');
};

const HAZARD = 'hazard Storm\n';
const MILL = `import "./hazards.p2parch"
architecture A {
  vendor Mill { exposed to Storm }
}
`;
const UNKNOWN = 'No hazard named "Storm" in A.';
const UNREADABLE = '"./hazards.p2parch" cannot be read.';
const problems = (file: string): string[] | undefined => client.problems(file);

describe('a change is checked', () => {
  const CHAIN = {
    'base.p2parch': 'architecture Base {\n  company Server\n  service S needs Server\n}\n',
    'variant.p2parch': 'import "base.p2parch"\narchitecture Variant extends Base {\n  users Server\n}\n',
    'scenario.p2parch': 'import "variant.p2parch"\nscenario Out on Variant {\n  at 1 h crash Server\n  run 2 h\n}\n',
    'far/away.p2parch': 'import "../base.p2parch"\narchitecture Away extends Base {}\n',
    'alone.p2parch': 'architecture Alone {}\n',
    'wrong.p2parch': 'architecture Wrong { users X { needs Nobody } }\n',
  };

  it('in its own file and in those that see it through their imports, and in no others', async () => {
    await start(CHAIN, 'base.p2parch', 'alone.p2parch');
    const change = (file: string, text: string): Promise<string[]> =>
      client.checkedBy(() => client.edit(file, `${text}// changed\n`));
    expect(await change('base.p2parch', CHAIN['base.p2parch'])).toEqual([
      'base.p2parch',
      'far/away.p2parch',
      'scenario.p2parch',
      'variant.p2parch',
    ]);
    expect(await change('alone.p2parch', CHAIN['alone.p2parch'])).toEqual(['alone.p2parch']);
    const onDisk = client.checkedBy(() => client.write('variant.p2parch', `${CHAIN['variant.p2parch']}\n`));
    expect(await onDisk).toEqual(['scenario.p2parch', 'variant.p2parch']);
  });

  it('with its meaning: what a base loses, its variants and their scenarios miss', async () => {
    await start(CHAIN, 'base.p2parch');
    await client.edit('base.p2parch', 'architecture Base {\n  company Machine\n  service S needs Machine\n}\n');
    expect(client.problems('scenario.p2parch')).toEqual([]);
    await client.edit('base.p2parch', 'architecture Bass {}\n');
    expect(client.problems('variant.p2parch')?.[0]).toMatch(/^No architecture named "Base"/);
    await client.edit('base.p2parch', CHAIN['base.p2parch']);
    expect(client.problems('variant.p2parch')?.filter((message) => /^No architecture/.test(message))).toEqual([]);
  });
});

describe('what a variant leaves out', () => {
  it('is looked for anew when the base changes, be it a scenario', async () => {
    const base = 'architecture Base {\n  company Web\n  service S needs Web\n  scenario X { run 1 h }\n}\n';
    const variant = 'import "./base.p2parch"\narchitecture V extends Base {\n  without X\n}\n';
    const errors = (): string[] =>
      (client.problems('v.p2parch') ?? []).filter((message) => message.includes('leave out'));
    await start({ 'base.p2parch': base, 'v.p2parch': variant }, 'base.p2parch', 'v.p2parch');
    expect(errors()).toEqual([]);
    await client.edit('base.p2parch', base.replace('scenario X', 'scenario Y'));
    expect(errors()).toEqual(['"Base" has nothing named "X" to leave out.']);
    await client.edit('base.p2parch', base);
    expect(errors()).toEqual([]);
  });
});

describe('problems are published', () => {
  it('with the version of the text that they are of, and of files on disk without one', async () => {
    await start({ 'hazards.p2parch': HAZARD, 'mill.p2parch': MILL }, 'mill.p2parch');
    await client.edit('mill.p2parch', MILL.replace('Storm', 'Strom'));
    const last = (file: string) => client.published.findLast((one) => one.file === file);
    expect(last('mill.p2parch')).toMatchObject({
      version: 2,
      diagnostics: [{ message: expect.stringMatching(/^No h/) }],
    });
    expect(last('hazards.p2parch')?.version).toBeUndefined();
  });
});

describe('between two editors', () => {
  it('the importing file sees what the other has not saved', async () => {
    await start({ 'hazards.p2parch': HAZARD, 'mill.p2parch': MILL }, 'mill.p2parch', 'hazards.p2parch');
    expect(problems('mill.p2parch')).toEqual([]);
    await client.edit('hazards.p2parch', 'hazard Flood\n');
    expect(problems('mill.p2parch')).toEqual([UNKNOWN]);
    await client.edit('mill.p2parch', MILL.replace('Storm', 'Flood'));
    expect(problems('mill.p2parch')).toEqual([]);
  });

  it('the text on disk counts again when an editor is closed without saving', async () => {
    await start({ 'hazards.p2parch': HAZARD, 'mill.p2parch': MILL }, 'mill.p2parch', 'hazards.p2parch');
    await client.edit('hazards.p2parch', 'hazard Flood {\n');
    expect(problems('mill.p2parch')).toEqual([UNKNOWN]);
    expect(problems('hazards.p2parch')).toHaveLength(1);
    await client.close('hazards.p2parch');
    expect(problems('mill.p2parch')).toEqual([]);
    expect(problems('hazards.p2parch')).toEqual([]);
  });

  it('what is written on disk counts for nothing while an editor holds another text', async () => {
    await start({ 'hazards.p2parch': HAZARD, 'mill.p2parch': MILL }, 'mill.p2parch', 'hazards.p2parch');
    await client.edit('hazards.p2parch', 'hazard Flood\n');
    await client.write('hazards.p2parch', `${HAZARD}// from elsewhere\n`);
    expect(problems('mill.p2parch')).toEqual([UNKNOWN]);
    await client.close('hazards.p2parch');
    expect(problems('mill.p2parch')).toEqual([]);
  });

  it('an editor on a file that was never saved says what is wrong, and nothing once it is closed', async () => {
    await start({});
    await client.open('untitled:Untitled-1', 'architecture A { users X { needs Y } }\n');
    expect(client.problems('untitled:Untitled-1')).toContain('No component named "Y" in A.');
    await client.edit('untitled:Untitled-1', 'import "./hazards.p2parch"\narchitecture A {}\n');
    expect(client.problems('untitled:Untitled-1')).toEqual([UNREADABLE]);
    await client.close('untitled:Untitled-1');
    expect(client.problems('untitled:Untitled-1')).toEqual([]);
    expect(await client.request('workspace/symbol', { query: 'A' })).toEqual([]);
  });

  it('settings that change find nobody who has left', async () => {
    await start({ 'mill.p2parch': 'architecture A {}\n' }, 'mill.p2parch');
    await client.open('untitled:Untitled-1', 'architecture A {}\n');
    await client.close('untitled:Untitled-1');
    expect(await client.checkedBy(() => client.configure({ rules: {} }))).toEqual(['mill.p2parch']);
  });
});

describe('outside of the editor', () => {
  it('the disk is asked for nobody to wait: what is opened meanwhile has its answers', async () => {
    await start({});
    for (let round = 0; round < 20; round++) {
      const [hazards, mill] = [`hazards${round}.p2parch`, `mill${round}.p2parch`];
      const told = client.write(hazards, HAZARD);
      const opened = client.open(mill, MILL.replace('hazards', `hazards${round}`));
      const answer = client.ask('textDocument/documentSymbol', mill);
      const highlights = client.ask('textDocument/documentHighlight', mill, { position: { line: 2, character: 10 } });
      await Promise.all([told, opened]);
      expect(await answer).toHaveLength(1);
      expect(await highlights).toHaveLength(1);
      expect(problems(mill)).toEqual([]);
    }
  });

  it('a file deleted is missed by those that import it, and found when it is there again', async () => {
    await start({ 'hazards.p2parch': HAZARD, 'mill.p2parch': MILL }, 'mill.p2parch');
    await client.remove('hazards.p2parch');
    expect(problems('mill.p2parch')).toEqual([UNREADABLE]);
    await client.write('hazards.p2parch', 'hazard Flood\n');
    expect(problems('mill.p2parch')).toEqual([UNKNOWN]);
    await client.write('hazards.p2parch', HAZARD);
    expect(problems('mill.p2parch')).toEqual([]);
  });

  it('a file deleted has no problems any more, and no names', async () => {
    await start({ 'wrong.p2parch': 'architecture A { users X { needs Y } }\n' }, 'wrong.p2parch');
    await client.close('wrong.p2parch');
    expect(client.problems('wrong.p2parch')).toContain('No component named "Y" in A.');
    await client.remove('wrong.p2parch');
    expect(client.problems('wrong.p2parch')).toEqual([]);
    expect(await client.request('workspace/symbol', { query: 'A' })).toEqual([]);
  });

  it('a file that changes and is gone before it can be read is a file deleted', async () => {
    const files = { 'hazards.p2parch': HAZARD, 'mill.p2parch': MILL, 'x.p2parch': 'architecture X {}\n' };
    await start(files, 'mill.p2parch', 'x.p2parch');
    await client.vanish('hazards.p2parch');
    expect(problems('mill.p2parch')).toEqual([UNREADABLE]);
    expect(await client.checkedBy(() => client.edit('x.p2parch', 'architecture Y {}\n'))).toEqual(['x.p2parch']);
  });

  it('what is deleted is missed though the next key is hit at once', async () => {
    const files = { 'hazards.p2parch': HAZARD, 'mill.p2parch': MILL, 'x.p2parch': 'architecture X {}\n' };
    await start(files, 'mill.p2parch', 'x.p2parch');
    await Promise.all([client.remove('hazards.p2parch'), client.edit('x.p2parch', 'architecture Y {}\n')]);
    expect(problems('mill.p2parch')).toEqual([UNREADABLE]);
  });

  it('a file renamed is missed under its old name and found under its new one', async () => {
    await start({ 'hazards.p2parch': HAZARD, 'mill.p2parch': MILL }, 'mill.p2parch');
    await client.move('hazards.p2parch', 'dangers.p2parch');
    expect(problems('mill.p2parch')).toEqual([UNREADABLE]);
    await client.edit('mill.p2parch', MILL.replace('hazards', 'dangers'));
    expect(problems('mill.p2parch')).toEqual([]);
  });

  it('a folder renamed takes its files with it', async () => {
    const mill = MILL.replace('./hazards', './shared/hazards');
    await start({ 'shared/hazards.p2parch': HAZARD, 'mill.p2parch': mill }, 'mill.p2parch');
    expect(problems('mill.p2parch')).toEqual([]);
    await client.move('shared', 'common');
    expect(problems('mill.p2parch')?.[0]).toBe('"./shared/hazards.p2parch" cannot be read.');
    await client.edit('mill.p2parch', mill.replace('shared', 'common'));
    expect(problems('mill.p2parch')).toEqual([]);
  });

  it('a file deleted while an editor shows it is missed by nobody until the editor is closed', async () => {
    await start({ 'hazards.p2parch': HAZARD, 'mill.p2parch': MILL }, 'mill.p2parch', 'hazards.p2parch');
    await client.edit('hazards.p2parch', `${HAZARD}hazard Flood\n`);
    await client.save('hazards.p2parch');
    await client.remove('hazards.p2parch', 'changed');
    expect(problems('mill.p2parch')).toEqual([]);
    expect(await client.ask('textDocument/documentSymbol', 'hazards.p2parch')).toHaveLength(2);
    await client.close('hazards.p2parch');
    expect(problems('mill.p2parch')).toEqual([UNREADABLE]);
  });

  it('a file deleted and written again at once is there though the watcher tells the half of it', async () => {
    const wrong = 'architecture A { users X { needs Y } }\n';
    await start({ 'wrong.p2parch': wrong }, 'wrong.p2parch');
    await client.remove('wrong.p2parch');
    client.writeUnseen('wrong.p2parch', wrong);
    await client.settled();
    expect(await client.ask('textDocument/documentSymbol', 'wrong.p2parch')).toHaveLength(1);
    expect(client.problems('wrong.p2parch')).toContain('No component named "Y" in A.');
  });

  it('a file written again and opened while the disk is asked whether it is there is there', async () => {
    await start({ 'mill.p2parch': MILL }, 'mill.p2parch');
    for (let round = 0; round < 10; round++) {
      await client.write('hazards.p2parch', HAZARD);
      await Promise.all([client.remove('hazards.p2parch'), client.open('hazards.p2parch', HAZARD)]);
      expect(problems('mill.p2parch')).toEqual([]);
      await client.close('hazards.p2parch');
      expect(problems('mill.p2parch')).toEqual([UNREADABLE]);
    }
  });

  it('a folder that is deleted leaves what editors show of it', async () => {
    const mill = MILL.replace('./hazards', './shared/hazards');
    const files = { 'shared/hazards.p2parch': HAZARD, 'shared/more.p2parch': HAZARD, 'mill.p2parch': mill };
    await start(files, 'mill.p2parch', 'shared/hazards.p2parch');
    await client.remove('shared');
    expect(problems('mill.p2parch')).toEqual([]);
    expect(await client.ask('textDocument/documentSymbol', 'shared/hazards.p2parch')).toHaveLength(1);
    await client.edit('mill.p2parch', mill.replace('hazards', 'more'));
    expect(problems('mill.p2parch')?.[0]).toBe('"./shared/more.p2parch" cannot be read.');
  });

  it('a file deleted under unsaved changes counts as the editor has it', async () => {
    await start({ 'hazards.p2parch': HAZARD, 'mill.p2parch': MILL }, 'mill.p2parch', 'hazards.p2parch');
    await client.edit('hazards.p2parch', `${HAZARD}hazard Flood\nhazard Flood\n`);
    await client.remove('hazards.p2parch');
    expect(problems('mill.p2parch')).toEqual([]);
    expect(problems('hazards.p2parch')).toHaveLength(1);
    await client.edit('hazards.p2parch', HAZARD);
    expect(problems('hazards.p2parch')).toEqual([]);
    await client.close('hazards.p2parch');
    expect(problems('mill.p2parch')).toEqual([UNREADABLE]);
  });
});

describe('an import', () => {
  it('finds files in other folders, whatever way it takes there', async () => {
    const others = { 'a/b/main.p2parch': MILL.replace('./hazards', '../../c/hazards'), 'c/hazards.p2parch': HAZARD };
    await start(others, 'a/b/main.p2parch');
    expect(problems('a/b/main.p2parch')).toEqual([]);
    for (const way of ['../../a/../c/hazards', '.././../c/./hazards', './../..//c/hazards']) {
      await client.edit('a/b/main.p2parch', MILL.replace('./hazards', way));
      expect(problems('a/b/main.p2parch'), way).toEqual([]);
    }
  });

  it('of one file under two spellings is one import', async () => {
    await start({ 'hazards.p2parch': HAZARD, 'a/x.p2parch': '' });
    await client.open('mill.p2parch', `import "./a/../hazards.p2parch"\n${MILL}`);
    expect(problems('mill.p2parch')).toEqual([]);
  });

  it('in other letters than the file has is another file, where the disk tells them apart', async () => {
    await start({ 'hazards.p2parch': HAZARD });
    await client.open('mill.p2parch', MILL.replace('hazards', 'Hazards'));
    expect(problems('mill.p2parch')?.[0]).toBe('"./Hazards.p2parch" cannot be read.');
  });

  it('of the file itself brings nothing, and harms nobody', async () => {
    await start({});
    await client.open('mill.p2parch', `${HAZARD}architecture B {}\n`);
    await client.edit('mill.p2parch', `import "./mill.p2parch"\n${HAZARD}architecture B {}\n`);
    expect(problems('mill.p2parch')).toEqual([]);
  });

  it('in a circle sees both ways, and is checked both ways', async () => {
    const files = {
      'a.p2parch': 'import "b.p2parch"\nhazard Fire\narchitecture A {\n  company X { exposed to Flood }\n}\n',
      'b.p2parch': 'import "a.p2parch"\nhazard Flood\narchitecture B {\n  company X { exposed to Fire }\n}\n',
    };
    await start(files, 'a.p2parch', 'b.p2parch');
    expect([problems('a.p2parch'), problems('b.p2parch')]).toEqual([[], []]);
    expect(await client.checkedBy(() => client.edit('a.p2parch', files['a.p2parch'].replace('Fire', 'Blaze')))).toEqual(
      ['a.p2parch', 'b.p2parch'],
    );
    expect(problems('b.p2parch')?.[0]).toMatch(/^No hazard named "Fire" in B\./);
  });

  it('reads names and files of any script, with blanks and signs', async () => {
    const file = 'Gefährdungen/危険 (été) & 100%.p2parch';
    await start({ [file]: 'hazard Überlauf-洪水\n' });
    await client.open(
      'mill.p2parch',
      `import "./${file}"\narchitecture Größe-Ω {\n  vendor Mühle_2 { exposed to Überlauf-洪水 }\n}\n`,
    );
    expect(problems('mill.p2parch')).toEqual([]);
    await client.open(file, 'hazard Andere\n');
    expect(problems('mill.p2parch')?.[0]).toMatch(/^No hazard named "Überlauf-洪水" in Größe-Ω\./);
  });

  it('of what lies outside of the open folder is read as well', async () => {
    await start({});
    const outside = client.folder.split('/').at(-1) as string;
    await client.open('mill.p2parch', MILL.replace('./hazards', `../${outside}/hazards`));
    expect(problems('mill.p2parch')?.[0]).toMatch(/cannot be read/);
    await client.write('hazards.p2parch', HAZARD);
    expect(problems('mill.p2parch')).toEqual([]);
  });
});
