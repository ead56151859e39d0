import { describe, expect, it } from 'vitest';
import type { LocationLink } from 'vscode-languageserver-protocol';
import { expectMarked, open, place, type Texts } from './at.ts';

/** The marked words are those that mean what the name under the cursor means. */
async function checkReferences(texts: Texts): Promise<void> {
  const opened = await open(texts);
  const found = await opened.language.lsp.ReferencesProvider?.findReferences(opened.document, {
    ...place(opened),
    context: { includeDeclaration: true },
  });
  expectMarked(texts, opened, found ?? []);
}

/** The marked words are the names of the declarations that the cursor's name leads to. */
async function checkDefinitions(texts: Texts): Promise<void> {
  const opened = await open(texts);
  const links = (await opened.language.lsp.DefinitionProvider?.getDefinition(opened.document, place(opened))) ?? [];
  expectMarked(
    texts,
    opened,
    links.map(({ targetUri, targetSelectionRange }: LocationLink) => ({ uri: targetUri, range: targetSelectionRange })),
  );
}

const SKYPE = `architecture Skype2007 {
  users Client { needs «SuperNode» }
  users «SuperNode» { serves 400 Client promoted from Client at 10/min }
  service Calling for Client { needs «SuperNode» traffic 100% through «SuperNode» }
  require Calling survives «SuperNode»
  accept single-external-dependency on «SuperNode» because "The network carries itself."
}
`;

const HOSTED = `import "skype.p2parch"
architecture SkypeHosted extends Skype2007 {
  company «Super‸Node» { serves 4_100 Client }
}
architecture Without extends SkypeHosted {
  without «SuperNode»
}
scenario Crash on Skype2007, SkypeHosted {
  at 1 h crash 40% of «SuperNode»
  run 72 h
}
`;

describe('references', () => {
  it('of a replaced member are those of the base, of without, of scenarios and of inherited uses', () =>
    checkReferences({ 'hosted.p2parch': HOSTED, 'skype.p2parch': SKYPE }));

  it('of a name that is spelled alike in an unrelated architecture are other references', () =>
    checkReferences({
      'main.p2parch': `architecture A {
  company «Server»
  users Client { needs «Ser‸ver» }
}
architecture B {
  company Server
  users Client { needs Server }
}
`,
    }));

  it('bind a member and what replaces it, though nothing names either, and past a base that leaves it out', async () => {
    await checkReferences({
      'main.p2parch': 'architecture A { users «X» }\narchitecture B extends A { company «X‸» }\n',
    });
    await checkReferences({
      'main.p2parch': `architecture A { users «X‸» }
architecture B extends A { without «X» }
architecture C extends B { company «X» }
`,
    });
  });

  it('bind two variants of one base if a scenario runs on both', () =>
    checkReferences({
      'main.p2parch': `architecture Base { users Client }
architecture A extends Base { company «Relay» }
architecture B extends Base { vendor «Relay‸» }
architecture C extends Base { vendor Relay }
scenario S on A, B { at 1 h crash «Relay» run 2 h }
`,
    }));

  it("of the file's hazard leave out those that an inner name hides", () =>
    checkReferences({
      'main.p2parch': `hazard «Storm‸»
architecture A {
  hazard Storm
  users Client { exposed to Storm }
}
architecture B {
  users Client { exposed to «Storm» 5% }
}
scenario S on A { at 1 h strike Storm run 2 h }
scenario T on B { at 1 h strike «Storm» run 2 h }
`,
    }));

  it('of an architecture are in extends and on, in every file that imports it', () =>
    checkReferences({
      'main.p2parch': 'architecture «A‸» {}\narchitecture B extends «A» {}\n',
      'other.p2parch': 'import "main.p2parch"\nscenario S on «A», B { run 1 h }\n',
      'unrelated.p2parch': 'architecture A {}\nscenario S on A { run 1 h }\n',
    }));

  it('are those of a name in normal form C, in any script, also __proto__', async () => {
    await checkReferences({
      'main.p2parch': 'architecture A { vendor «Cafe\u0301‸» users B { needs «Caf\u00e9» } }\n',
    });
    await checkReferences({ 'main.p2parch': 'architecture A { vendor «__proto__» users B { needs «‸__proto__» } }\n' });
    await checkReferences({ 'main.p2parch': 'architecture A { vendor «顧客-1» users B { needs «顧‸客-1» } }\n' });
  });

  it('are found in a file with errors', () =>
    checkReferences({
      'main.p2parch': `architecture A {
  company «Server‸» { instances }
  users Client { needs «Server» nonsense 7
  }
  service S { needs «Server» traffic 100% thrugh }
`,
    }));

  it('of an unknown name are itself; where no name stands there are none', async () => {
    await checkReferences({ 'main.p2parch': 'architecture A { users B { needs «Nobody‸» needs Nobody } }\n' });
    await checkReferences({ 'main.p2parch': 'archi‸tecture A { users B }\n' });
  });
});

describe('highlights', () => {
  it('are those of the file, the declaration as written', async () => {
    const opened = await open({
      'main.p2parch': 'architecture A { company Ser‸ver users Client { needs Server } }\n',
      'other.p2parch': 'import "main.p2parch"\nscenario S on A { at 1 h crash Server run 2 h }\n',
    });
    const found = await opened.language.lsp.DocumentHighlightProvider?.getDocumentHighlight(
      opened.document,
      place(opened),
    );
    expect(found?.map(({ range, kind }) => [range.start.character, kind])).toEqual([
      [25, 3],
      [53, 2],
    ]);
  });
});

describe('the definition', () => {
  it('of a name in a scenario on several architectures is a member of each', () =>
    checkDefinitions({
      'main.p2parch': `architecture A { users «SuperNode» }
architecture B extends A { company «SuperNode» }
architecture C extends A { users Other }
scenario S on A, B, C { at 1 h crash Super‸Node run 2 h }
`,
    }));

  it("of a name in an architecture's own scenario is a member of it and of each variant", () =>
    checkDefinitions({
      'main.p2parch': `architecture A {
  users «SuperNode»
  scenario S { at 1 h crash SuperNode‸ run 2 h }
}
architecture B extends A { company «SuperNode» }
`,
    }));

  it('of a name in a base is the member of the base', () =>
    checkDefinitions({
      'main.p2parch': `architecture A { users «SuperNode» users Client { needs ‸SuperNode } }
architecture B extends A { company SuperNode }
`,
    }));

  it('of what without names is the member of the base', () =>
    checkDefinitions({
      'base.p2parch': 'architecture A { group G { users «SuperNode» } }\n',
      'main.p2parch': 'import "base.p2parch"\narchitecture B extends A { without Super‸Node }\n',
    }));

  it('of a replacing declaration is what it replaces; of any other, itself', async () => {
    await checkDefinitions({
      'main.p2parch': 'architecture A { users «SuperNode» }\narchitecture B extends A { company Super‸Node }\n',
    });
    await checkDefinitions({ 'main.p2parch': 'architecture A { users «Super‸Node» }\n' });
  });
});
