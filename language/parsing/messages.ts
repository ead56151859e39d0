import type { IParserErrorMessageProvider, IToken, TokenType } from 'chevrotain';
import { habitOfWords } from './habits.ts';
import { shown, UNITS, unitLike } from './lexer.ts';
import { nearest } from './nearest.ts';
import { didYouMean, reservedName, reservedWhere } from './slips.ts';

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
/** What a requirement goes on with after "any n". */
const FAILURES = { what: '"failure", "failures" or "external failures"', words: ['failure', 'failures', 'external'] };
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
  buildMismatchTokenMessage(options: {
    expected: TokenType;
    actual: IToken;
    previous: IToken;
    ruleName: string;
  }): string {
    const { expected, actual, previous } = options;
    if (expected.name === 'EOF') return this.buildNotAllInputParsedMessage({ firstRedundant: actual });
    const choices = CHOICES[ruleNamed(options.ruleName)];
    if (actual.image === 'import' && (choices === MEMBERS || choices === COMPONENT_PROPERTIES)) return IMPORTS_STAND;
    if (expected.name === '}' && choices) {
      const isProperty = isKeyword(actual) && COMPONENT_PROPERTIES.words.includes(actual.image);
      if (isProperty && choices !== COMPONENT_PROPERTIES && !choices.words.includes(actual.image)) {
        return outOfBraces(actual.image);
      }
      const habit =
        hint(choices.words, actual) || habitOfWords(previous, actual) || unclosedBefore(choices.words, actual);
      return `Expected ${choices.what}, or "}"; found ${said(actual)}.${habit}`;
    }
    if (isOnLaterLine(actual, previous)) return missingAfter(label(expected), previous);
    if (expected.name === 'NAME' && isKeyword(actual)) {
      return reservedName(actual.image);
    }
    if (expected.name === 'INT' && actual.tokenType.name === 'NUMBER') return 'A whole number is needed here.';
    return `Expected ${label(expected)}; found ${said(actual)}.${hint([expected.name], actual)}`;
  }

  buildNotAllInputParsedMessage(options: { firstRedundant: IToken }): string {
    const choices = CHOICES.File as (typeof CHOICES)[string];
    if (options.firstRedundant.image === 'import') {
      return IMPORTS_STAND;
    }
    return `${FILE_LEVEL} found ${said(options.firstRedundant)}.${hint(choices.words, options.firstRedundant)}`;
  }

  buildNoViableAltMessage(options: {
    expectedPathsPerAlt?: TokenType[][][];
    actual: IToken[];
    previous: IToken;
    ruleName: string;
  }): string {
    const actual = options.actual[0] as IToken;
    const isFailure = options.expectedPathsPerAlt?.some((paths) => paths.some(([first]) => first?.name === 'failure'));
    const choices = isFailure ? FAILURES : CHOICES[ruleNamed(options.ruleName)];
    const what = choices?.what ?? 'something else';
    if (isOnLaterLine(actual, options.previous)) return missingAfter(what, options.previous);
    if (isKeyword(actual) && choices?.words.length === 0) {
      return reservedWhere(what, actual.image);
    }
    return `Expected ${what}; found ${said(actual)}.${hint(choices?.words ?? [], actual)}`;
  }

  buildEarlyExitMessage(options: { actual: IToken[]; previous: IToken; ruleName: string }): string {
    return this.buildNoViableAltMessage(options);
  }
}

/** What cannot stand in these braces can stand outside of them. */
const unclosedBefore = (words: readonly string[], actual: IToken): string =>
  isKeyword(actual) && !words.includes(actual.image) && [...MEMBERS.words, 'architecture'].includes(actual.image)
    ? ' Is a "}" missing before it?'
    : '';

const IMPORTS_STAND = 'Imports stand at the head of the file, before everything else.';

const FILE_LEVEL = 'Expected import, hazard, architecture or scenario;';

const outOfBraces = (word: string): string =>
  `"${word}" says something of a component: it stands between "{" and "}" behind the component's name.`;

/** Whether an error says that a word means nothing between the declarations of a file. */
export const isFileLevel = (message: string): boolean => message.startsWith(FILE_LEVEL);

const missingAfter = (what: string, previous: IToken): string => `Expected ${what} after ${said(previous)}.`;

/** Whether an error tells of what is missing behind the word before it. */
export const isMissingAfter = (message: string): boolean => / after ".*"\.$/s.test(message);

const isOnLaterLine = (actual: IToken, previous: IToken | undefined): boolean =>
  previous?.endLine !== undefined && (actual.tokenType.name === 'EOF' || (actual.startLine ?? 0) > previous.endLine);

/** The parser marks its rules' names with an invisible last character. */
const ruleNamed = (ruleName: string): string => ruleName.replace(/[^A-Za-z]/g, '');

const isKeyword = (token: IToken): boolean =>
  /^[a-z]+$/.test(token.tokenType.name) && token.tokenType.name === token.image;

const said = (token: IToken): string =>
  token.tokenType.name === 'EOF' ? 'the end of the file' : `"${shown(token.image)}"`;

const label = (type: TokenType): string => TERMINALS[type.name] ?? `"${type.name}"`;

function hint(words: readonly string[], actual: IToken): string {
  if (actual.tokenType.name !== 'NAME') return '';
  const meant = (words === UNITS ? unitLike(actual.image) : undefined) ?? nearest(actual.image, words);
  return meant === undefined ? '' : ` ${didYouMean(meant)}`;
}
