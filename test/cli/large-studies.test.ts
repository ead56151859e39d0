import { execFile } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLES, p2parch } from './run.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PAGE = readFileSync(path.join(ROOT, 'extension/documentation/large-studies.md'), 'utf8');

/** The blocks of the page in one language, in order. */
const blocks = (language: string): string[] =>
  [...PAGE.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text = '']) =>
    name === language ? [text] : [],
  );

const [storageAndJob = '', mergeJob = '', workflowText = ''] = blocks('yaml');

interface Job {
  readonly kind: string;
  readonly spec: {
    readonly completionMode?: string;
    readonly completions: number;
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly command: string[];
          readonly args: string[];
          readonly resources: { readonly limits?: { readonly cpu?: string; readonly memory?: string } };
        }[];
      };
    };
  };
}

interface Workflow {
  readonly jobs: Record<
    'part' | 'merge',
    {
      readonly strategy?: { readonly matrix: { readonly part: number[] } };
      readonly steps: readonly {
        readonly name?: string;
        readonly run?: string;
        readonly uses?: string;
        with?: object;
      }[];
    }
  >;
}

const [workflow] = loadAll(workflowText) as [Workflow];

const RUNS = 6;
const PARTS = 3;

/** The page's command for a study of few runs in few parts; its own numbers are those that it says. */
const small = (command: string, runs: number, parts: number): string => {
  expect(command).toContain(`--runs ${runs} `);
  expect(command).toMatch(new RegExp(`--shard "?\\S+/${parts}\\b`));
  return command
    .replace(`--runs ${runs} `, `--runs ${RUNS} `)
    .replace(new RegExp(`(--shard "?\\S+)/${parts}\\b`), `$1/${PARTS}`);
};

let folder: string;
let whole: Awaited<ReturnType<typeof p2parch>>;

/** Runs a script in a folder where the program, the example and the paths of the page are. */
function shell(script: string, environment: Record<string, string> = {}): Promise<{ status: number; stdout: string }> {
  const PATH = [path.join(folder, 'bin'), path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
  return new Promise((resolve, reject) => {
    execFile('sh', ['-euc', script], { cwd: folder, env: { PATH, ...environment } }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else if (stderr !== '') reject(new Error(stderr));
      else resolve({ status: Number(error?.code ?? 0), stdout });
    });
  });
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'p2parch-study-'));
  for (const name of ['bin', 'files', 'results', 'parts']) mkdirSync(path.join(folder, name));
  const script = `#!/bin/sh\nexec node ${JSON.stringify(path.join(ROOT, 'dist/cli.js'))} "$@"\n`;
  writeFileSync(path.join(folder, 'bin/p2parch'), script, { mode: 0o755 });
  for (const place of ['.', 'files']) {
    copyFileSync(path.join(EXAMPLES, 'skype-2007.p2parch'), path.join(folder, place, 'skype-2007.p2parch'));
  }
  const options = ['--scenario', 'PatchTuesday', '--architecture', 'Skype2007', '--every', '2h'];
  whole = await p2parch(['simulate', 'skype-2007.p2parch', ...options, '--runs', String(RUNS)]);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the page on large studies', () => {
  it('has an indexed Job whose pods make all parts, and one that puts them together to the whole', async () => {
    const documents = loadAll(storageAndJob) as Job[];
    const job = documents.find(({ kind }) => kind === 'Job') ?? expect.fail();
    const { completionMode, completions, template } = job.spec;
    expect(completionMode).toBe('Indexed');
    const [container] = template.spec.containers;
    expect(container?.command).toEqual(['sh', '-euc']);
    // A thread for each processor that it may use, and memory for each thread: without the one the other would not do.
    expect(container?.resources.limits).toEqual({ cpu: '1', memory: '1Gi' });
    const here = (script: string): string =>
      script.replaceAll('/files/', './files/').replaceAll('/results/', './results/');
    const script = here(small(container?.args[0] ?? '', 1_000_000, completions));
    for (let index = 0; index < PARTS; index++) {
      expect(await shell(script, { JOB_COMPLETION_INDEX: String(index) })).toEqual({ status: 0, stdout: '' });
    }
    expect(readdirSync(path.join(folder, 'results')).sort()).toEqual(['1.json', '2.json', '3.json']);
    const [last] = loadAll(mergeJob) as [Job];
    const merged = await shell(here(last.spec.template.spec.containers[0]?.args[0] ?? ''));
    expect(merged).toEqual({ status: 0, stdout: whole.stdout });
    const result = JSON.parse(readFileSync(path.join(folder, 'results/study.result'), 'utf8'));
    expect(result.results[0].runs).toBe(RUNS);
  });

  it('has a workflow whose matrix makes all parts, and a job that puts them together to the whole', async () => {
    const { part, merge } = workflow.jobs;
    const numbers = part.strategy?.matrix.part ?? [];
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    const command = (job: typeof part, name: string): string =>
      job.steps.find((step) => step.name === name)?.run ?? expect.fail();
    mkdirSync(path.join(folder, 'p2parch'));
    cpSync(path.join(ROOT, 'dist'), path.join(folder, 'p2parch/dist'), { recursive: true });
    const simulate = small(
      command(part, 'Simulate').replaceAll(/\$\{\{ matrix\.part \}\}/g, 'PART'),
      1_000_000,
      numbers.length,
    );
    for (let index = 1; index <= PARTS; index++) {
      expect(await shell(simulate.replaceAll('PART', String(index)))).toEqual({ status: 0, stdout: '' });
      copyFileSync(path.join(folder, `${index}.json`), path.join(folder, `parts/${index}.json`));
    }
    expect(await shell(command(merge, 'Merge'))).toEqual({ status: whole.status, stdout: whole.stdout });
  });

  it('has commands for a shell that do what it says', async () => {
    const scripts = blocks('sh').filter((text) => !text.includes('kubectl'));
    expect(scripts).toHaveLength(2);
    for (const script of scripts) {
      const { status, stdout } = await shell(script.replaceAll('--runs 1000 ', `--runs ${RUNS} `));
      expect({ status, stdout }).toEqual({ status: whole.status, stdout: whole.stdout });
    }
  });
});
