// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets of the editor protocol are written like this.
import { type FileSystemNode, type FileSystemProvider, URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { describe, expect, it } from 'vitest';
import { completion, inOrder, labelsAt, open } from './at.ts';

const MEMBERS = 'company users vendor group service hazard scenario require … accept without'.split(' ');

const inComponent = (text: string): string => `hazard Reboot
hazard Fire
architecture Product {
  company Gate "Gates"
  users Client { promoted from Peer at 1/s }
  group Region { vendor Store by "Amazon" }
  users Peer {
    ${text}
  }
  service Calling { needs Client }
}`;

const inArchitecture = (text: string): string => `hazard Reboot
architecture Product {
  company Gate
  users Client
  group Region { vendor Store { control programmatic } }
  service Calling { needs Client }
  ${text}
}`;

const PROPERTIES = [
  'instances',
  'control',
  'needs',
  'serves',
  'admits',
  'restarts',
  'restarts never',
  'promoted from',
  'overloads above',
  'retries every',
  'fails every',
  'exposed to',
];

describe('what begins', () => {
  const files: readonly (readonly [string, readonly string[]])[] = [
    ['<|>', ['import', 'hazard', 'architecture', 'scenario', '/** … */']],
    ['import "./a"\n<|>', ['import', 'hazard', 'architecture', 'scenario', '/** … */']],
    ['hazard H {}\n<|>', ['hazard', 'architecture', 'scenario', '/** … */']],
    ['<|>\nimport "./a"', ['import', '/** … */']],
  ];
  it.each(files)('in a file: %j', async (text, labels) => {
    expect(await labelsAt(text)).toEqual(labels);
  });

  it('in an architecture, a group, a component, a service, a scenario', async () => {
    expect(await labelsAt(inArchitecture('<|>'))).toEqual([
      ...MEMBERS.flatMap((word) => (word === '…' ? ['require … survives'] : [word])),
      '/** … */',
    ]);
    expect(await labelsAt(inArchitecture('group Site { <|> }'))).toEqual([
      'exposed to',
      'company',
      'users',
      'vendor',
      'group',
      '/** … */',
    ]);
    expect(await labelsAt(inComponent('<|>'))).toEqual(PROPERTIES);
    expect(await labelsAt(inArchitecture('service Texting { <|> }'))).toEqual(['needs', 'traffic']);
    expect(await labelsAt(inArchitecture('scenario Outage { <|> }'))).toEqual([
      'at … crash',
      'at … strike',
      'at … restore',
      'at … add',
      'run',
      'expect',
      'expect … never below',
    ]);
  });

  it('offers no property twice that stands once, before or behind', async () => {
    const given = ['instances', 'restarts', 'restarts never', 'promoted from', 'fails every', 'control'];
    expect(
      await labelsAt(inComponent('instances 3\n fails every 3 d\n <|>\n restarts never\n control full\n needs Gate')),
    ).toEqual(PROPERTIES.filter((label) => !given.includes(label)));
    expect(await labelsAt(inArchitecture('service Texting { traffic 100% through Gate\n <|> }'))).toEqual([
      'needs',
      ',',
    ]);
    expect(await labelsAt(inArchitecture('scenario Outage { run 3 h\n at 1 s crash <|> }'))).toEqual([
      'Gate',
      'Client',
      'Region',
      'Store',
      '40% of',
    ]);
  });

  it('writes properties and members whole, with places to stop at', async () => {
    const written = async (text: string) =>
      Object.fromEntries(
        inOrder(await completion(await open(text))).map(({ label, textEdit }) => [label, textEdit?.newText]),
      );
    expect(await written(inComponent('<|>'))).toEqual({
      instances: 'instances ${1:10}',
      control: 'control ${1|full,physical,programmatic,none|}',
      needs: 'needs ${1|Gate,Client,Store|}',
      serves: 'serves ${1:400} ${2|Gate,Client,Store,Peer|}',
      admits: 'admits ${1:30} ${2|Gate,Client,Store,Peer|}${3:/s}',
      restarts: 'restarts ${1|in,after,over|} ${2:5 min}',
      'restarts never': 'restarts never',
      'promoted from': 'promoted from ${1|Gate,Store|} at ${2:10}${3:/min}',
      'overloads above': 'overloads above ${1:200}% losing ${2:5}%${3:/min}',
      'retries every': 'retries every ${1:30 s}',
      'fails every': 'fails every ${1:90 d}',
      'exposed to': 'exposed to ${1|Reboot,Fire|}',
    });
    expect(await written(inArchitecture('<|>'))).toEqual({
      company: 'company ${1:Server} {\n\t$0\n}',
      users: 'users ${1:Server} {\n\t$0\n}',
      vendor: 'vendor ${1:Server} {\n\t$0\n}',
      group: 'group ${1:Region} {\n\t$0\n}',
      service: 'service ${1:Service} {\n\t$0\n}',
      hazard: 'hazard ${1:MassReboot}',
      scenario: 'scenario ${1:Outage} {\n\t$0\n}',
      require: 'require ${1:Calling} survives any ${2:1} failure',
      'require … survives': 'require ${1:Calling} survives ${2|Gate,Client,Region,Store,Reboot|}',
      accept:
        'accept ${1|single-external-dependency,single-company-dependency,uncontrolled-majority,cold-start-cycle,shared-fate,slow-recovery,hidden-overload,no-recovery,requirement-failed,expectation-failed,unused-component,expired-acceptance,stale-acceptance|} on ${2|Gate,Client,Region,Store,Calling,Reboot|} because "${3:Reason}"',
      without: 'without ${1:Server}',
      '/** … */': '/** ${1:What it is.} */',
    });
    expect((await written('architecture A {}\n<|>')).scenario).toEqual('scenario ${1:Outage} on ${2:A} {\n\t$0\n}');
  });
});

describe('names', () => {
  const component: readonly (readonly [string, readonly string[]])[] = [
    ['needs <|>', ['Gate', 'Client', 'Store', '( … )', 'n of ( … )']],
    ['needs Gate or <|>', ['Client', 'Store', '( … )', 'n of ( … )']],
    ['needs <|> or Client', ['Gate', 'Store', '( … )', 'n of ( … )']],
    ['needs Gate\nneeds <|>', ['Client', 'Store', '( … )', 'n of ( … )']],
    ['needs 2 of (Gate, <|>)', ['Client', 'Store', '( … )', 'n of ( … )']],
    ['serves 4 <|>', ['Gate', 'Client', 'Store', 'Peer']],
    ['serves 4 Client serves 5 <|>', ['Gate', 'Store', 'Peer']],
    ['admits 4 <|>', ['Gate', 'Client', 'Store', 'Peer']],
    ['promoted from <|>', ['Gate', 'Store']],
    ['exposed to <|>', ['Reboot', 'Fire']],
    ['exposed to Fire exposed to <|>', ['Reboot']],
  ];
  it.each(component)('in a component: %s', async (text, labels) => {
    expect(await labelsAt(inComponent(text))).toEqual(labels);
  });

  const architecture: readonly (readonly [string, readonly string[]])[] = [
    ['group Site { exposed to <|> }', ['Reboot']],
    ['service Texting for <|>', ['Gate', 'Client', 'Store']],
    ['service Texting { needs <|> }', ['Gate', 'Client', 'Store', 'Calling', '( … )', 'n of ( … )']],
    ['service Texting { traffic 50% through <|> }', ['Gate', 'Client', 'Store']],
    ['service Texting { traffic 50% through Gate, 50% through <|> }', ['Client', 'Store']],
    ['require <|>', ['Calling']],
    ['require Calling survives <|>', ['Gate', 'Client', 'Region', 'Store', 'Reboot', 'any']],
    ['require Calling survives any 1 <|>', ['external', 'failure']],
    ['require Calling survives any 2 external <|>', ['failures']],
    ['accept shared-fate on <|>', ['Gate', 'Client', 'Region', 'Store', 'Calling', 'Reboot']],
    ['accept shared-fate on Gate <|>', ['for', 'because']],
    ['accept shared-fate on Gate for <|>', ['Calling']],
    ['accept shared-fate on Gate because "x" until <|>', ['2027-01-01']],
    ['scenario S { at 1 s strike <|> }', ['Reboot']],
    ['scenario S { at 1 s crash 5% of <|> }', ['Gate', 'Client', 'Region', 'Store']],
    ['scenario S { at 1 s restore <|> }', ['Gate', 'Region', 'Store']],
    ['scenario S { at 1 s add 3 <|> }', ['Gate']],
    ['scenario S { expect <|> }', ['Calling']],
  ];
  it.each(architecture)('in an architecture: %s', async (text, labels) => {
    expect(await labelsAt(inArchitecture(text))).toEqual(labels);
  });

  const BASE =
    'architecture Base { users Client group Region { vendor Store } service Calling needs Client hazard Fire }';
  const file: readonly (readonly [string, readonly string[]])[] = [
    [`${BASE} architecture Variant extends <|>`, ['Base']],
    ['architecture A extends B {} architecture B extends <|>', []],
    [`${BASE} architecture Variant extends Base { without <|> }`, ['Client', 'Region', 'Store', 'Calling', 'Fire']],
    ['architecture A { users C scenario X { run 1 h } } architecture B extends A { without <|> }', ['C', 'X']],
    [
      `${BASE} architecture Variant extends Base { company Own { needs <|> } }`,
      ['Client', 'Store', '( … )', 'n of ( … )'],
    ],
    [
      `${BASE} architecture Variant extends Base { without Client scenario S { at 1 s crash <|> } }`,
      ['Region', 'Store', '40% of'],
    ],
    [`${BASE} architecture Other { company Gate } scenario S on <|>`, ['Base', 'Other']],
    [`${BASE} architecture Other { company Gate } scenario S on Base, <|> {}`, ['Other']],
    [
      'architecture A { users U users V } architecture B { vendor U } scenario S on A, B { at 1 s crash <|> }',
      ['U', '40% of'],
    ],
    [`${BASE} scenario S on Base { expect <|> }`, ['Calling']],
  ];
  it.each(file)('of variants and scenarios: %s', async (text, labels) => {
    expect(await labelsAt(text)).toEqual(labels);
  });

  it('stand in the order of their nearness, with what they are', async () => {
    const text = `import "./more.p2parch"
hazard Near "Near by"
architecture Base { hazard InBase }
architecture Product extends Base { hazard Own
  users Client { exposed to <|> } }`;
    const opened = await open(text, { 'more.p2parch': '/** From *afar*. */ hazard Far' });
    expect(
      inOrder(await completion(opened)).map(({ label, detail, documentation }) => [label, detail, documentation]),
    ).toEqual([
      ['Own', 'hazard', undefined],
      ['InBase', 'hazard', undefined],
      ['Near', 'hazard "Near by"', undefined],
      ['Far', 'hazard', { kind: 'markdown', value: 'From *afar*.' }],
    ]);
  });

  it('of rules say what the rule says', async () => {
    const [first] = inOrder(await completion(await open(inArchitecture('accept <|>'))));
    expect([first?.label, first?.detail]).toEqual([
      'single-external-dependency',
      'One component that the company does not run, one hazard that strikes such components, or one operator of them takes a service down alone.',
    ]);
  });
});

describe('values', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['restarts <|>', ['in ${1:5 min}', 'after ${1:5 min}', 'over ${1:5 min}', 'never']],
    ['restarts in <|>', ['${1:30} s', '${1:5} min', '${1:1} h', '${1:1} d', '${1:500} ms']],
    ['restarts in 5<|>', [' ms', ' s', ' min', ' h', ' d']],
    ['restarts in 5 <|>', ['ms', 's', 'min', 'h', 'd']],
    ['exposed to Fire <|>\ninstances 3', ['${1:60}%']],
    ['promoted from Gate at <|>', ['${1:10}/min', '${1:5}%/min']],
    ['promoted from Gate at 10<|>', ['/s', '/min', '/h', '/d', '%']],
    ['promoted from Gate at 10/<|>', ['s', 'min', 'h', 'd']],
    ['overloads above <|>', ['${1:200}%']],
    ['overloads above 200% losing <|>', ['${1:5}%/min']],
    ['overloads above <|>% losing 5%/min', ['${1:200}']],
    ['control <|>', ['full', 'physical', 'programmatic', 'none']],
  ];
  it.each(cases)('%s', async (text, written) => {
    const items = inOrder(await completion(await open(inComponent(text))));
    expect(items.map(({ textEdit }) => textEdit?.newText).slice(0, written.length)).toEqual(written);
    if (!text.includes('exposed')) expect(items).toHaveLength(written.length);
  });
});

describe('where words are half written', () => {
  const replaced = async (text: string) => {
    const opened = await open(text);
    return inOrder(await completion(opened)).map(({ label, textEdit }) => {
      const range = textEdit && 'range' in textEdit ? textEdit.range : undefined;
      return `${label} for "${range ? opened.document.textDocument.getText(range) : ''}"`;
    });
  };
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['architecture A { company Log-in-server users C { needs Log-<|> } }', ['Log-in-server for "Log-"']],
    ['architecture A { company Log-in-server users C { needs Log-i<|>n-ser } }', ['Log-in-server for "Log-in-ser"']],
    ['architecture A { users 名前-x users C { needs 名<|> } }', ['名前-x for "名"']],
    ['architecture A { users C { retri<|> } }', ['retries every for "retri"']],
    ['architecture A { users C { restarts in 5mi<|>n } }', ['min for "min"']],
    ['architecture A { accept single-ext<|> }', ['single-external-dependency for "single-ext"']],
    ['architecture A { users __proto__ users C { needs __<|> } }', ['__proto__ for "__"']],
  ];
  it.each(cases)('%s', async (text, labels) => {
    expect(await replaced(text)).toEqual(labels);
  });
});

describe('broken texts', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['architecture A { company Gate users C { needs Gate\n vendor D { needs <|>', ['Gate', 'C', '( … )', 'n of ( … )']],
    ['architecture A { company Gate { foo bar } ))) users C { needs <|>', ['Gate', '( … )', 'n of ( … )']],
    ['architecture A { users C { serves 400\n<|> } company Gate }', ['C', 'Gate', ...PROPERTIES]],
    ['architecture A { users C { instances many\n<|> } }', PROPERTIES.filter((label) => label !== 'instances')],
    ['architecture A { users C { instances many <|> } }', []],
    ['architecture A { require { <|> } }', []],
  ];
  it.each(cases)('%s', async (text, labels) => {
    expect(await labelsAt(text)).toEqual(labels);
  });

  it.each([
    'architecture A { users C // needs <|>',
    'architecture A { users C /* <|> */ }',
    'architecture A { users C /** <|>',
    'architecture A "<|>" {',
    'architecture A "Ti<|>',
  ])('nothing in comments and texts: %s', async (text) => {
    expect(await labelsAt(text)).toEqual([]);
  });

  it('a blank opens the list by itself only where something must follow', async () => {
    const typed = async (text: string) => inOrder(await completion(await open(text), ' ')).map(({ label }) => label);
    expect(await typed('hazard H architecture A { users C { exposed to <|> } }')).toEqual(['H']);
    expect(await typed('architecture A { users C { instances 3 <|> } }')).toEqual([]);
    expect(await typed('architecture A { users C { <|> } }')).toEqual([]);
  });
});

describe('paths of imports', () => {
  const others = { 'hazards.p2parch': '', 'deep/er/more.p2parch': '', '../beside.p2parch': '' };
  it('are those of the files that are known, none twice', async () => {
    expect(await labelsAt('import "./hazards.p2parch"\nimport "<|>"', others)).toEqual([
      './deep/er/more.p2parch',
      '../beside.p2parch',
      '../',
    ]);
    expect(await labelsAt('import <|>', others)).toEqual([
      '"./hazards.p2parch"',
      '"./deep/er/more.p2parch"',
      '"../beside.p2parch"',
      '"../"',
    ]);
  });

  it('replace what is between the quotes', async () => {
    const opened = await open('import "./ha<|>zz"', others);
    const { items } = await completion(opened);
    const [first] = items;
    expect(first?.textEdit).toEqual({
      range: { start: { line: 0, character: 8 }, end: { line: 0, character: 14 } },
      newText: './hazards.p2parch',
    });
  });

  it('are those of the folder that is written already', async () => {
    const entry = (path: string, isFile: boolean): FileSystemNode => ({
      isFile,
      isDirectory: !isFile,
      uri: URI.parse(`file:///${path}`),
    });
    const folders: Readonly<Record<string, FileSystemNode[]>> = {
      'file:///review': [entry('review/main.p2parch', true), entry('review/parts', false), entry('review/x.txt', true)],
      'file:///': [entry('top.p2parch', true), entry('review', false), entry('.git', false)],
    };
    const node = NodeFileSystem.fileSystemProvider();
    const fileSystem: FileSystemProvider = Object.create(node, {
      readDirectory: {
        value: async (uri: URI) => folders[uri.toString()] ?? Promise.reject(new Error('no such folder')),
      },
    });
    const labels = async (text: string) =>
      inOrder(await completion(await open(text, {}, fileSystem))).map(({ label }) => label);
    expect(await labels('import "./<|>"')).toEqual(['./parts/', '../']);
    expect(await labels('import "../<|>"')).toEqual(['../top.p2parch', '../review/', '../../']);
    expect(await labels('import "./nowhere/<|>"')).toEqual([]);
  });
});

it('gives plain text to editors that know no snippets', async () => {
  const opened = await open(inComponent('serv<|>'));
  await opened.language.shared.lsp.LanguageServer.initialize({ capabilities: {}, processId: null, rootUri: null });
  const { items } = await completion(opened);
  expect(items.map(({ label, insertTextFormat, textEdit }) => [label, insertTextFormat, textEdit?.newText])).toEqual([
    ['serves', undefined, 'serves 400 Gate'],
  ]);
});

describe('a statement that begins', () => {
  it('lets choose from all names, those of the statement before it included', async () => {
    const opened = await open(
      'architecture A {\n  company B\n  users C\n  service S {\n    needs C\n    <|>\n  }\n}\n',
    );
    const { items } = await completion(opened);
    const traffic = items.find(({ label }) => label === 'traffic');
    expect(traffic?.textEdit?.newText).toBe('traffic ${1:95}% through ${2|B,C|}');
    // What is needed already is not needed again.
    expect(items.find(({ label }) => label === 'needs')?.textEdit?.newText).toBe('needs ${1:B}');
  });
});
