import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXAMPLE } from '../bench/example.ts';
import { EXAMPLES } from '../examples/load.ts';
import { changesOf, checkFormat, checkUnchanged } from './check.ts';

const README = [
  ...readFileSync(path.resolve(import.meta.dirname, '../../README.md'), 'utf8').matchAll(/```p2parch\n([\s\S]*?)```/g),
].map((block) => block[1] as string);

describe('the examples are in the house style', () => {
  it.each(Object.keys(EXAMPLES))('%s', (file) => checkUnchanged(EXAMPLES[file] as string));
  it('the example of the language', () => checkUnchanged(EXAMPLE));
  it('those of the README', () => {
    expect(README).not.toEqual([]);
    for (const example of README) checkUnchanged(example);
  });
});

/** Before → after, within an architecture. */
function checkMembers(before: string, after: string): void {
  const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
  checkFormat(`architecture A {\n${before}\n}\n`, `architecture A {\n${indent(after)}\n}\n`);
}
/** Before → after, within a component. */
const checkProperties = (before: string, after: string): void =>
  checkMembers(`users X {\n${before}\n}`, `users X {\n${after.replace(/^(?=.)/gm, '  ')}\n}`);

describe('between words', () => {
  it.each([
    ['exposed  to\tH 60 %', 'exposed to H 60%'],
    ['restarts in 5min', 'restarts in 5 min'],
    ['admits 30   Client / s', 'admits 30 Client/s'],
    ['promoted from X at 0.05 % / min', 'promoted from X at 0.05%/min'],
    ['promoted from X at 10/ min', 'promoted from X at 10/min'],
    ['overloads above 200% losing 5 %/min', 'overloads above 200% losing 5%/min'],
    ['retries every 30s up to 10min', 'retries every 30 s up to 10 min'],
    ['needs( A or B )and C', 'needs (A or B) and C'],
    ['needs 2 of( A ,B,C )to start', 'needs 2 of (A, B, C) to start'],
    ['instances 9_600_000 // so many\t ', 'instances 9_600_000 // so many'],
  ])('%s', checkProperties);

  it('of members', () => {
    checkMembers('require S survives any   1 external\tfailure', 'require S survives any 1 external failure');
    checkMembers(
      'service S"Calls"for X{traffic 95%through A,5 %through B}',
      'service S "Calls" for X { traffic 95% through A, 5% through B }',
    );
    checkMembers('vendor V"Mail"by"Amazon"{}', 'vendor V "Mail" by "Amazon" {}');
  });
});

describe('statements', () => {
  it('stand on a line each', () =>
    checkProperties(
      'instances 4 restarts in 5 min\nfails every 1 h needs A',
      'instances 4\nrestarts in 5 min\nfails every 1 h\nneeds A',
    ));

  it('of few words are one line', () =>
    checkProperties('instances\n4\nrestarts\n  in 5\n min', 'instances 4\nrestarts in 5 min'));

  it('keep the breaks of a long `needs`, `traffic` or `accept`, a level deeper', () => {
    checkProperties('needs Alpha\nor Beta and\nGamma\nto start', 'needs Alpha\n  or Beta and\n  Gamma\n  to start');
    checkMembers(
      'service S {\ntraffic\n90% through A\n, 5%\nthrough B,\n\n5% through C\n}',
      'service S {\n  traffic\n    90% through A, 5%\n    through B,\n    5% through C\n}',
    );
    checkMembers(
      'accept cold-start-cycle on X\n      because "So it is."\nuntil 2027-01-01',
      'accept cold-start-cycle on X\n  because "So it is."\n  until 2027-01-01',
    );
  });

  it('keep parentheses over lines: what they hold a level deeper, their end below their begin', () => {
    checkProperties(
      'needs 2 of (\nA,\n2 of (\nB,\nC\n),\nD\n)',
      'needs 2 of (\n  A,\n  2 of (\n    B,\n    C\n  ),\n  D\n)',
    );
    checkProperties('needs (A\nor B\n)', 'needs (A\n  or B)');
  });

  it('keep one blank line of those that stood between them, none before `}` and none within', () => {
    checkMembers('\n\nusers X\n\n\n\nusers Y\nusers Z\n\n', '\nusers X\n\nusers Y\nusers Z');
    checkProperties('needs A\n\n\nor B', 'needs A\n  or B');
  });
});

describe('blocks', () => {
  it('on one line stay there as long as they fit', () => {
    checkMembers('users Client{needs Server}', 'users Client { needs Server }');
    checkMembers('company X {fails every 99h restarts in 1h}', 'company X { fails every 99 h restarts in 1 h }');
    const long = Array.from({ length: 12 }, (_, index) => `Component${index}`).join(' or ');
    checkMembers(`users X { needs ${long} serves 1 Y }`, `users X {\n  needs ${long}\n  serves 1 Y\n}`);
  });

  it('begin on the line of their head', () =>
    checkMembers(
      'company X\n{\ninstances 4\n}\ncompany Y\n\n{needs X}',
      'company X {\n  instances 4\n}\ncompany Y { needs X }',
    ));

  it('that are empty are {}', () => checkMembers('company X {\n\n}\ncompany Y{ }', 'company X {}\ncompany Y {}'));

  it('on one line hold others: the outer breaks first', () => {
    checkFormat('architecture A{group G{users X{needs Y}}}', 'architecture A { group G { users X { needs Y } } }\n');
    const members = Array.from({ length: 5 }, (_, index) => `users Population${index} { needs Server }`);
    checkFormat(
      `architecture A {${members.join(' ')}}`,
      `architecture A {\n${members.map((line) => `  ${line}\n`).join('')}}\n`,
    );
  });
});

describe('comments', () => {
  it('on a line of their own are indented as what follows', () =>
    checkMembers(
      '    // one\nusers X {\n// two\ninstances 4\n// last\n}\n/* three */\nusers Y',
      '// one\nusers X {\n  // two\n  instances 4\n  // last\n}\n/* three */\nusers Y',
    ));

  it('before a `}` leave it a line of its own', () =>
    checkMembers(
      'users X {\ninstances 4\n/* four */ /** five */ }',
      'users X {\n  instances 4\n  /* four */ /** five */\n}',
    ));

  it('at the end of a line stay behind their statement', () =>
    checkMembers(
      'users X {// head\ninstances 4\t\t// four\n} // end\nusers Y /* here */\nusers Z',
      'users X { // head\n  instances 4 // four\n} // end\nusers Y /* here */\nusers Z',
    ));

  it('between words stay between them', () => {
    checkProperties('needs A // first\nor /* second */B', 'needs A // first\n  or /* second */ B');
    checkProperties('exposed to H 5 // five\n%', 'exposed to H 5 // five\n  %');
    checkProperties('admits 3 C / /* per */s', 'admits 3 C/ /* per */ s');
    checkProperties('needs (/* a */A/* b */)', 'needs (/* a */ A /* b */)');
  });

  it('between two statements of one line: a documentation comment goes to the next, others stay', () =>
    checkProperties(
      'needs A /** B */ needs B needs C /* C */ needs D',
      'needs A\n/** B */ needs B\nneeds C /* C */\nneeds D',
    ));

  it('at the ends of lines stay below each other', () =>
    checkProperties(
      'instances   4   // four\nneeds Server    // served',
      'instances 4   // four\nneeds Server    // served',
    ));

  it('of several lines keep what is in them; the stars of documentation move', () => {
    checkUnchanged('/* a\n      b\n * c\n */\nhazard X\n');
    checkFormat(
      'architecture A {\n/* a\n      b\n * c */\nusers X\n      /**\n       * Doc.\n         as it is\n   *   - *this*\n       */\nusers Y\n}\n',
      'architecture A {\n  /* a\n      b\n * c */\n  users X\n  /**\n   * Doc.\n         as it is\n   *   - *this*\n   */\n  users Y\n}\n',
    );
  });

  it('with a blank line around keep it', () =>
    checkFormat(
      '\n\n// head\n\n\n// import\nimport "a"\n\n\n// end\n\n',
      '// head\n\n// import\nimport "a"\n\n// end\n',
    ));
});

describe('files', () => {
  it('end with one line end, or are empty', () => {
    checkFormat('hazard X', 'hazard X\n');
    checkFormat('hazard X\n\n  \n', 'hazard X\n');
    checkFormat(' \n\n', '');
    checkFormat('// only a comment  ', '// only a comment\n');
  });

  it('keep their kind of line end, and a byte order mark', () => {
    checkFormat('hazard X\r\n\r\n\r\nhazard   Y', 'hazard X\r\n\r\nhazard Y\r\n');
    checkFormat('\uFEFF  hazard   X\n', '\uFEFFhazard X\n');
  });

  it('are indented as the editor is set', () => {
    const text = 'architecture A {\nusers X {\n/**\n* Doc.\n*/\ninstances 4\n}\n}\n';
    checkFormat(text, 'architecture A {\n\tusers X {\n\t\t/**\n\t\t * Doc.\n\t\t */\n\t\tinstances 4\n\t}\n}\n', {
      tabSize: 8,
      insertSpaces: false,
    });
    checkFormat(
      text,
      'architecture A {\n    users X {\n        /**\n         * Doc.\n         */\n        instances 4\n    }\n}\n',
      {
        tabSize: 4,
        insertSpaces: true,
      },
    );
  });
});

describe('a line', () => {
  it('is as long as it looks', () => {
    const text = 'architecture A {\n\tusers X { needs Y }\n}\n';
    checkFormat(text, text, { tabSize: 100, insertSpaces: false });
    checkFormat(text, 'architecture A {\n\tusers X {\n\t\tneeds Y\n\t}\n}\n', { tabSize: 110, insertSpaces: false });
  });
});

describe('a file with errors', () => {
  it('keeps the statements with errors as they are', () =>
    checkFormat(
      'architecture A {\n company   X {\n     needs   or\n instances   4\n fails every 5minutes needs   B\n}\n users   {\n  needs   B\n}\n}\n',
      'architecture A {\n  company X {\n     needs   or\n instances   4\n fails every 5minutes\n    needs B\n  }\n users   {\n    needs B\n  }\n}\n',
    ));

  it('keeps a declaration whose braces do not pair', () => {
    const broken = 'architecture A {\n company   X {\n instances   4\n\n users   Y\n}\n';
    checkFormat(`hazard   H\n${broken}architecture   B{}\n`, `hazard H\n${broken}architecture B {}\n`);
    expect(changesOf('architecture A {\n } }\n  users   X')).toEqual([]);
  });

  it('keeps what is no word of the language', () =>
    checkFormat('hazard   X ;\nhazard   Y\nhazard   Z\n/* open', 'hazard   X ;\nhazard Y\nhazard   Z\n/* open'));
});
