import type { LangiumDocument } from 'langium';
import { diagramOf } from '../core/diagram/index.ts';
import type { Architecture } from '../core/model/index.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import { type LoweredScenario, secondsOf } from '../lowering/scenario.ts';
import type { Recovery, RecoveryReply, RecoveryRequest } from '../protocol/pictures.ts';
import type { P2PArchServices } from '../services.ts';
import type { SimulationResult } from '../workers/jobs.ts';
import { JobEnded, type JobRunner } from '../workers/runner.ts';
import type { Pictures } from './pictures.ts';

type Result = Recovery['results'][number];

/** Runs a scenario on one to four architectures, and puts beside each what has to be drawn and played. */
export class Recoveries {
  private readonly services: P2PArchServices;
  private readonly runner: JobRunner;
  private readonly pictures: Pictures;

  constructor(services: P2PArchServices, runner: JobRunner, pictures: Pictures) {
    this.services = services;
    this.runner = runner;
    this.pictures = pictures;
  }

  async recovery(document: LangiumDocument, request: RecoveryRequest, signal: AbortSignal): Promise<RecoveryReply> {
    const { models } = this.services.problems.Problems;
    const scenarios = models.scenarios(document).filter(({ model }) => model.name === request.scenario);
    const results: Result[] = [];
    let first: LoweredScenario | undefined;
    for (const name of request.architectures) {
      const scenario = scenarios.find(({ architecture }) => architecture.name === name);
      if (!scenario) return refuse(`There is no scenario ${request.scenario} on ${name}.`);
      const lowered = models.lower(scenario.architecture);
      if (!this.services.problems.Problems.isRunnable(scenario)) {
        return refuse(`${name} or ${request.scenario} has errors. It can run as soon as they are mended.`);
      }
      first ??= scenario;
      try {
        results.push(await this.result(document, lowered, scenario, request, signal));
      } catch (error) {
        if (error instanceof JobEnded) return refuse(error.message);
        throw error;
      }
    }
    if (!first) return refuse('No architecture was named.');
    const { model, syntax } = first;
    return {
      kind: 'recovery',
      recovery: {
        uri: document.uri.toString(),
        version: document.textDocument.version,
        scenario: {
          name: model.name,
          title: model.title ?? model.name,
          horizonSeconds: model.horizonSeconds,
          firstStepSeconds: model.steps[0]?.atSeconds ?? 0,
          steps: syntax.steps

            .map((step) => ({ atSeconds: secondsOf(step.at), text: words(step.action?.$cstNode?.text) }))
            .sort((left, right) => left.atSeconds - right.atSeconds),
        },
        results,
      },
    };
  }

  private async result(
    document: LangiumDocument,
    lowered: LoweredArchitecture,
    scenario: LoweredScenario,
    { runs, firstSeed }: RecoveryRequest,
    signal: AbortSignal,
  ): Promise<Result> {
    const diagram = diagramOf(played(lowered.model), [], { facts: false });
    const [layout, simulated] = await Promise.all([
      this.pictures.layout(`${document.uri.toString()}#${lowered.model.name}#played`, diagram),
      this.runner.run(
        'simulation',
        { architecture: lowered.model, scenario: scenario.model, runs, firstSeed },
        { signal },
      ),
    ]);
    return {
      architecture: lowered.model.name,
      title: lowered.model.title ?? lowered.model.name,
      diagram,
      layout,
      ...courseOf(lowered, simulated),
      expectations: expectationsOf(scenario, simulated),
    };
  }
}

/** What moves while a recovery plays: without the hazards, whose strike is a moment of the time line. */
const played = (model: Architecture): Architecture => ({
  ...model,
  hazards: [],
  components: model.components.map((component) => ({ ...component, exposures: [] })),
});

const refuse = (message: string): RecoveryReply => ({ kind: 'refusal', message });

function courseOf({ model }: LoweredArchitecture, { summary, typical }: SimulationResult) {
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
        title: title ?? name,
        p10: [...p10],
        p50: [...p50],
        p90: [...p90],
        played: [...(typical.services[name]?.level ?? [])],
        recovery: [...service.recovery],
      };
    }),
    pools: model.components.flatMap(({ name }) => {
      const pool = typical.components[name];
      if (!pool) return [];
      const { up, starting, down, load, joined } = pool;
      return { name, up: [...up], starting: [...starting], down: [...down], load: [...load], joined: [...joined] };
    }),
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
