import type { IParserErrorMessageProvider, IToken, TokenType } from 'chevrotain';
import { nearest } from '../names/nearest.ts';
import { UNITS, unitLike } from './lexer.ts';

const MEMBERS = {
  what: 'a component (company, users, vendor), group, service, hazard, scenario, require, accept or without',
  words: 'company users vendor group service hazard scenario require accept without'.split(' '),
};
const COMPONENT_PROPERTIES = {
  what: 'a property: instances, control, needs, serves, admits, restarts, promoted, overloads, retries, fails or exposed',
  words: 'instances control needs serves admits restarts promoted overloads retries fails exposed'.split(' '),
};

/** What may stand where a rule of the grammar has to choose, as a reader of the language would say it. */
const CHOICES: Readonly<Record<string, { readonly what: string; readonly words: readonly string[] }>> = {
  File: { what: 'import, hazard, architecture or scenario', words: ['import', 'hazard', 'architecture', 'scenario'] },
  Member: MEMBERS,
  Architecture: MEMBERS,
  Component: COMPONENT_PROPERTIES,
  Property: COMPONENT_PROPERTIES,
  Group: {
    what: 'exposed, a component (company, users, vendor) or a group',
    words: ['exposed', 'company', 'users', 'vendor', 'group'],
  },
  Service: { what: 'needs, or a block { needs … traffic … }', words: ['needs', 'traffic'] },
  ServiceProperty: { what: 'needs or traffic', words: ['needs', 'traffic'] },
  Scenario: { what: 'at, run or expect', words: ['at', 'run', 'expect'] },
  Action: { what: 'crash, strike, restore or add', words: ['crash', 'strike', 'restore', 'add'] },
  Expectation: { what: '"back to … within …" or "never below …"', words: ['back', 'never'] },
  Restarts: { what: '"in", "after" or "over" a time, or "never"', words: ['in', 'after', 'over', 'never'] },
  ControlLevel: { what: 'full, physical, programmatic or none', words: ['full', 'physical', 'programmatic', 'none'] },
  AtomicNeed: { what: 'a name, "(…)" or "n of (…, …)"', words: [] },
  Duration: { what: `a unit of time (${UNITS.join(', ')})`, words: UNITS },
  Per: { what: 'a unit of time after "/" (s, min, h, d)', words: ['s', 'min', 'h', 'd'] },
  Requirement: { what: '"any n failures", or the name of a component, group or hazard', words: ['any'] },
  Decimal: { what: 'a number', words: [] },
  Promoted: { what: 'a number or a percentage', words: [] },
};
/** Terminals as a reader would call them. */
const TERMINALS: Readonly<Record<string, string>> = {
  NAME: 'a name',
  STRING: 'a text in quotes',
  INT: 'a whole number',
  NUMBER: 'a number',
  DATE: 'a date (YYYY-MM-DD)',
  EOF: 'the end of the file',
};

/** Says what is missing in the language's own words, never in those of the parser. */
export class P2PArchParserMessages implements IParserErrorMessageProvider {
  buildMismatchTokenMessage(options: { expected: TokenType; actual: IToken; ruleName: string }): string {
    const { expected, actual } = options;
    const rule = ruleNamed(options.ruleName);
    if (expected.name === 'NAME' && isKeyword(actual)) {
      return `"${actual.image}" is a word of the language and cannot be a name.`;
    }
    if (expected.name === 'INT' && actual.tokenType.name === 'NUMBER') return 'A whole number is needed here.';
    if (expected.name === 'EOF') return this.buildNotAllInputParsedMessage({ firstRedundant: actual });
    const choices = CHOICES[rule];
    if (expected.name === '}' && choices)
      return `Expected ${choices.what}, or "}"; found ${said(actual)}.${hint(choices.words, actual)}`;
    return `Expected ${label(expected)}; found ${said(actual)}.${hint([expected.name], actual)}`;
  }

  buildNotAllInputParsedMessage(options: { firstRedundant: IToken }): string {
    const choices = CHOICES.File as (typeof CHOICES)[string];
    if (options.firstRedundant.image === 'import')
      return 'Imports stand at the head of the file, before everything else.';
    return `Expected ${choices.what}; found ${said(options.firstRedundant)}.${hint(choices.words, options.firstRedundant)}`;
  }

  buildNoViableAltMessage(options: { actual: IToken[]; ruleName: string }): string {
    const actual = options.actual[0] as IToken;
    const choices = CHOICES[ruleNamed(options.ruleName)];
    if (isKeyword(actual) && choices?.words.length === 0) {
      return `Expected ${choices.what}; "${actual.image}" is a word of the language.`;
    }
    return `Expected ${choices?.what ?? 'something else'}; found ${said(actual)}.${hint(choices?.words ?? [], actual)}`;
  }

  buildEarlyExitMessage(options: { actual: IToken[]; ruleName: string }): string {
    return this.buildNoViableAltMessage(options);
  }
}

/** The parser marks its rules' names with an invisible last character. */
const ruleNamed = (ruleName: string): string => ruleName.replace(/[^A-Za-z]/g, '');

const isKeyword = (token: IToken): boolean =>
  /^[a-z]+$/.test(token.tokenType.name) && token.tokenType.name === token.image;

const said = (token: IToken): string =>
  token.tokenType.name === 'EOF'
    ? 'the end of the file'
    : `"${token.image.length > 40 ? `${token.image.slice(0, 40)}…` : token.image}"`;

const label = (type: TokenType): string => TERMINALS[type.name] ?? `"${type.name}"`;

function hint(words: readonly string[], actual: IToken): string {
  if (actual.tokenType.name !== 'NAME') return '';
  const meant = (words === UNITS ? unitLike(actual.image) : undefined) ?? nearest(actual.image, words);
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}
