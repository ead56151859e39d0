import {
  type Analysis,
  analyse,
  isExternalEvent,
  type MinimalCutSets,
  minimalCutSets,
} from '../core/analysis/index.ts';
import type { Diagram, Layout } from '../core/diagram/index.ts';
import type { FaultTree } from '../core/fault-tree/index.ts';
import type { Architecture, Scenario } from '../core/model/index.ts';
import {
  type Compiled,
  type Curves,
  compile,
  type Partial,
  run,
  runPartial,
  type Summary,
  summarisePartial,
  type Trace,
  typicalSeed,
} from '../core/simulation/index.ts';
import type { Elk, LayoutEngine, LayoutOptions } from '../layout/index.ts';

/** What is too long to be done between two keystrokes. Jobs and their results are plain data. */
export interface Jobs {
  readonly layout: {
    readonly input: { readonly diagram: Diagram; readonly options: LayoutOptions };
    readonly output: Layout;
  };
  /** A part of the runs of a study, and what they come to; `studies.ts` cuts a study for several threads. */
  readonly runs: { readonly input: RunsJob; readonly output: RunsResult };
  readonly summary: { readonly input: SummaryJob; readonly output: SimulationResult };
  readonly faultTree: { readonly input: FaultTree; readonly output: Layout };
  readonly cutSets: { readonly input: CutSetJob; readonly output: MinimalCutSets };
}

export interface CutSetJob {
  readonly architecture: Architecture;
  readonly service: string;
  readonly externalOnly: boolean;
  readonly maxSets: number;
}

export interface SimulationJob {
  readonly architecture: Architecture;
  readonly scenario: Scenario;
  readonly runs: number;
  readonly firstSeed: number;
  /** Time between samples; a 360th of the horizon unless said. */
  readonly everySeconds?: number;
}

/** Some of the runs of a study. */
export interface RunsJob extends SimulationJob {
  /** The same for all parts of one study and for no other: what was compiled for one part is used for the next. */
  readonly study: string;
  readonly curves: Curves;
}

export interface RunsResult {
  readonly partial: Partial;
  /** How long the thread ran, so that the next part is neither long to wait for nor lost in sending. */
  readonly milliseconds: number;
}

export interface SummaryJob extends SimulationJob {
  readonly study: string;
  readonly partial: Partial;
}

export interface SimulationResult {
  readonly summary: Summary;
  /** The run to be shown for all: the one with the median recovery. */
  readonly typical: Trace;
}

export type JobKind = keyof Jobs;

/** What is made while `shouldStop` says so is of no use to anybody. */
export type JobFunction<Kind extends JobKind> = (
  input: Jobs[Kind]['input'],
  shouldStop?: () => boolean,
) => Promise<Jobs[Kind]['output']>;

type JobFunctions = { readonly [Kind in JobKind]: JobFunction<Kind> };

/** How each job is done, wherever it runs: in a worker, or in the program itself. */
export const JOBS: JobFunctions = {
  layout: async ({ diagram, options }) => (await layoutEngine()).layOut(diagram, options),
  runs: async (job, shouldStop) => {
    const begun = performance.now();
    const options = { curves: job.curves, ...(shouldStop && { shouldStop }) };
    const partial = runPartial(programOf(job), job.firstSeed, job.runs, options);
    return { partial, milliseconds: performance.now() - begun };
  },
  summary: async (job) => resultOf(programOf(job), job.partial, job),
  faultTree: async (tree) => {
    const [{ newElk }, { layOutFaultTree }] = await Promise.all([
      import('../layout/index.ts'),
      import('../layout/fault-tree.ts'),
    ]);
    treeElk ??= newElk();
    return layOutFaultTree(tree, treeElk);
  },
  cutSets: async (job) => cutSetsOf(job),
};

let treeElk: Elk | undefined;

/** Longer than a reader waits for a list; what is not counted by then is said to be so. */
const CUT_SETS_SECONDS = 5;
let analysed: Analysis | undefined;

/** What was solved for the text before the last keystroke, or for another list of the same one, is used again. */
function cutSetsOf({ architecture, service, externalOnly, maxSets }: CutSetJob): MinimalCutSets {
  analysed = analyse(architecture, analysed);
  const components = new Map(architecture.components.map((component) => [component.name, component]));
  const end = performance.now() + CUT_SETS_SECONDS * 1000;
  return minimalCutSets(analysed, service, {
    maxSets,
    shouldStop: () => performance.now() > end,
    ...(externalOnly && { among: (event) => isExternalEvent(event, components) }),
  });
}

let engine: Promise<LayoutEngine> | undefined;

/** The layout engine is the largest thing that there is to load, and most programs never ask for it. */
function layoutEngine(): Promise<LayoutEngine> {
  engine ??= import('../layout/index.ts').then(({ createElkEngine }) => createElkEngine());
  return engine;
}

const programFor = ({ architecture, scenario, everySeconds }: SimulationJob): Compiled =>
  compile(architecture, scenario, everySeconds === undefined ? {} : { everySeconds });

/** Studies whose parts may come by turns: as many as are shown side by side, and one behind them. */
const STUDIES_KEPT = 5;
const programs = new Map<string, Compiled>();

function programOf(job: RunsJob | SummaryJob): Compiled {
  const program = programs.get(job.study) ?? programFor(job);
  programs.delete(job.study);
  programs.set(job.study, program);
  const [oldest] = programs.keys();
  if (programs.size > STUDIES_KEPT && oldest !== undefined) programs.delete(oldest);
  return program;
}

/** Of the runs there are, that with the median recovery of the first service is made again to be played. */
function resultOf(program: Compiled, partial: Partial, { architecture, scenario, firstSeed }: SimulationJob) {
  const seed = typicalSeed(partial, architecture.services[0]?.name) ?? firstSeed;
  return { summary: summarisePartial(partial, scenario), typical: run(program, seed) };
}
