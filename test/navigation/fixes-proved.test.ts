import { EmptyFileSystem, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { monthsAfter } from '../../language/navigation/fixes/acceptances.ts';
import { FindingFixes } from '../../language/navigation/fixes/offers.ts';
import { createP2PArchServices } from '../../language/services.ts';
import { after, CURSOR, errorsOf, open, place } from './at.ts';
import { checkNoOffer, checkOffer, fixesAt } from './fixes-of-findings.ts';

const SIMPLE = `architecture A {
  users SuperNode‸

  service Calling {
    needs SuperNode
  }
}
`;

const plain = (text: string): string => text.replaceAll(CURSOR, '');

describe('a fallback that the company runs', () => {
  const title = 'Add a company-run fallback for SuperNode';
  const rule = 'single-external-dependency';

  it('is declared beside what it stands in for, and named wherever the service comes to need that', () =>
    checkOffer({
      rule,
      title,
      before: `architecture A {
  users Client {
    needs SuperNode and Login
  }
  company Login {
    instances 2
  }
  users SuperNode‸ {
    instances 100
  } // The network.

  service Calling for Client {
    needs 1 of (SuperNode, SuperNode)
  }
  service Other {
    needs Login
  }
}
`,
      text: `architecture A {
  users Client {
    needs (SuperNode or SuperNodeFallback) and Login
  }
  company Login {
    instances 2
  }
  users SuperNode {
    instances 100
  } // The network.

  company SuperNodeFallback

  service Calling for Client {
    needs 1 of (SuperNode or SuperNodeFallback, SuperNode or SuperNodeFallback)
  }
  service Other {
    needs Login
  }
}
`,
    }));

  it('stands outside of the group, under a name that no file has, written as its neighbours are', () =>
    checkOffer({
      rule,
      title: 'Add a company-run fallback for super-node',
      before: `architecture A {
  group Europe {
    users super-node‸
  }
  service S needs super-node
}
// Not super-node-fallback again.
`,
      text: `architecture A {
  group Europe {
    users super-node
  }

  company super-node-fallback2
  service S needs super-node or super-node-fallback2
}
// Not super-node-fallback again.
`,
    }));

  it('takes an acceptance with it that would cover nothing then', () =>
    checkOffer({
      rule,
      title: `${title} and remove the acceptance`,
      before: `hazard Storm‸

architecture A {
  users SuperNode { exposed to Storm }
  service S needs SuperNode

  accept single-external-dependency on SuperNode
    because "So."
}
`,
      text: `hazard Storm

architecture A {
  users SuperNode { exposed to Storm }
  company SuperNodeFallback
  service S needs SuperNode or SuperNodeFallback
}
`,
    }));

  it('for all that falls together, where one for each alone is not enough', () =>
    checkOffer({
      rule,
      title: 'Add a company-run fallback for X and Y',
      before: `hazard Storm‸
architecture A {
  vendor X { exposed to Storm }
  vendor Y { exposed to Storm }
  service S needs X and Y
}
`,
      text: `hazard Storm
architecture A {
  vendor X { exposed to Storm }
  company XFallback
  vendor Y { exposed to Storm }
  company YFallback
  service S needs (X or XFallback) and (Y or YFallback)
}
`,
    }));

  it('of a variant is declared in the base, whose words need it', () =>
    checkOffer({
      rule,
      title,
      before: `import "./base.p2parch"

architecture B extends A {
  users SuperNode‸
}
`,
      text: `import "./base.p2parch"

architecture B extends A {
  users SuperNode
}
`,
      others: {
        'base.p2parch': `architecture A {
  company SuperNode {
    instances 9
  }
  service S needs SuperNode
}
`,
      },
      otherTexts: {
        'base.p2parch': `architecture A {
  company SuperNode {
    instances 9
  }

  company SuperNodeFallback
  service S needs SuperNode or SuperNodeFallback
}
`,
      },
    }));
});

describe('a bootstrap component', () => {
  it('opens the circle where something is needed to start alone', () =>
    checkOffer({
      rule: 'cold-start-cycle',
      title: 'Add a bootstrap component the company runs beside Directory',
      before: `architecture A {
  company Directory {
    instances 3
    needs Store
  }
  company Store {
    instances 3
    needs Directory‸ to start
  }
  service S needs Store
}
`,
      text: `architecture A {
  company Directory {
    instances 3
    needs Store
  }

  company DirectoryBootstrap
  company Store {
    instances 3
    needs Directory or DirectoryBootstrap to start
  }
  service S needs Store
}
`,
    }));
});

describe('a finding is accepted', () => {
  it('behind the last member, with a reason to write and half a year', () =>
    checkOffer({
      rule: 'single-external-dependency',
      title: 'Accept this finding: single-external-dependency on SuperNode…',
      before: SIMPLE,
      text: `architecture A {
  users SuperNode

  service Calling {
    needs SuperNode
  }

  accept single-external-dependency on SuperNode
    because "…" until 2026-07-01
}
`,
    }));

  it('for its one service where there are others, behind the other acceptances, before scenarios', () =>
    checkOffer({
      rule: 'single-external-dependency',
      title: 'Accept this finding: single-external-dependency on X…',
      before: `architecture A {
    vendor X‸
    vendor Y
    service S needs X
    service T needs Y
    accept single-external-dependency on Y because "So."
    scenario Loss { at 1 h crash Y run 2 h }
}
`,
      text: `architecture A {
    vendor X
    vendor Y
    service S needs X
    service T needs Y
    accept single-external-dependency on Y because "So."
    accept single-external-dependency on X for S
        because "…" until 2026-07-01
    scenario Loss { at 1 h crash Y run 2 h }
}
`,
    }));

  it('in a block of one line on that line', () =>
    checkOffer({
      rule: 'single-external-dependency',
      title: 'Accept this finding: single-external-dependency on X…',
      before: 'architecture A { vendor X‸ service S needs X }\n',
      text: 'architecture A { vendor X service S needs X accept single-external-dependency on X because "…" until 2026-07-01 }\n',
    }));

  it('on the first component of an operator, where the finding stands', () =>
    checkOffer({
      rule: 'single-external-dependency',
      title: 'Accept this finding: single-external-dependency on X…',
      before: `architecture A {
  vendor X by "Cloud‸"
  vendor Y by "Cloud"
  service S needs X or Y

  accept shared-fate on S because "So."
}
`,
      text: `architecture A {
  vendor X by "Cloud"
  vendor Y by "Cloud"
  service S needs X or Y

  accept shared-fate on S because "So."

  accept single-external-dependency on X
    because "…" until 2026-07-01
}
`,
    }));
});

/** The one place of a snippet that is to be written. */
const BLANK = /\$\{1:…\}/;

describe('in an editor that knows snippets', () => {
  /** The texts of an edit as they stand before anything is typed. */
  function unfolded({ documentChanges = [] }: WorkspaceEdit): WorkspaceEdit {
    const changes: Record<string, TextEdit[]> = {};
    for (const change of documentChanges) {
      if (!('textDocument' in change)) throw new Error('a change of a text');
      changes[change.textDocument.uri] = change.edits.map((edit) => {
        if (!('snippet' in edit)) throw new Error('a snippet');
        const newText = edit.snippet.value.replace(BLANK, '…').replace(/\\([\\$}])/g, '$1');
        return { range: edit.range, newText };
      });
    }
    return { changes };
  }

  it.each([
    ['in a block of lines', SIMPLE],
    ['with line ends of another kind', SIMPLE.replaceAll('\n', '\r\n')],
    ['on one line', 'architecture A { vendor X‸ service S needs X }\n'],
    ['at the end of the text', 'architecture A {\n  vendor X‸\n  service S needs X }'],
  ])('the reason to write is selected, and the text is the same: %s', async (_, before) => {
    const opened = await open({ 'main.p2parch': before });
    const [plain] = (await fixesAt(opened)).filter(({ title }) => title.startsWith('Accept'));
    const able = await open({ 'main.p2parch': before });
    const fixes = new FindingFixes(able.language, { milliseconds: Number.POSITIVE_INFINITY });
    await able.language.shared.lsp.LanguageServer.initialize({
      processId: null,
      rootUri: null,
      capabilities: { workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } } },
    });
    const [filled] = (await fixes.actionsFor(able.document, able.document.diagnostics ?? [])).filter(({ title }) =>
      title.startsWith('Accept'),
    );
    expect(JSON.stringify(filled?.edit)).toMatch(BLANK);
    expect(after(able, unfolded(filled?.edit as WorkspaceEdit))).toEqual(after(opened, plain?.edit));
  });
});

describe('an acceptance', () => {
  it('that is stale is removed, with the comment that documents it and one of two blank lines', () =>
    checkOffer({
      rule: 'stale-acceptance',
      title: 'Remove the stale acceptance',
      before: `architecture A {
  vendor X
  service S needs X

  /** Once. */
  accept‸ cold-start-cycle on X because "So."

  accept single-external-dependency on X because "So."
}
`,
      text: `architecture A {
  vendor X
  service S needs X

  accept single-external-dependency on X because "So."
}
`,
    }));

  it('that has expired is removed where another covers the same', () =>
    checkOffer({
      rule: 'expired-acceptance',
      title: 'Remove the expired acceptance',
      before: `architecture A {
  vendor X
  service S needs X

  accept‸ single-external-dependency on X because "So." until 2025-06-30
  accept single-external-dependency on X because "Still so."
}
`,
      text: `architecture A {
  vendor X
  service S needs X

  accept single-external-dependency on X because "Still so."
}
`,
    }));

  it('that is stale and alone in its variant leaves an empty block', () =>
    checkOffer({
      rule: 'stale-acceptance',
      title: 'Remove the stale acceptance',
      before: `architecture A {
  company X { instances 2 }
  service S needs X
}
architecture B extends A {
  accept‸ cold-start-cycle on X because "So."
}
`,
      text: `architecture A {
  company X { instances 2 }
  service S needs X
}
architecture B extends A {}
`,
    }));

  it('that has expired gets a later date', () =>
    checkOffer({
      rule: 'expired-acceptance',
      title: 'Move the date to 2026-07-01',
      before: `architecture A {
  vendor X
  service S needs X
  accept‸ single-external-dependency on X because "So." until 2025-12-31
}
`,
      text: `architecture A {
  vendor X
  service S needs X
  accept single-external-dependency on X because "So." until 2026-07-01
}
`,
    }));

  it('runs to the last day of a month that has no such day', () => {
    expect(monthsAfter('2026-08-31', 6)).toBe('2027-02-28');
    expect(monthsAfter('2027-08-31', 6)).toBe('2028-02-29');
    expect(monthsAfter('2026-12-01', 12)).toBe('2027-12-01');
  });
});

describe('a second instance', () => {
  const company = (before: string, after: string) =>
    checkOffer({
      rule: 'single-company-dependency',
      title: 'Run a second instance of X',
      before: `architecture A {\n${before}\n  service S needs X\n}\n`,
      text: `architecture A {\n${after}\n  service S needs X\n}\n`,
    });

  it('is said where nothing is said, as the first property, or instead of one', async () => {
    await company('  company X‸', '  company X { instances 2 }');
    await company('  company X‸ {}', '  company X { instances 2 }');
    await company('  company X‸ { restarts in 1 h }', '  company X { instances 2 restarts in 1 h }');
    await company('  company X‸ { instances 1 }', '  company X { instances 2 }');
    await company(
      '  company X‸ {\n    restarts in 1 h\n  }',
      '  company X {\n    instances 2\n    restarts in 1 h\n  }',
    );
    // Comments at the head of the block stay.
    await company(
      '  company X‸ { /* slow */ restarts in 1 h }',
      '  company X { instances 2 /* slow */ restarts in 1 h }',
    );
    await company('  company X‸ { // none yet\n  }', '  company X { instances 2 // none yet\n  }');
  });
});

describe('what no service depends on', () => {
  it('is removed with its comment', () =>
    checkOffer({
      rule: 'unused-component',
      title: 'Remove Y',
      before:
        'architecture A {\n  company X { instances 2 }\n\n  /** Of old. */\n  vendor Y‸\n\n  service S needs X\n}\n',
      text: 'architecture A {\n  company X { instances 2 }\n\n  service S needs X\n}\n',
    }));

  it('is removed with the groups that hold nothing else', () =>
    checkOffer({
      rule: 'unused-component',
      title: 'Remove Y',
      before: `hazard Storm
architecture A {
  company X { instances 2 }

  group World {
    group Site {
      exposed to Storm
      vendor Y‸
    }
  }

  service S needs X
}
`,
      text: `hazard Storm
architecture A {
  company X { instances 2 }

  service S needs X
}
`,
    }));

  it('is not removed while something names it', async () => {
    const base = 'architecture A {\n  company X { instances 2 }\n  vendor Y‸\n  service S needs X\n}\n';
    await checkNoOffer(`${base}scenario T on A { at 1 h crash Y run 2 h }\n`, /^Remove/);
  });
});

describe('a fix is not offered', () => {
  it('where its finding stays: a fallback for one of two that the hazard takes', () =>
    checkNoOffer(
      `hazard Storm‸
architecture A {
  vendor X { exposed to Storm }
  vendor Y { exposed to Storm }
  service S needs X and Y
}
`,
      /fallback for [XY]$/,
    ));

  it('where it brings a finding: an acceptance of a variant would cover nothing any more', () =>
    checkNoOffer('architecture A {\n  company X‸\n  service S needs X\n}\n', /^(Run|Add)/, {
      'variant.p2parch':
        'import "./main.p2parch"\narchitecture B extends A { accept single-company-dependency on X because "So." }\n',
    }));

  it('where it brings an error: a file that builds on this one names what would be removed', () =>
    checkNoOffer('architecture A {\n  company X\n  vendor Y‸\n  service S needs X\n}\n', /^Remove/, {
      'variant.p2parch': 'import "./main.p2parch"\narchitecture B extends A { without Y }\n',
    }));
});

describe('a proof', () => {
  const offers = async (patience: ConstructorParameters<typeof FindingFixes>[1]) => {
    const { document, language } = await open({ 'main.p2parch': SIMPLE });
    const actions = await new FindingFixes(language, { milliseconds: 1e9, ...patience }).actionsFor(
      document,
      document.diagnostics ?? [],
    );
    return actions.length;
  };

  it('is not begun for a large file, nor once its time is over; then nothing is offered', async () => {
    expect(await offers({})).toBe(2);
    expect(await offers({ characters: 50 })).toBe(0);
    let now = 0;
    expect(await offers({ milliseconds: 5, now: () => (now += 6) })).toBe(0);
  });

  it('is made of a file that was never saved as of any other', async () => {
    const { shared, language } = createP2PArchServices(EmptyFileSystem);
    shared.ServiceRegistry.getServices = () => language;
    const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
    const document = LangiumDocumentFactory.fromString(plain(SIMPLE), URI.parse('untitled:Untitled-1'));
    LangiumDocuments.addDocument(document);
    await DocumentBuilder.build([document], { validation: true });
    const fixes = new FindingFixes(language, { milliseconds: 1e9 });
    expect(await fixes.actionsFor(document, document.diagnostics ?? [])).toHaveLength(2);
  });

  it('leaves the file as it is, and what is said of it', async () => {
    const opened = await open({ 'main.p2parch': SIMPLE });
    const { document, language } = opened;
    const before = JSON.stringify(language.problems.Problems.of(document));
    const range = { start: opened.position, end: opened.position };
    const actions = await language.lsp.CodeActionProvider?.getCodeActions(document, {
      ...place(opened),
      range,
      context: { diagnostics: [] },
    });
    expect(actions?.map(({ title }) => title)).toEqual([
      'Add a company-run fallback for SuperNode',
      'Accept this finding: single-external-dependency on SuperNode…',
    ]);
    expect(document.textDocument.getText()).toBe(plain(SIMPLE));
    expect(JSON.stringify(language.problems.Problems.of(document))).toBe(before);
    expect(language.shared.workspace.LangiumDocuments.all.count()).toBe(1);
    expect(errorsOf([document])).toEqual([]);
  });
});
