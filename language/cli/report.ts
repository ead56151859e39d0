import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { reviewMarkdown, reviewPage } from '../../webview/standalone/index.ts';
import { reviewOf } from '../drawing/reviews.ts';
import { isDate } from '../parsing/values.ts';
import { today } from '../problems/settings.ts';
import type { Review, ReviewedFile } from '../protocol/reviews.ts';
import { JOBS } from '../workers/jobs.ts';
import { isPooled } from '../workers/lanes.ts';
import type { JobRunner } from '../workers/runner.ts';
import { CallError, type Command, note, readCall, unwritable, wholeNumber } from './call.ts';
import { checkFiles } from './files.ts';
import { judge } from './judge.ts';
import { outputOf } from './output.ts';
import { progress } from './progress.ts';
import { inThreads } from './runs.ts';

export const report: Command = {
  name: 'report',
  usage: 'FILE|DIR [--runs N] [--today YYYY-MM-DD] -o F.html|F.md',
  summary: 'a whole review: one HTML file in which recoveries play, or Markdown with SVG beside it',
  async run(args) {
    const { values, positionals } = readCall(args, {
      runs: { type: 'string', default: '100' },
      today: { type: 'string' },
      output: { type: 'string', short: 'o' },
    });
    const [name] = positionals;
    const { output } = values;
    if (name === undefined || positionals.length > 1) throw new CallError('report takes one file or folder');
    if (output === undefined || !/\.(html|md)$/.test(output))
      throw new CallError('report writes to the .html or .md file that -o names');
    if (values.today !== undefined && !isDate(values.today))
      throw new CallError(`--today takes a date YYYY-MM-DD, not "${values.today}"`);
    const runs = wholeNumber('runs', values.runs, 1, 100_000);
    const checked = await checkFiles([name], { today: values.today ?? today() });
    const files: ReviewedFile[] = [];
    for (const file of checked.files) {
      await judge(checked, file, runs);
      const options = { runs, signal: NEVER, onProgress: progress };
      const review = (threads: JobRunner) =>
        reviewOf(checked.language, withRunsOn(threads), file.document, file.name, options);
      files.push(await inThreads(review));
    }
    const review: Review = { title: path.basename(path.resolve(name), '.p2parch'), files };
    await write(review, output);
    let status: 0 | 1 = 0;
    for (const { findings, ...file } of files) {
      const errors = findings.filter(({ severity, accepted }) => severity === 'error' && !accepted).length;
      if (errors === 0) continue;
      status = 1;
      note(`${file.name}: ${errors} ${errors === 1 ? 'error' : 'errors'}, told in ${output}`);
    }
    return { output: '', status };
  },
};

const NEVER = new AbortController().signal;

/** Runs are made on all processors; whatever else there is to do is done here, where it is loaded already. */
const withRunsOn = (threads: JobRunner): JobRunner => ({
  width: threads.width,
  run: (kind, input, options) => (isPooled(kind) ? threads.run(kind, input, options) : JOBS[kind](input)),
  dispose: async () => undefined,
});

async function write(review: Review, output: string): Promise<void> {
  if (output.endsWith('.html')) {
    const [script, style] = await Promise.all(
      ['player.js', 'player.css'].map((file) => readFile(path.join(import.meta.dirname, file), 'utf8')),
    );
    await outputOf(output, await reviewPage(review, { script: script ?? '', style: style ?? '' }));
    return;
  }
  const folder = `${path.basename(output, '.md')}-pictures`;
  const { markdown, pictures } = reviewMarkdown(review, folder);
  await outputOf(output, markdown);
  const beside = path.join(path.dirname(output), folder);
  try {
    await mkdir(beside, { recursive: true });
    for (const [file, svg] of pictures) await writeFile(path.join(beside, file), svg);
  } catch (error) {
    throw unwritable(beside, error);
  }
}
