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
import { compile, run, type Summary, summarise, type Trace } from '../core/simulation/index.ts';
import type { Elk, LayoutEngine, LayoutOptions } from '../layout/index.ts';

/** What is too long to be done between two keystrokes. Jobs and their results are plain data. */
export interface Jobs {
  readonly layout: {
    readonly input: { readonly diagram: Diagram; readonly options: LayoutOptions };
    readonly output: Layout;
  };
  readonly simulation: { readonly input: SimulationJob; readonly output: SimulationResult };
  /** Runs whose verdicts alone are asked for, beside those that a reader waits for. */
  readonly expectations: { readonly input: SimulationJob; readonly output: Verdicts };
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

export interface SimulationResult {
  readonly summary: Summary;
  /** The run to be shown for all: the one with the median recovery. */
  readonly typical: Trace;
}

export type Verdicts = Pick<Summary, 'runs' | 'verdicts'>;

export type JobKind = keyof Jobs;

type JobFunctions = { readonly [Kind in JobKind]: (input: Jobs[Kind]['input']) => Promise<Jobs[Kind]['output']> };

/** How each job is done, wherever it runs: in a worker, or in the program itself. */
export const JOBS: JobFunctions = {
  layout: async ({ diagram, options }) => (await layoutEngine()).layOut(diagram, options),
  simulation: async (job) => simulateMany(job),
  expectations: async (job) => {
    const { runs, verdicts } = simulateMany(job).summary;
    return { runs, verdicts };
  },
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

function simulateMany({ architecture, scenario, runs, firstSeed, everySeconds }: SimulationJob): SimulationResult {
  const program = compile(architecture, scenario, everySeconds === undefined ? {} : { everySeconds });
  const traces = Array.from({ length: runs }, (_, index) => run(program, firstSeed + index));
  return { summary: summarise(traces, scenario), typical: typicalOf(traces, architecture) };
}

/** By the recovery of the first service to 95%; runs that never recover stand last. */
function typicalOf(traces: readonly Trace[], architecture: Architecture): Trace {
  const service = architecture.services[0]?.name;
  const recovery = (trace: Trace): number => {
    const level = trace.recoveryLevels.indexOf(0.95);
    const seconds = service === undefined ? 0 : trace.services[service]?.recovery[level];
    return seconds ?? Number.POSITIVE_INFINITY;
  };
  const sorted = traces
    .map((trace) => ({ trace, seconds: recovery(trace) }))
    .sort((left, right) =>
      left.seconds === right.seconds ? left.trace.seed - right.trace.seed : left.seconds - right.seconds,
    );
  return (sorted[Math.floor((sorted.length - 1) / 2)] as (typeof sorted)[number]).trace;
}
