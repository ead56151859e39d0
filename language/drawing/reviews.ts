import type { LangiumDocument } from 'langium';
import type { CheckingServices } from '../checking-services.ts';
import { trafficControl } from '../core/analysis/index.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import type { Failures } from '../protocol/faults.ts';
import type { Recovery } from '../protocol/pictures.ts';
import type { ReviewedArchitecture, ReviewedFile, ReviewedFinding } from '../protocol/reviews.ts';
import type { JobRunner } from '../workers/runner.ts';
import { Faults } from './faults.ts';
import { Pictures, scenarioEntries } from './pictures.ts';
import { Recoveries } from './recoveries.ts';

export interface ReviewOptions {
  readonly runs: number;
  readonly signal: AbortSignal;
  /** Told what is being done from here on. */
  readonly onProgress?: (words: string) => void;
}

const MOST_SETS = 30;
/** As many as are shown side by side. */
const MOST_COMPARED = 4;

/**
 * Gathers all that a review of a checked file shows. What has errors is left out but for the errors themselves; a job
 * that takes too long leaves out what it was for.
 */
export async function reviewOf(
  services: CheckingServices,
  runner: JobRunner,
  document: LangiumDocument,
  name: string,
  { runs, signal, onProgress = () => {} }: ReviewOptions,
): Promise<ReviewedFile> {
  const pictures = new Pictures(services, runner);
  const faults = new Faults(pictures, runner);
  const recoveries = new Recoveries(services, runner, pictures);
  const problems = services.problems.Problems;
  const sound = problems.models.architectures(document).filter((lowered) => problems.isSound(lowered));
  const uri = document.uri.toString();

  const architectures: ReviewedArchitecture[] = [];
  for (const lowered of sound) {
    const { model } = lowered;
    onProgress(`${name}: ${model.name}`);
    const ask = (question: Parameters<Faults['answer']>[1]['question']) =>
      faults.answer(document, { uri, architecture: model.name, question }, signal);
    const diagram = pictures.diagram(lowered);
    const failures = await ask({ kind: 'failures' });
    const reviewed: ReviewedArchitecture['services'] = [];
    for (const service of model.services) {
      const question = { kind: 'cutSets', service: service.name, externalOnly: false, maxSets: MOST_SETS } as const;
      const cutSets = await ask(question);
      reviewed.push({
        name: service.name,
        title: service.title ?? service.name,
        ...(cutSets.kind === 'cutSets' && { cutSets }),
        control: trafficControl(model, service),
      });
    }
    architectures.push({
      name: model.name,
      title: model.title ?? model.name,
      ...(model.documentation !== undefined && { documentation: model.documentation }),
      diagram,
      layout: await pictures.layout(`${uri}#${model.name}`, diagram),
      services: reviewed,
      failures: failures.kind === 'failures' ? failures : NO_FAILURES,
    });
  }

  const played: Recovery[] = [];
  const runnable = problems.models.scenarios(document).filter((scenario) => problems.isRunnable(scenario));
  for (const scenario of scenarioEntries(runnable)) {
    for (const some of inParts(scenario.architectures, MOST_COMPARED)) {
      onProgress(`${name}: ${scenario.name} on ${some.join(', ')}, ${runs} runs`);
      const request = { uri, scenario: scenario.name, architectures: some, runs, firstSeed: 1 };
      const reply = await recoveries.recovery(document, request, signal);
      if (reply.kind === 'recovery') played.push(shortened(reply.recovery));
    }
  }
  return {
    name,
    findings: findingsOf(services, document, sound),
    architectures,
    recoveries: played,
  };
}

const NO_FAILURES: Failures = { kind: 'failures', failures: [], services: [], components: 0 };

function inParts<Value>(values: readonly Value[], most: number): Value[][] {
  const parts = Array.from({ length: Math.ceil(values.length / most) }, () => [] as Value[]);
  // As even as can be: five are three and two, for one alone is compared with nothing.
  for (const [index, value] of values.entries()) parts[Math.floor((index * parts.length) / values.length)]?.push(value);
  return parts;
}

function findingsOf(
  services: CheckingServices,
  document: LangiumDocument,
  sound: readonly LoweredArchitecture[],
): ReviewedFinding[] {
  const { Problems } = services.problems;
  const byName = new Map(sound.map((lowered) => [lowered.model.name, lowered]));
  return Problems.of(document).map((problem) => {
    const { rule, severity, message, range, architecture } = problem;
    const lowered = byName.get(architecture ?? '');
    const acceptance =
      problem.accepted && lowered ? lowered.model.acceptances[Problems.acceptanceOf(lowered, problem)] : undefined;
    return {
      ...(rule !== undefined && { rule }),
      severity,
      message,
      line: range.start.line + 1,
      ...(architecture !== undefined && { architecture }),
      accepted: problem.accepted,
      ...(acceptance && { because: acceptance.because }),
      ...(acceptance?.until !== undefined && { until: acceptance.until }),
    };
  });
}

/** As exact as a screen shows it; a page that holds every digit is several times as large. */
const shortened = (recovery: Recovery): Recovery => ({
  ...recovery,
  results: recovery.results.map((result) => ({
    ...result,
    times: result.times.map((seconds) => rounded(seconds, 1000)),
    services: result.services.map((service) => ({
      ...service,
      p10: levels(service.p10),
      p50: levels(service.p50),
      p90: levels(service.p90),
      played: levels(service.played),
    })),
    pools: result.pools.map((pool) => ({ ...pool, load: pool.load.map((load) => rounded(load, 1000)) })),
  })),
});

const rounded = (value: number, parts: number): number => Math.round(value * parts) / parts;
const levels = (values: readonly number[]): number[] => values.map((level) => rounded(level, 10_000));
