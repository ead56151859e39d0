import { isDate } from '../parsing/values.ts';
import type { Problem } from '../problems/problems.ts';
import { today } from '../problems/settings.ts';
import type { CheckReport, ReportedProblem } from '../protocol/reports.ts';
import { CallError, type Command, oneOf, readCall, wholeNumber } from './call.ts';
import { coloured } from './colours.ts';
import { type CheckedFiles, checkFiles } from './files.ts';
import { judged } from './judge.ts';

export const check: Command = {
  name: 'check',
  usage: 'FILE|DIR… [--format text|json] [--today YYYY-MM-DD] [--runs N] [--no-scenarios]',
  summary: 'errors, findings and expectations of files',
  async run(args) {
    const { values, positionals } = readCall(args, {
      format: { type: 'string', default: 'text' },
      today: { type: 'string' },
      runs: { type: 'string', default: '100' },
      'no-scenarios': { type: 'boolean', default: false },
    });
    const format = oneOf('format', values.format, ['text', 'json']);
    const runs = wholeNumber('runs', values.runs, 1, 1_000_000);
    if (positionals.length === 0) throw new CallError('check takes at least one file or folder');
    if (values.today !== undefined && !isDate(values.today)) {
      throw new CallError(`--today takes a date YYYY-MM-DD, not "${values.today}"`);
    }
    const checked = await checkFiles(positionals, values.today ?? today());
    const reported: CheckReport['files'] = [];
    for (const file of checked.files) {
      const failed = values['no-scenarios'] ? [] : await judged(checked, file, runs);
      const problems = [...checked.language.problems.Problems.of(file.document), ...failed];
      reported.push({ file: file.name, problems: problems.sort(byPlace).map((problem) => report(checked, problem)) });
    }
    // An imported file is listed where it is wrong: what is built on it cannot be right.
    for (const { name, document } of checked.imported) {
      const errors = checked.language.problems.Problems.of(document).filter(({ kind }) => kind === 'error');
      if (errors.length > 0) reported.push({ file: name, problems: errors.map((problem) => report(checked, problem)) });
    }
    const result: CheckReport = {
      version: 1,
      files: reported,
      summary: summaryOf(reported),
    };
    return {
      output: format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : text(result),
      status: result.summary.error > 0 ? 1 : 0,
    };
  },
};

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
      return [place, word, ...(rule === undefined ? [] : [rule]), message].join(' ');
    }),
  );
  const counts = Object.entries(summary).filter(([, count]) => count > 0);
  const words = counts.map(
    ([kind, count]) => `${count} ${kind === 'accepted' || kind === 'information' || count === 1 ? kind : `${kind}s`}`,
  );
  return [...lines, words.length === 0 ? 'No problems.' : words.join(', '), ''].join('\n');
}
