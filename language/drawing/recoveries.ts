import type { LangiumDocument } from 'langium';
import type { CheckingServices } from '../checking-services.ts';
import { type Diagram, diagramOf, inOrder, type Layout, labelsOf, written } from '../core/diagram/index.ts';
import type { Architecture } from '../core/model/index.ts';
import { scenarioNumberId, withNumbers, withScenarioNumbers } from '../core/simulation/index.ts';
import { type LoweredScenario, secondsOf } from '../lowering/scenario.ts';
import type { Recovery, RecoveryReply, RecoveryRequest } from '../protocol/pictures.ts';
import type { SimulationResult } from '../workers/jobs.ts';
import { JobEnded, type JobRunner } from '../workers/runner.ts';
import { type StudyProgress, study } from '../workers/studies.ts';
import { foldingOf } from './folding.ts';
import type { Pictures } from './pictures.ts';
import { recordsOf } from './records.ts';

type Result = Recovery['results'][number];

/** Runs a scenario on one to four architectures, and puts beside each what has to be drawn and played. */
export class Recoveries {
  private readonly services: CheckingServices;
  private readonly runner: JobRunner;
  private readonly pictures: Pictures;

  constructor(services: CheckingServices, runner: JobRunner, pictures: Pictures) {
    this.services = services;
    this.runner = runner;
    this.pictures = pictures;
  }

  /** All architectures at once. `onProgress` is told of the runs as they are done. */
  async recovery(
    document: LangiumDocument,
    request: RecoveryRequest,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void = () => {},
  ): Promise<RecoveryReply> {
    const { models } = this.services.problems.Problems;
    const scenarios = models.scenarios(document).filter(({ model }) => model.name === request.scenario);
    const shown: LoweredScenario[] = [];
    for (const name of request.architectures) {
      const scenario = scenarios.find(({ architecture }) => architecture.name === name);
      if (!scenario) return refuse(`There is no scenario ${request.scenario} on ${name}.`);
      if (!this.services.problems.Problems.isRunnable(scenario)) {
        return refuse(`${name} or ${request.scenario} has errors. It can run as soon as they are mended.`);
      }
      shown.push(scenario);
    }
    const [first] = shown;
    if (!first) return refuse('No architecture was named.');
    const story = storyOf(
      first,
      request.changes ?? [],
      shown.map(({ architecture }) => models.lower(architecture).model),
    );
    const files = this.services.shared.workspace.FileSystemProvider;
    const records = await recordsOf(files, document, story, request.architectures);
    const whole = (results: Result[]): Recovery => ({
      uri: document.uri.toString(),
      version: document.textDocument.version,
      scenario: story,
      ...(records.length > 0 && { records }),
      results,
    });
    const soFar = shown.map((): { done: number; result?: Result } => ({ done: 0 }));
    const tell = (index: number, done: number, result?: Result): void => {
      soFar[index] = { ...soFar[index], done, ...(result && { result }) };
      const doneRuns = soFar.reduce((sum, one) => sum + one.done, 0);
      const results = soFar.flatMap((one) => one.result ?? []);
      const isShowable = result !== undefined && results.length === shown.length;
      onProgress({
        doneRuns,
        runs: request.runs * shown.length,
        ...(isShowable && { recovery: whole(results) }),
      });
    };
    // What one cannot do none is to go on with.
    const abort = new AbortController();
    const all = AbortSignal.any([signal, abort.signal]);
    try {
      const results = shown.map((scenario, index) =>
        this.result(document, scenario, request, all, (done, result) => tell(index, done, result)),
      );
      return { kind: 'recovery', recovery: whole(await Promise.all(results)) };
    } catch (error) {
      abort.abort();
      if (error instanceof JobEnded) return refuse(error.message);
      throw error;
    }
  }

  private async result(
    document: LangiumDocument,
    scenario: LoweredScenario,
    { runs, firstSeed, changes = [], folded, aspect, architectures }: RecoveryRequest,
    signal: AbortSignal,
    onProgress: (done: number, result?: Result) => void,
  ): Promise<Result> {
    const { model } = this.services.problems.Problems.models.lower(scenario.architecture);
    const architecture = withNumbers(model, changes);
    const story = withScenarioNumbers(scenario.model, changes);
    const whole = diagramOf(played(architecture), [], { facts: false });
    const { diagram } = foldingOf(whole, folded, { pools: true });
    // Alone it has another room than beside others.
    const key = `${document.uri.toString()}#${model.name}#played beside ${architectures.length - 1}`;
    const resultOf = (layout: Layout, simulated: SimulationResult): Result => ({
      architecture: model.name,
      title: inOrder(model.title ?? model.name),
      diagram,
      layout,
      ...courseOf(architecture, diagram, simulated),
      expectations: expectationsOf(scenario, simulated),
    });
    let drawn: Layout | undefined;
    let latest: StudyProgress | undefined;
    const tell = (progress: StudyProgress): void =>
      onProgress(progress.doneRuns, progress.result && drawn ? resultOf(drawn, progress.result) : undefined);
    const drawing = this.pictures.layout(key, diagram, aspect).then((layout) => {
      drawn = layout;
      // Results that were there before the picture are shown with it.
      if (latest) tell(latest);
      return layout;
    });
    const running = study(
      this.runner,
      { architecture, scenario: story, runs, firstSeed },
      {
        signal,
        urgent: true,
        onProgress: ({ doneRuns, result = latest?.result }) => {
          const isNew = result !== latest?.result;
          latest = { doneRuns, ...(result && { result }) };
          tell(isNew ? latest : { doneRuns });
        },
      },
    );
    const [layout, simulated] = await Promise.all([drawing, running]);
    const result = resultOf(layout, simulated);
    onProgress(runs, result);
    return result;
  }
}

/** Of the runs that were asked for, over all architectures, how many are done, and what they say so far. */
export interface Progress {
  readonly doneRuns: number;
  readonly runs: number;
  readonly recovery?: Recovery;
}

type Action = LoweredScenario['syntax']['steps'][number]['action'];

const storyOf = (
  { model, syntax }: LoweredScenario,
  changes: NonNullable<RecoveryRequest['changes']>,
  models: readonly Architecture[],
): Recovery['scenario'] => ({
  name: model.name,
  title: inOrder(model.title ?? model.name),
  horizonSeconds: model.horizonSeconds,
  firstStepSeconds: model.steps[0]?.atSeconds ?? 0,
  steps: syntax.steps
    .map(({ at, action }) => ({ atSeconds: secondsOf(at), action }))
    .sort((left, right) => left.atSeconds - right.atSeconds)
    .map(({ atSeconds, action }, step) => {
      const changed = changes.findLast(({ id }) => id === scenarioNumberId(step))?.value;
      const text = (changed && stepWords(action, changed)) || words(action?.$cstNode?.text);
      return { atSeconds, text: asRead(text, targetOf(action), models) };
    }),
});

const targetOf = (action: Action): string =>
  (action === undefined ? undefined : 'hazard' in action ? action.hazard : action.target)?.$refText ?? '';

/** What a step is about stands last in it: here under the titles that the pictures have for it, and numbers as they write them. */
function asRead(text: string, target: string, models: readonly Architecture[]): string {
  if (!text.endsWith(target)) return text;
  const holds = ({ components, groups, hazards }: Architecture): boolean =>
    [components, groups, hazards].some((things) => things.some(({ name }) => name === target));
  const titles = new Set(models.filter(holds).map((model) => labelsOf(model)(target)));
  const before = text.slice(0, text.length - target.length).replace(/(?<=\d)_(?=\d)/g, ',');
  return before + (titles.size === 0 ? target : [...titles].join(' / '));
}

/** A step as it would be written with another number. */
function stepWords(action: Action, value: number): string | undefined {
  if (action?.$type === 'Add')
    return `add ${written(value, { measure: 'count', unit: 's' })} ${action.target.$refText}`;
  if (action?.$type !== 'Crash') return undefined;
  return `crash ${written(value, { measure: 'share', unit: 's' })} of ${action.target.$refText}`;
}

/** What moves while a recovery plays: without the hazards, whose strike is a moment of the time line. */
const played = (model: Architecture): Architecture => ({
  ...model,
  hazards: [],
  components: model.components.map((component) => ({ ...component, exposures: [] })),
});

const refuse = (message: string): RecoveryReply => ({ kind: 'refusal', message });

function courseOf(model: Architecture, diagram: Diagram, { summary, typical }: SimulationResult) {
  return {
    runs: summary.runs,
    times: [...summary.times],
    playedSeed: typical.seed,
    services: model.services.flatMap(({ name, title }) => {
      const service = summary.services[name];
      if (!service) return [];
      const { p10, p50, p90 } = service.level;
      return {
        name,
        title: inOrder(title ?? name),
        p10: [...p10],
        p50: [...p50],
        p90: [...p90],
        played: [...(typical.services[name]?.level ?? [])],
        recovery: [...service.recovery],
      };
    }),
    pools: diagram.nodes.flatMap((node) => {
      if (node.kind !== 'component' && node.kind !== 'folded') return [];
      const components = node.kind === 'component' ? [node.id] : node.components;
      const pool = together(components.flatMap((name) => typical.components[name] ?? []));
      return pool ? [{ name: node.id, ...pool }] : [];
    }),
  };
}

type Course = SimulationResult['typical']['components'][string];

/** Of one component its course, of several what they are together; their load is nothing that could be added up. */
function together(courses: readonly Course[]) {
  const [first, ...others] = courses;
  if (!first) return undefined;
  const sum = (values: (course: Course) => ArrayLike<number>): number[] => {
    const total = Array.from(values(first));
    for (const other of others) {
      const more = values(other);
      for (let at = 0; at < total.length; at++) total[at] = (total[at] ?? 0) + (more[at] ?? 0);
    }
    return total;
  };
  return {
    up: sum(({ up }) => up),
    starting: sum(({ starting }) => starting),
    down: sum(({ down }) => down),
    load: others.length === 0 ? Array.from(first.load) : Array.from(first.load, () => 0),
    joined: sum(({ joined }) => joined),
  };
}

function expectationsOf({ model, syntax }: LoweredScenario, { summary }: SimulationResult): Result['expectations'] {
  return model.expectations.flatMap((expectation, index) => {
    const verdict = summary.verdicts[index];
    if (!verdict) return [];
    const text = words(syntax.expectations[index]?.$cstNode?.text);
    return { text, ...expectation, ...verdict };
  });
}

/** The words of the source on one line. */
export const words = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ');
