import { describe, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { scaledTo100 } from '../../language/navigation/fixes/shares.ts';
import { after, CURSOR, errorsOf, type Opened, open, place, type Texts, whole } from './at.ts';

async function actionsAt(opened: Opened, only?: string[]): Promise<CodeAction[]> {
  const { document, language, position } = opened;
  const actions = await language.lsp.CodeActionProvider?.getCodeActions(document, {
    ...place(opened),
    range: { start: position, end: position },
    context: { diagnostics: [], ...(only && { only }) },
  });
  return (actions ?? []) as CodeAction[];
}

interface Case {
  /** The cursor stands at the mistake. */
  readonly before: string;
  /** Title of each fix, `*` before the preferred one, and the text after it. */
  readonly fixes: Readonly<Record<string, string>>;
  readonly others?: Texts;
}

/** These fixes and no others are offered, and after each the text is as said and without errors. */
async function checkFixes({ before, fixes, others = {} }: Case): Promise<void> {
  const opened = await open({ 'main.p2parch': before, ...others });
  const actions = await actionsAt(opened);
  const offered = actions.map(({ title, isPreferred, edit }) => [
    `${isPreferred ? '*' : ''}${title}`,
    after(opened, edit)['main.p2parch'],
  ]);
  expect(Object.fromEntries(offered)).toEqual(fixes);
  for (const { edit, kind, diagnostics } of actions) {
    expect(kind).toBe('quickfix');
    expect(diagnostics).toHaveLength(1);
    expect(errorsOf((await open(after(opened, edit))).documents)).toEqual([]);
  }
}

describe('an unknown word', () => {
  it('is changed to the nearest name', () =>
    checkFixes({
      before: 'architecture A { users SuperNode users C { needs Super‸Nod } }\n',
      fixes: { '*Change to "SuperNode"': 'architecture A { users SuperNode users C { needs SuperNode } }\n' },
    }));

  it('is changed to the nearest name of the right kind, in a scenario and after extends', async () => {
    await checkFixes({
      before: 'architecture A { users Client }\nscenario S on A { at 1 h crash Clien‸ run 2 h }\n',
      fixes: {
        '*Change to "Client"': 'architecture A { users Client }\nscenario S on A { at 1 h crash Client run 2 h }\n',
      },
    });
    await checkFixes({
      before: 'architecture Base {}\narchitecture A extends Bas‸ {}\n',
      fixes: { '*Change to "Base"': 'architecture Base {}\narchitecture A extends Base {}\n' },
    });
  });

  it('of the language is changed to the word that was meant', async () => {
    await checkFixes({
      before: 'architecture A {\n  users Client {\n    instanses‸ 2\n  }\n}\n',
      fixes: { '*Change to "instances"': 'architecture A {\n  users Client {\n    instances 2\n  }\n}\n' },
    });
    await checkFixes({
      before: 'architecture A {\n  ‸user Client\n}\n',
      fixes: { '*Change to "users"': 'architecture A {\n  users Client\n}\n' },
    });
  });

  it('is a rule: changed to the nearest rule', () =>
    checkFixes({
      before: 'architecture A { users C accept cold-start-cycl‸ on C because "So." }\n',
      fixes: {
        '*Change to "cold-start-cycle"': 'architecture A { users C accept cold-start-cycle on C because "So." }\n',
      },
    }));

  it('is a unit: changed to the one that was meant, with a blank or without', async () => {
    await checkFixes({
      before: 'architecture A { company C { restarts in 5minutes‸ } }\n',
      fixes: { '*Change to "min"': 'architecture A { company C { restarts in 5min } }\n' },
    });
    await checkFixes({
      before: 'architecture A { company C { restarts in 5 min‸utes } }\n',
      fixes: { '*Change to "min"': 'architecture A { company C { restarts in 5 min } }\n' },
    });
  });

  it('stands directly after a number: a blank', () =>
    checkFixes({
      before: 'architecture A { users C company D { serves 400‸C } }\n',
      fixes: { '*Insert a blank': 'architecture A { users C company D { serves 400 C } }\n' },
    }));

  it('is reserved: with a suffix that makes it free', async () => {
    await checkFixes({
      before: 'architecture A {\n  company min‸\n}\n',
      fixes: { '*Change to "min_"': 'architecture A {\n  company min_\n}\n' },
    });
    await checkFixes({
      before: 'architecture A {\n  users run_\n  service run‸ needs run_\n}\n',
      fixes: { '*Change to "run_2"': 'architecture A {\n  users run_\n  service run_2 needs run_\n}\n' },
    });
    await checkFixes({
      before: 'architecture A {\n  company min‸\n  company Web { needs min }\n  service S needs min and Web\n}\n',
      fixes: {
        '*Change to "min_"':
          'architecture A {\n  company min_\n  company Web { needs min_ }\n  service S needs min_ and Web\n}\n',
      },
    });
  });
});

describe('a scenario', () => {
  it('without run gets one, before its expectations', () =>
    checkFixes({
      before: `architecture A { users C service S needs C }
scenario T‸ on A {
  at 1 h crash C
  // What we want:
  expect S back to 95% within 2 h
}
`,
      fixes: {
        '*Add "run 24 h"': `architecture A { users C service S needs C }
scenario T on A {
  at 1 h crash C
  // What we want:
  run 24 h
  expect S back to 95% within 2 h
}
`,
      },
    }));

  it('without run gets one at its end, and in a block of one line', async () => {
    await checkFixes({
      before: 'architecture A {\n  users C\n  scenario T‸ {\n    at 1 h crash C // all\n  }\n}\n',
      fixes: {
        '*Add "run 24 h"':
          'architecture A {\n  users C\n  scenario T {\n    at 1 h crash C // all\n    run 24 h\n  }\n}\n',
      },
    });
    await checkFixes({
      before: 'architecture A { users C scenario T‸ { at 1 h crash C } }\n',
      fixes: { '*Add "run 24 h"': 'architecture A { users C scenario T { at 1 h crash C run 24 h } }\n' },
    });
    await checkFixes({
      before: 'architecture A { scenario T‸ {} }\n',
      fixes: { '*Add "run 24 h"': 'architecture A { scenario T { run 24 h } }\n' },
    });
  });

  it('without run gets one that its last step fits into', () =>
    checkFixes({
      before: 'architecture A { users C scenario T‸ { at 2 d crash C at 30 h crash C } }\n',
      fixes: {
        '*Add "run 48 h"': 'architecture A { users C scenario T { at 2 d crash C at 30 h crash C run 48 h } }\n',
      },
    }));

  it('of the file needs an architecture; inside of one it has it', async () => {
    await checkFixes({
      before: 'architecture A {}\narchitecture B {}\nscenario T‸ "Test" { run 1 h }\n',
      fixes: {
        'Add "on A"': 'architecture A {}\narchitecture B {}\nscenario T "Test" on A { run 1 h }\n',
        'Add "on B"': 'architecture A {}\narchitecture B {}\nscenario T "Test" on B { run 1 h }\n',
      },
    });
    await checkFixes({
      before: 'architecture A { scenario T on A‸ { run 1 h } }\n',
      fixes: { '*Remove "on"': 'architecture A { scenario T { run 1 h } }\n' },
    });
  });
});

describe('shares that do not add up', () => {
  const service = (shares: string): string =>
    `architecture A { users C company D vendor E service S { needs C ${shares} } }\n`;

  it('are scaled, or the rest is given to the last', () =>
    checkFixes({
      before: service('traffic‸ 60% through C, 25% through D, 5% through E'),
      fixes: {
        'Give the rest to the last: 15%': service('traffic 60% through C, 25% through D, 15% through E'),
        'Scale the shares to 100%: 66.67%, 27.78%, 5.55%': service(
          'traffic 66.67% through C, 27.78% through D, 5.55% through E',
        ),
      },
    }));

  it('are scaled if they are too many', () =>
    checkFixes({
      before: service('traffic 100% through C, 100% through‸ D'),
      fixes: {
        '*Scale the shares to 100%: 50%, 50%': service('traffic 50% through C, 50% through D'),
      },
    }));

  it('are exact in the decimals of the text', () =>
    checkFixes({
      before: service('traffic‸ 33.3% through C, 33.3% through D, 33.3% through E'),
      fixes: {
        'Give the rest to the last: 33.4%': service('traffic 33.3% through C, 33.3% through D, 33.4% through E'),
        'Scale the shares to 100%: 33.34%, 33.33%, 33.33%': service(
          'traffic 33.34% through C, 33.33% through D, 33.33% through E',
        ),
      },
    }));

  it('of one carrier become all', () =>
    checkFixes({
      before: service('traffic‸ 60% through C'),
      fixes: { '*Give the rest to the last: 100%': service('traffic 100% through C') },
    }));

  it('keep the smallest share', () => {
    expect(scaledTo100([1, 99_999])).toEqual(['0.001', '99.999']);
    expect(scaledTo100([0, 0])).toBeUndefined();
  });
});

describe('one too many', () => {
  it('is taken out: a property with its line, or the words alone', async () => {
    await checkFixes({
      before: 'architecture A {\n  users C {\n    instances 2\n    inst‸ances 3\n  }\n}\n',
      fixes: { '*Remove the second "instances"': 'architecture A {\n  users C {\n    instances 2\n  }\n}\n' },
    });
    await checkFixes({
      before: 'architecture A { users C { needs D needs‸ D instances 2 } users D }\n',
      fixes: { '*Remove the second "needs"': 'architecture A { users C { needs D instances 2 } users D }\n' },
    });
    await checkFixes({
      before: 'architecture A {\n  users C {\n    instances 2\n    instances‸ 3 // three\n  }\n}\n',
      fixes: {
        '*Remove the second "instances"': 'architecture A {\n  users C {\n    instances 2\n    // three\n  }\n}\n',
      },
    });
  });

  it('is taken out: run, traffic, an architecture of on', async () => {
    await checkFixes({
      before: 'architecture A { scenario S { run 1 h run‸ 2 h } }\n',
      fixes: { '*Remove the second "run"': 'architecture A { scenario S { run 1 h } }\n' },
    });
    await checkFixes({
      before: 'architecture A {}\nscenario S on A, A‸ { run 1 h }\n',
      fixes: { '*Remove the second "A"': 'architecture A {}\nscenario S on A { run 1 h }\n' },
    });
    await checkFixes({
      before: 'architecture A { users C service S { needs C traffic 100% through C traffic‸ 100% through C } }\n',
      fixes: {
        '*Remove the second "traffic"': 'architecture A { users C service S { needs C traffic 100% through C } }\n',
      },
    });
  });

  it('is restarts or promoted: one of them goes', () =>
    checkFixes({
      before: 'architecture A {\n  users C\n  users D {\n    promoted from C at 1/s\n    restarts‸ in 5 min\n  }\n}\n',
      fixes: {
        'Remove "restarts"': 'architecture A {\n  users C\n  users D {\n    promoted from C at 1/s\n  }\n}\n',
        'Remove "promoted"': 'architecture A {\n  users C\n  users D {\n    restarts in 5 min\n  }\n}\n',
      },
    }));

  it('is not a name that is given twice: which one it should be, nobody knows', () =>
    checkFixes({ before: 'architecture A { users C users C‸ }\n', fixes: {} }));
});

describe('a variant', () => {
  it('that extends nothing leaves nothing out', () =>
    checkFixes({
      before: 'architecture A {\n  users C\n  without C‸\n}\n',
      fixes: { 'Remove "without C"': 'architecture A {\n  users C\n}\n' },
    }));

  it('leaves out what there is: the nearest name, or nothing', () =>
    checkFixes({
      before: 'architecture A { users Client }\narchitecture B extends A { without Clien‸ }\n',
      fixes: {
        '*Change to "Client"': 'architecture A { users Client }\narchitecture B extends A { without Client }\n',
        'Remove "without Clien"': 'architecture A { users Client }\narchitecture B extends A { }\n',
      },
    }));

  it('leaves out too what needs the part that is left out', () =>
    checkFixes({
      before: 'architecture A { users C { needs D } company D }\narchitecture B extends A {\n  without D‸\n}\n',
      fixes: {
        'Add "without C"':
          'architecture A { users C { needs D } company D }\narchitecture B extends A {\n  without D\n  without C\n}\n',
      },
    }));

  it('does not extend itself', () =>
    checkFixes({
      before: 'architecture A extends A‸ { users C }\n',
      fixes: { '*Remove "extends A"': 'architecture A { users C }\n' },
    }));
});

describe('an import that cannot be read', () => {
  it('is changed to the file that is called most like it', () =>
    checkFixes({
      before: 'import "./hazard‸.p2parch"\nhazard H\n',
      fixes: { '*Change to "./hazards.p2parch"': 'import "./hazards.p2parch"\nhazard H\n' },
      others: { 'hazards.p2parch': '', 'quite-different.p2parch': '' },
    }));

  it('is changed to the file of that name in another folder', () =>
    checkFixes({
      before: 'import "./hazards‸.p2parch"\nhazard H\n',
      fixes: { '*Change to "./shared/common/hazards.p2parch"': 'import "./shared/common/hazards.p2parch"\nhazard H\n' },
      others: { 'shared/common/hazards.p2parch': '' },
    }));
});

describe('quick fixes', () => {
  it('are offered for the mistakes in the range alone', async () => {
    const text = `architecture A { users Client ${CURSOR}users B { needs Clien } users D { needs Clint } }\n`;
    const opened = await open({ 'main.p2parch': text });
    expect(await actionsAt(opened)).toEqual([]);
    const all = await opened.language.lsp.CodeActionProvider?.getCodeActions(opened.document, {
      ...place(opened),
      range: whole(opened.document),
      context: { diagnostics: [] },
    });
    expect(all?.map(({ title }) => title)).toEqual(['Change to "Client"', 'Change to "Client"']);
  });

  it('are not offered where something else is asked for', async () => {
    const opened = await open({ 'main.p2parch': 'architecture A { users Client users B { needs Clien‸ } }\n' });
    expect(await actionsAt(opened, ['refactor'])).toEqual([]);
    expect(await actionsAt(opened, ['quickfix'])).toHaveLength(1);
  });
});
