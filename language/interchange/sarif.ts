import { createHash } from 'node:crypto';
import type { Severity } from '../core/rules/index.ts';
import { type DescribedRule, describedRules, nakedRule, type PageOf } from './sarif-rules.ts';

/** Zero-based, in UTF-16 code units, as in the language server protocol. */
interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface SarifPlace {
  /** Relative to the root of the sources with `/` between folders, an absolute `file:` address, or `-`. */
  readonly file: string;
  readonly range: Range;
}

/** One problem, as a log of static analysis tells it. */
export interface SarifProblem extends SarifPlace {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly (SarifPlace & { readonly message: string })[];
  /** What makes it this problem and no other, wherever it stands: it is one with that of yesterday if these are equal. */
  readonly identity: readonly string[];
  /** What it is about, for whoever reads the log with a program. */
  readonly properties: Readonly<Record<string, string>>;
  /** Taken on by the team, by words of the text. */
  readonly acceptance?: { readonly because?: string | undefined; readonly place?: SarifPlace | undefined };
}

export interface SarifRun {
  readonly version?: string | undefined;
  readonly problems: readonly SarifProblem[];
  readonly exitStatus: number;
  /** The pages of the rules; without them a rule says itself what it is about. */
  readonly pageOf?: PageOf | undefined;
}

/** Where relative addresses begin: whoever reads the log knows where its sources are. */
const ROOT = '%SRCROOT%';

/** A log in SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), as plain data. */
export function sarif({ version, problems, exitStatus, pageOf = () => undefined }: SarifRun): object {
  const rules = rulesOf(problems, pageOf);
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  const fingerprints = fingerprintsOf(problems);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'p2parch', ...(version !== undefined && { version, semanticVersion: version }), rules },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The folder that the check ran in.' } } },
        invocations: [{ executionSuccessful: true, exitCode: exitStatus }],
        results: problems.map((problem, at) => ({
          ruleId: problem.rule,
          ruleIndex: index.get(problem.rule),
          level: levelOf(problem.severity),
          message: message(problem.message),
          locations: [{ physicalLocation: physicalLocation(problem) }],
          ...(problem.related.length > 0 && {
            relatedLocations: problem.related.map((place, id) => ({
              id,
              physicalLocation: physicalLocation(place),
              message: message(place.message),
            })),
          }),
          partialFingerprints: fingerprints[at],
          // All results of a run say whether they are suppressed, or none does (3.27.23).
          suppressions: problem.acceptance ? [suppression(problem.acceptance)] : [],
          ...(Object.keys(problem.properties).length > 0 && { properties: problem.properties }),
        })),
      },
    ],
  };
}

/** A message without placeholders and links, whatever an operator's name holds (3.11.5, 3.11.6). */
const message = (text: string): { text: string } => ({
  text: text.replace(/[{}]/g, '$&$&').replace(/\[(?=[^\]]*\]\()/g, '\\['),
});

const levelOf = (severity: Severity): string => (severity === 'error' || severity === 'warning' ? severity : 'note');

/** Every rule that could have found something; one that did and is not in the table is there by its name. */
function rulesOf(problems: readonly SarifProblem[], pageOf: PageOf): DescribedRule[] {
  const known = describedRules(pageOf);
  const others = new Set(problems.map(({ rule }) => rule));
  for (const { id } of known) others.delete(id);
  return [...known, ...[...others].map(nakedRule)];
}

const physicalLocation = ({ file, range }: SarifPlace): object => ({
  artifactLocation: artifactLocation(file),
  region: {
    startLine: range.start.line + 1,
    startColumn: range.start.character + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.character + 1,
  },
});

function artifactLocation(file: string): object {
  if (file === '-') return { uri: 'standard-input.p2parch', description: { text: 'standard input' } };
  if (file.startsWith('file:')) return { uri: file };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

const suppression = ({ because, place }: NonNullable<SarifProblem['acceptance']>): object => ({
  kind: 'inSource',
  status: 'accepted',
  ...(because !== undefined && { justification: because }),
  ...(place && { location: { physicalLocation: physicalLocation(place) } }),
});

/**
 * By problem: what it is known by from one run to the next. Lines and wording are no part of it, so it stays while text
 * above it grows and while we find better words. Of problems that are alike in all else, each has its number.
 *
 * GitHub's code scanning looks at `primaryLocationLineHash` alone, so the same value stands there too.
 */
function fingerprintsOf(problems: readonly SarifProblem[]): object[] {
  const met = new Map<string, number>();
  return problems.map(({ rule, file, identity }) => {
    const key = JSON.stringify([rule, file, ...identity]);
    const number = (met.get(key) ?? 0) + 1;
    met.set(key, number);
    const value = `${createHash('sha256').update(key).digest('hex').slice(0, 32)}:${number}`;
    return { 'p2parch/v1': value, primaryLocationLineHash: value };
  });
}
