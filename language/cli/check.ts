import { isRuleName, RULE_NAMES, type RuleName, SET_SEVERITIES, type SetSeverity } from '../core/rules/index.ts';
import { isDate } from '../parsing/values.ts';
import type { Problem } from '../problems/problems.ts';
import { type Settings, today } from '../problems/settings.ts';
import type { CheckReport, ReportedProblem } from '../protocol/reports.ts';
import { CallError, type Command, oneOf, readCall, wholeNumber } from './call.ts';
import { type FileProblems, sarifText } from './check-sarif.ts';
import { coloured } from './colours.ts';
import { type CheckedFiles, checkFiles } from './files.ts';
import { judge } from './judge.ts';
import { shown } from './shown.ts';

export const check: Command = {
  name: 'check',
  usage:
    'FILE|DIR… [--format text|json|sarif] [--today YYYY-MM-DD] [--severity RULE=LEVEL]… [--runs N] [--no-scenarios]',
  summary: 'errors, findings and expectations of files',
  async run(args) {
    const { values, positionals } = readCall(args, {
      format: { type: 'string', default: 'text' },
      today: { type: 'string' },
      severity: { type: 'string', multiple: true, default: [] },
      runs: { type: 'string', default: '100' },
      'no-scenarios': { type: 'boolean', default: false },
    });
    const format = oneOf('format', values.format, ['text', 'json', 'sarif']);
    const runs = wholeNumber('runs', values.runs, 1, 1_000_000);
    if (positionals.length === 0) throw new CallError('check takes at least one file or folder');
    if (values.today !== undefined && !isDate(values.today)) {
      throw new CallError(`--today takes a date YYYY-MM-DD, not "${values.today}"`);
    }
    const severities = readSeverities(values.severity);
    const checked = await checkFiles(positionals, { today: values.today ?? today(), severities });
    const files: FileProblems[] = [];
    for (const file of checked.files) {
      if (!values['no-scenarios']) await judge(checked, file, runs);
      files.push({ file, problems: [...checked.language.problems.Problems.of(file.document)].sort(byPlace) });
    }
    // An imported file is listed where it is wrong: what is built on it cannot be right.
    for (const file of checked.imported) {
      const problems = checked.language.problems.Problems.of(file.document).filter(({ kind }) => kind === 'error');
      if (problems.length > 0) files.push({ file, problems });
    }
    const reported = files.map(({ file, problems }) => ({
      file: file.name,
      problems: problems.map((problem) => report(checked, problem)),
    }));
    const result: CheckReport = { version: 1, files: reported, summary: summaryOf(reported) };
    const status = result.summary.error > 0 ? 1 : 0;
    const output = {
      text: () => shown(text(result)),
      json: () => `${JSON.stringify(result, null, 2)}\n`,
      sarif: () => sarifText(checked, files, status),
    }[format]();
    return { output, status };
  },
};

/** Of each `RULE=LEVEL`; of two of one rule the last, so that a script's own can be overruled. */
function readSeverities(given: readonly string[]): NonNullable<Settings['severities']> {
  const severities: Partial<Record<RuleName, SetSeverity>> = {};
  for (const text of given) {
    const [name = '', level, ...rest] = text.split('=');
    if (level === undefined || rest.length > 0)
      throw new CallError(`--severity takes RULE=LEVEL, as in single-external-dependency=error, not "${text}"`);
    if (!isRuleName(name)) throw new CallError(`--severity: "${name}" is no rule (${RULE_NAMES.join(', ')})`);
    severities[name] = oneOf(`severity ${name}`, level, SET_SEVERITIES);
  }
  return severities;
}

const byPlace = (left: Problem, right: Problem): number =>
  left.range.start.line - right.range.start.line || left.range.start.character - right.range.start.character;

function report(checked: CheckedFiles, problem: Problem): ReportedProblem {
  const related = problem.related.map(({ uri, range, message }) => ({ file: checked.nameOf(uri), range, message }));
  return { ...problem, related };
}

function summaryOf(files: CheckReport['files']): CheckReport['summary'] {
  const summary = { error: 0, warning: 0, information: 0, hint: 0, accepted: 0 };
  for (const { accepted, severity } of files.flatMap(({ problems }) => problems)) {
    if (accepted) summary.accepted++;
    else summary[severity]++;
  }
  return summary;
}

function text({ files, summary }: CheckReport): string {
  const lines = files.flatMap(({ file, problems }) =>
    problems.map(({ range, severity, accepted, rule, message }) => {
      const place = `${file}:${range.start.line + 1}:${range.start.character + 1}`;
      const word = coloured(accepted ? 'accepted' : severity);
      // A line each, whatever a file is called and whatever it says.
      return [place, word, ...(rule === undefined ? [] : [rule]), message].join(' ').replace(/[\n\r\t]+/g, ' ');
    }),
  );
  const counts = Object.entries(summary).filter(([, count]) => count > 0);
  const words = counts.map(
    ([kind, count]) => `${count} ${kind === 'accepted' || kind === 'information' || count === 1 ? kind : `${kind}s`}`,
  );
  const isWrong = files.some(({ problems }) => problems.some(({ kind }) => kind === 'error'));
  // Else nobody would know that there is more to come once the file is mended.
  const left = isWrong ? ['What has errors in it was not analysed, and its scenarios were not run.'] : [];
  return [...lines, words.length === 0 ? 'No problems.' : words.join(', '), ...left, ''].join('\n');
}
