import { describe, expect, it } from 'vitest';
import { check, checkErrors } from './check.ts';

const inside = (members: string): string => `architecture A {\n  users Client\n  company Server\n${members}\n}\n`;

describe('names', () => {
  it('an unknown name is told with the nearest one', () =>
    checkErrors(`architecture A {
  users SuperNode
  users Client { needs SuperNod }
//                     ^^^^^^^^ No component named "SuperNod" in A. Did you mean "SuperNode"?
}`));

  it('the right name of the wrong kind', () =>
    checkErrors(`hazard Reboot
architecture A {
  users Client { needs Reboot }
//                     ^^^^^^ "Reboot" is a hazard; a component is needed here.
  service Calling for Client needs Client
  company Relay { needs Calling }
//                      ^^^^^^^ "Calling" is a service; a component is needed here.
  require Client survives any 1 failure
//        ^^^^^^ "Client" is a component; a service is needed here.
}`));

  it('a name given twice, in an architecture', () =>
    checkErrors(`architecture A {
  users Client
  company Client
//        ^^^^^^ The name "Client" is given twice: there is a component of that name.
  group Europe {
    company Client
//          ^^^^^^ The name "Client" is given twice
  }
  service Europe needs Client
//        ^^^^^^ The name "Europe" is given twice: there is a group of that name.
}`));

  it('a name given twice, in a file and its imports', () =>
    checkErrors(
      `import "./other.p2parch"
hazard Reboot
//     ^^^^^^ The name "Reboot" is given twice: there is a hazard of that name, in an imported file.
architecture A {}
scenario A on A { run 1 h }
//       ^ The name "A" is given twice: there is an architecture of that name.
`,
      { 'other.p2parch': 'hazard Reboot' },
    ));

  it('words of the language and its units are reserved', () =>
    checkErrors(`architecture A {
  company min
//        ^^^ "min" is a word of the language and cannot be a name.
  company restarts { instances 2 }
//        ^^^^^^^^ "restarts" is a word of the language and cannot be a name.
  service s needs Client
//        ^ "s" is a word of the language
  users Client
}`));

  it('a word of the language given as a name is told once, however often it is named', () =>
    checkErrors(`architecture A {
  company group { instances 2 }
//        ^^^^^ "group" is a word of the language and cannot be a name.
  company Web { needs group }
  service S needs Web and group
  service T needs min
//                ^^^ Expected a name, "(…)" or "n of (…, …)"; "min" is a word of the language.
}`));

  it('what cannot be read is told at itself, and not at the word before it', () =>
    checkErrors(`architecture A {
  company 🚀
//        ^^ "🚀" means nothing here.
  company
//^^^^^^^ Expected a name after "company".
}`));

  it("a name inside hides the file's; names of any script, with hyphens, are compared in normal form C", () =>
    checkErrors(`hazard Reboot
architecture Überblick {
  hazard Reboot
  users 顧客-1 { exposed to Reboot 5% }
  vendor Cafe\u0301 "Café"
  users company1 { needs Caf\u00e9 and 顧客-1 }
}`));
});

describe('imports', () => {
  it('stand at the head of the file, and nowhere in a block', () =>
    checkErrors(`architecture A {
  import "./other.p2parch"
//^^^^^^ Imports stand at the head of the file, before everything else.
  company Web
}
architecture B {
  company Web {
    import "./other.p2parch"
//  ^^^^^^ Imports stand at the head of the file
  }
}
`));

  it('a file that cannot be read, and no consequence of it', () =>
    checkErrors(`import "./nowhere.p2parch"
//     ^^^^^^^^^^^^^^^^^^^ "./nowhere.p2parch" cannot be read.
architecture A extends Base {
  users Client { exposed to Reboot needs Server }
}
scenario S on Base { at 1 h crash Server run 2 h }
`));

  it('circles are allowed; a file sees what it imports, no further', () =>
    checkErrors(
      `import "./one.p2parch"
architecture A { users Client { exposed to Near exposed to Far } }
//                                                         ^^^ No hazard named "Far" in A.
`,
      { 'one.p2parch': 'import "./two.p2parch"\nimport "./main.p2parch"\nhazard Near', 'two.p2parch': 'hazard Far' },
    ));
});

describe('properties', () => {
  it('given twice', () =>
    checkErrors(
      inside(`  users X {
    instances 2
    instances 3
//  ^^^^^^^^^^^ "instances" is given twice.
    needs Client
    needs Server
    needs Client to start
//  ^^^^^^^^^^^^^^^^^^^^^ "needs" for Client is given twice.
    serves 3 Client
    serves 4 Client
//  ^^^^^^^^^^^^^^^ "serves" for Client is given twice.
    admits 3 Client/s
    admits 4 Server/s
  }`),
    ));

  it('numbers that cannot be', () =>
    checkErrors(
      inside(`  users X {
    instances 0
//            ^ There has to be at least one instance.
    restarts in 0 s
//              ^ A duration has to be more than zero.
    admits 0 Client/s
//         ^ A rate has to be more than zero.
    overloads above 250% losing 101%/min
//                              ^^^ A percentage over 100 cannot be here.
    retries every 5 s up to -1 min
//                          ^^ A duration has to be more than zero.
    fails every 2_000_000_000_000_000 h
//              ^^^^^^^^^^^^^^^^^^^^^ Numbers end at
    needs 3 of (Client, Server)
//        ^ Only 2 are listed
  }
  company Y { instances 1_000_000_000_000_001 needs 0 of (Client, Server) }
//                      ^^^^^^^^^^^^^^^^^^^^^ Numbers end at
//                                                  ^ At least 1 of them has to be asked for.`),
    ));

  it('promotion', () =>
    checkErrors(
      inside(`  users Self { promoted from Self at 1/min }
//                           ^^^^ "Self" is promoted from itself.
  users One { promoted from Two at 1%/min }
  users Two { promoted from One at 1/min }
//                          ^^^ "Two" is promoted from itself, by way of One.
  users Both { restarts in 5 min promoted from Client at 1/h }
//                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ A promoted component is promoted anew`),
    ));
});

describe('services, requirements, acceptances', () => {
  it('shares that do not add up', () =>
    checkErrors(
      inside(`  service S for Client {
    needs Server
    traffic 95% through Server, 6% through Client
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The shares add up to 101%, not to 100%.
  }
  company Third
  service T { traffic 33.3% through Server, 33.3% through Client, 33.4% through Third }
  service U { traffic 50% through Server, 50% through Server }
//                                                    ^^^^^^ "Server" is given twice.`),
    ));

  it('a reason that says nothing', () =>
    checkErrors(
      inside(`  accept shared-fate on Server because ""
//                                     ^^ Say why: who reads it later goes by the reason.
  accept shared-fate on Server because " … "
//                                     ^^^^^ Say why
  accept shared-fate on Server because "不"`),
    ));

  it('failures that are missing in a requirement', () =>
    checkErrors(`architecture A {
  company Web
  service S needs Web
  require S survives any 1 }
//                         ^ Expected "failure", "failures" or "external failures"; found "}".
architecture B {
  company Web
  service S needs Web
  require S survives any 2 extrenal failures
//                         ^^^^^^^^ Expected "failure", "failures" or "external failures"; found "extrenal". Did you mean "external"?
}`));

  it('rules and dates', () =>
    checkErrors(
      inside(`  accept single-external-dependancy on Server because "x" until 2027-02-29
//       ^^^^^^^^^^^^^^^^^^^^^^^^^^ No rule is named "single-external-dependancy". Did you mean "single-external-dependency"?
//                                                              ^^^^^^^^^^ There is no day 2027-02-29
  accept shared-fate on Server because "x" until 2028-02-29`),
    ));
});

describe('scenarios', () => {
  it('run, steps and placing', () =>
    checkErrors(`architecture A {
  users Client
  scenario Inner on A { run 1 h }
//                  ^ The scenario stands in A
  scenario Late { at 2 h crash 50% of Client run 60 min }
//                   ^^^ The scenario ends before this step, after 60 min.
}
scenario NoRun on A { at 1 h crash Client }
//       ^^^^^ For how long?
scenario Nowhere { run 1 h }
//       ^^^^^^^ On which architecture?
scenario Twice on A, A { run 1 h run 2 h }
//                   ^ "A" is given twice.
//                               ^^^^^^^ "run" is given twice.
`));

  it('names are looked up in each architecture', () =>
    checkErrors(`architecture A { users Client users Peer company Server }
architecture B { users Client company Peer service Server needs Client }
scenario S on A, B {
  at 0 s crash 40% of Peer
  at 1 min crash Server
//               ^^^^^^ "Server" is a service in B; a component or group is needed here.
  at 2 min crash Nothing
//               ^^^^^^^ No component or group named "Nothing".
  run 1 h
}
scenario T on B, A { at 1 min add 5 Peer run 1 h }
//                                  ^^^^ The company does not run Peer in A, so it cannot add any.
`));

  it('what the company does not control it cannot restore', () =>
    checkErrors(
      inside(`  users Commanded { control programmatic }
  group All { vendor Mail }
  scenario S {
    at 1 min restore Commanded
    at 1 min restore Client
//                   ^^^^^^ The company has no programmatic control of Client, so it cannot restore it.
    at 1 min restore All
//                   ^^^ The company has no programmatic control of Mail
    at 1 min add 3 Commanded
//                 ^^^^^^^^^ The company does not run Commanded
    run 5 min
  }`),
    ));
});

describe('variants', () => {
  it('extends in a circle, or what is not there', () =>
    checkErrors(
      `architecture A extends C { users X { needs Y } }
architecture B extends A {}
architecture C extends B {}
//                     ^ "C" extends itself in a circle.
architecture D extends Nobody { users X { needs Y } }
//                     ^^^^^^ No architecture named "Nobody" in this file or its imports.
`.replace('needs Y } }\narchitecture B', 'needs X } }\narchitecture B'),
    ));

  it('a scenario of the base is left out as every member is, and runs on the variant no more', async () => {
    const { language, document, problems } = await check(`architecture A {
  company Web { instances 2 restarts in 1 min }
  service S needs Web
  scenario Calm { run 2 h }
  scenario Loss { at 1 h crash Web run 2 h }
  scenario S { run 2 h }
}
architecture B extends A {
  without Loss
}
architecture C extends B {
  without Loss
  without Clam
  without S
}
`);
    expect(
      problems.filter(({ kind }) => kind === 'error').map(({ message, range }) => [range.start.line, message]),
    ).toEqual([
      [11, '"B" has nothing named "Loss" to leave out.'],
      [12, '"B" has nothing named "Clam" to leave out. Did you mean "Calm"?'],
    ]);
    const scenarios = language.problems.Problems.models.scenarios(document);
    const on = (name: string) =>
      scenarios.filter(({ architecture }) => architecture.name === name).map(({ model }) => model.name);
    expect([on('A'), on('B'), on('C')]).toEqual([
      ['Calm', 'Loss', 'S'],
      ['Calm', 'S'],
      ['Calm', 'S'],
    ]);
  });

  it('leaving out the same twice', () =>
    checkErrors(`architecture A { users Client users Peer }
architecture B extends A {
  without Client
  without Client
//^^^^^^^^^^^^^^ "without Client" is given twice.
  without Peer
}
`));

  it('without what the base lacks, or what others need', () =>
    checkErrors(`architecture A { users Client { needs Server } company Server company Other }
architecture B extends A {
  without Othr
//        ^^^^ "A" has nothing named "Othr" to leave out. Did you mean "Other"?
  without Server
//        ^^^^^^ Client, inherited from A, names "Server", which B no longer has.
}
architecture C extends A { without Server users Client }
architecture D { without Client }
//                       ^^^^^^ D extends nothing, so there is nothing to leave out.
`));

  it('a replaced group goes with all that stands in it', () =>
    checkErrors(`architecture A { group Europe { users Client company Server } }
architecture B extends A { group Europe { users Client { needs Server } } }
//                                                             ^^^^^^ No component named "Server" in B.
`));
});

describe('what a variant breaks in what it inherits', () => {
  const base =
    'architecture A { company Client { needs Server } group Europe { company Server } service S for Client needs Client }';

  it('by replacing a group, or by another kind of the same name', () =>
    checkErrors(`${base}
architecture B extends A { group Europe { company Other } }
//                               ^^^^^^ Client, inherited from A, names "Server", which B no longer has.
architecture C extends A { service Server needs Client }
//                                 ^^^^^^ Client, inherited from A, names "Server", which is a service in C.
`));

  it('in an inherited scenario', () =>
    checkErrors(`architecture A {
  company Server
  scenario S { at 1 s crash Server at 2 s add 3 Server run 1 h }
}
architecture B extends A { users Server }
//                               ^^^^^^ The scenario S, inherited from A, names "Server", which the company does not control in B.
architecture C extends A { without Server }
//                                 ^^^^^^ The scenario S, inherited from A, names "Server", which C no longer has.
`));

  it('but not by what goes along with it, nor by what has lapsed', () =>
    checkErrors(`architecture A {
  group G { users X { needs Y } users Z }
  company Y
  service S needs Z
  require S survives Y
  accept shared-fate on Y because "x"
}
architecture B extends A { without X without Y }
scenario T on B { at 1 s crash G run 1 h }
`));

  it('a group has the members that the variant leaves in it', () =>
    checkErrors(`architecture A { group G { users X company Y } }
architecture B extends A { without X }
architecture C extends A { company X }
scenario S on B, C { at 1 s restore G run 1 h }
`));
});

describe('mistakes that once made more than one error', () => {
  it('a name that is none of the kinds needed, in several architectures', () =>
    checkErrors(`architecture A { service C needs D company D }
architecture B { company E }
scenario S on A, B { at 1 s crash C run 1 h }
//                                ^ "C" is a service; a component or group is needed here.
`));

  it('something else than an architecture after extends and on', () =>
    checkErrors(`hazard H
architecture A extends H { users X { needs Y } }
//                     ^ "H" is a hazard; an architecture is needed here.
scenario S on H { run 1 h }
//            ^ "H" is a hazard; an architecture is needed here.
`));

  it('scenarios and exposures given twice', () =>
    checkErrors(`hazard H
architecture A {
  group G { exposed to H exposed to H 5% users C }
//                       ^^^^^^^^^^^^^^^ "exposed" for H is given twice.
  scenario X { run 1 h }
  scenario X { run 2 h }
//         ^ The name "X" is given twice: there is a scenario of that name.
}
`));

  it('what is missing at the end of a line is told there', () =>
    checkErrors(`architecture A {
  users Client {
    serves 5
//         ^ Expected a name after "5".
    restarts in
//           ^^ Expected a number after "in".
  }
  company
//^^^^^^^ Expected a name after "company".
  service S needs Client
}
scenario T on A {
  at 5 s crash
//       ^^^^^ Expected a name after "crash".
  at 6 s strike
//       ^^^^^^ Expected a name after "strike".
  run 1 h
}
`));

  it('one base that is not there makes no other name unknown, however many there are', async () => {
    const members = Array.from({ length: 3000 }, (_, index) => `  company Server${index} { needs Base${index} }`);
    await checkErrors(`architecture A extends Nop {
//                     ^^^ No architecture named "Nop" in this file or its imports.
${members.join('\n')}
}`);
  });

  it('nesting that no parser should follow', async () => {
    const { problems } = await check(`architecture A { users C { needs ${'('.repeat(5000)}C${')'.repeat(5000)} } }`);
    expect(problems.filter(({ kind }) => kind === 'error').map(({ message }) => message)).toEqual([
      'The parentheses are nested too deeply here: 100 levels are read.',
    ]);
  });
});

describe('mistakes that are told each on its own', () => {
  it('between the declarations of a file', async () => {
    const { problems } = await check('hazard H\nfoo\nhazard I\nbar baz\narchitecture A { users C }\n}\nqux\n');
    const errors = problems.filter(({ kind }) => kind === 'error');
    expect(errors.map(({ message, range }) => `${range.start.line + 1} ${message}`)).toEqual(
      [
        [2, 'foo'],
        [4, 'bar'],
        [6, '}'],
        [7, 'qux'],
      ].map(([line, word]) => `${line} Expected import, hazard, architecture or scenario; found "${word}".`),
    );
  });

  it('but not the members and the brace that are left over where an architecture has ended too early', async () => {
    const { problems } = await check('architecture A {\n  users C }\n  company D\n  company E {}\n}\n');
    expect(problems.filter(({ kind }) => kind === 'error').map(({ range }) => range.start.line + 1)).toEqual([3]);
  });

  it('in brackets of any depth, at once', async () => {
    for (const need of [
      '('.repeat(40),
      `${'('.repeat(40)}C D${')'.repeat(40)}`,
      `${'2 of ('.repeat(40)}C`,
      `${'('.repeat(90)}C`,
    ]) {
      const { problems } = await check(`architecture A { company C company D service S needs ${need}\n  company E }`);
      expect(problems.filter(({ kind }) => kind === 'error')).toHaveLength(1);
    }
  });
});

describe('syntax', () => {
  it('numbers, units and letters', () =>
    checkErrors(
      inside(`  users X {
    restarts in 5min
    retries every 30 s up to 10 minutes
//                              ^^^^^^^ Expected a unit of time (ms, s, min, h, d); found "minutes". Did you mean "min"?
    exposed to Y 60 %
    serves 400Client
//            ^^^^^^ "Client" stands directly after a number
    fails every 5minutes
//               ^^^^^^^ "minutes" is no unit: write min.
    instances 9__600
//             ^^^^^ A number has single "_"
  }
  hazard Y`),
    ));

  it('texts and comments', () =>
    checkErrors(
      inside(`  users X "a \\q b" // "
//           ^^ "\\q" is no escape
  users Y "open
//        ^^^^^ This text is not closed
  users Z "say \\"hi\\" \\\\"
  /* never closed
//^^ This comment is not closed`),
    ));

  it('words that mean nothing here', () =>
    checkErrors(`architecture A {
  usres Client
//^^^^^ "usres" means nothing here. Did you mean "users"?
  users Peer {
    instnaces 5
//  ^^^^^^^^^ "instnaces" means nothing here. Did you mean "instances"?
    needs Client §
//               ^ "§" means nothing here.
    overlods above 3% losing 1%/min
//  ^^^^^^^^ Expected a property: …; found "overlods". Did you mean "overloads"?
    restarts sometime
//           ^^^^^^^^ Expected "in", "after" or "over" a time, or "never"; found "sometime".
  }
}
`));

  it('habits from other languages, with how it is written here', () =>
    checkErrors(`architecture A {
  # a comment
//^ "#" means nothing here. A comment begins with "//".
  company Web Server { instances 4 }
//            ^^^^^^ Expected …; found "Server". A name has no blank in it; a title in quotes may stand behind it.
  company D { instances 1,000,000 }
//                       ^ Expected …; found ",". In a number, thousands are set off by "_": 10_000.
  company E { instances 10 000 }
//                         ^^^ Expected …; found "000". In a number, thousands are set off by "_": 10_000.
  company F { restarts in 1 h 30 min }
//                            ^^ Expected …; found "30". A time is one number and one unit: 90 min, and not 1 h 30 min.
  company G { needs D, E }
//                   ^ Expected …; found ",". Needs are joined by "and" or "or".
  company H { needs D && E }
//                    ^^ "&&" means nothing here. Needs are joined by "and".
  company I { instances: 4 }
//                     ^ ":" means nothing here. What a property says stands directly behind its word.
  vendor J by 'Corp'
//            ^ "'" means nothing here. Texts stand between two ".
  service S needs D || E
//                  ^^ "||" means nothing here. Needs are joined by "or".
}
`));

  it('a property that stands outside of the braces of its component', () =>
    checkErrors(`architecture A {
  users Client needs Server
//             ^^^^^ "needs" says something of a component: it stands between "{" and "}" behind the component's name.
  company Server { instances 3 } restarts in 5 min
//                               ^^^^^^^^ "restarts" says something of a component
  group G {
    users Peer overloads above 80%
//             ^^^^^^^^^ "overloads" says something of a component
  }
}
`));

  it('a misspelled declaration of the file', () =>
    checkErrors(`hazard H
  architectur B {}
//^^^^^^^^^^^ "architectur" means nothing here. Did you mean "architecture"?
`));

  it('a block that is not closed', () =>
    checkErrors(`architecture A {
  users Client {
    needs Server
  company Server
//^^^^^^^ Expected a property
}
`));
});
