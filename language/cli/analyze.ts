import {
  type Analysis,
  type ColdStart,
  cone,
  type ServiceFaults,
  serviceFaults,
  trafficControl,
} from '../core/analysis/index.ts';
import type { Service } from '../core/model/index.ts';
import type { AnalyzeReport, ServiceAnalysis } from '../protocol/reports.ts';
import type { AnalyzedArchitecture } from './analyze-text.ts';
import { CallError, type Command, durationOption, oneOf, onlyFile, readCall, wholeNumber } from './call.ts';
import { chooseArchitectures, soundFile } from './choose.ts';
import { progress, tick } from './progress.ts';
import { type Share, timeShares } from './time-share.ts';

export const analyze: Command = {
  name: 'analyze',
  usage: 'FILE [--architecture A] [--service S] [--max-sets N] [--time-limit DURATION] [--format text|json]',
  summary: 'minimal cut sets, unavailability, importance, control, cold start',
  async run(args) {
    const { values, positionals } = readCall(args, {
      architecture: { type: 'string' },
      service: { type: 'string' },
      'max-sets': { type: 'string' },
      'time-limit': { type: 'string', default: '1min' },
      format: { type: 'string', default: 'text' },
    });
    const format = oneOf('format', values.format, ['text', 'json']);
    const asked = values['max-sets'];
    const maxSets = asked === undefined ? undefined : wholeNumber('max-sets', asked, 0, 1_000_000);
    const limitSeconds = durationOption('time-limit', values['time-limit']);
    const sound = await soundFile(onlyFile('analyze', positionals));
    const chosen = chooseArchitectures(sound, values.architecture);
    if (
      values.service !== undefined &&
      !chosen.some(({ model }) => model.services.some(({ name }) => name === values.service))
    ) {
      throw new CallError(`${sound.file.name} has no service named "${values.service}"`);
    }
    const { models } = sound.language.problems.Problems;
    // The words for people, which measure the width of each character, are loaded for people only.
    const words = format === 'text' ? await import('./analyze-text.ts') : undefined;
    const asksFor = ({ name }: Service) => values.service === undefined || name === values.service;
    // What the words count is not what they show: they are told as many sets as a program, and show fewer.
    const listed = words ? Math.max(maxSets ?? 0, LISTED) : (maxSets ?? LISTED);
    // What one or two failures take down is all there, unless fewer sets were asked for; words tell who runs it besides.
    const allToOrder = words || maxSets === undefined ? 2 : 0;
    const questions = chosen.reduce((sum, { model }) => sum + model.services.filter(asksFor).length, 0);
    const share = timeShares(limitSeconds, questions);
    const architectures = chosen.map(({ model, ...lowered }): AnalyzedArchitecture => {
      const analysis = models.analysis({ model, ...lowered });
      const faults = new Map(
        largestFirst(analysis, model.services.filter(asksFor)).map((service) => {
          progress(`${model.name}: ${service.name}`);
          const options = { maxSets: listed, allToOrder, ...ticking(share()) };
          return [service, serviceFaults(analysis, service.name, options)] as const;
        }),
      );
      return {
        model,
        coldStart: analysis.coldStart(),
        services: model.services.filter(asksFor).map((service) => ({
          service,
          faults: faults.get(service) as ServiceFaults,
          control: trafficControl(model, service),
        })),
        blastRadii: words?.blastRadii(analysis.graph) ?? [],
      };
    });
    const output =
      words?.analysisText(architectures, { page: words.pageOf(), most: maxSets ?? READ }) ??
      `${JSON.stringify(report(sound.file.name, architectures))}\n`;
    return { output, status: 0 };
  },
};

/** Cut sets that are listed for a program unless it says otherwise, and for a reader at a terminal. */
const LISTED = 1000;
const READ = 20;

const report = (file: string, architectures: readonly AnalyzedArchitecture[]): AnalyzeReport => ({
  version: 1,
  file,
  architectures: architectures.map(({ model, services, coldStart }) => ({
    name: model.name,
    services: services.map(({ service, faults, control }) => ({ name: service.name, ...reported(faults), control })),
    coldStart: {
      startable: [...coldStart.startable],
      notStartable: [...coldStart.notStartable],
      cycles: cyclesOf(model, coldStart),
    },
  })),
});

/** Of components alone: services may wait for each other as well, and no component waits for a service. */
function cyclesOf({ components }: AnalyzedArchitecture['model'], { cycles }: ColdStart): string[][] {
  const names = new Set(components.map(({ name }) => name));
  return cycles
    .map(({ steps }) => steps.map(({ from }) => from).filter((name) => names.has(name)))
    .filter((cycle) => cycle.length > 0);
}

/** What most hangs on comes first: what is learned from it helps with the services below it. */
function largestFirst({ graph }: Analysis, services: readonly Service[]): Service[] {
  const size = ({ name }: Service) => {
    const node = graph.nodeOf.get(name);
    return node === undefined ? 0 : cone(graph, [node]).reduce((sum, inside) => sum + inside, 0);
  };
  return services
    .map((service) => ({ service, size: size(service) }))
    .sort((a, b) => b.size - a.size)
    .map(({ service }) => service);
}

/** The engine asks now and then whether to stop: so a terminal is told that time has passed. */
function ticking({ shouldStop, shouldStopTelling }: Share): Share {
  const told = (question: () => boolean) => () => {
    tick();
    return question();
  };
  return { shouldStop: told(shouldStop), shouldStopTelling: told(shouldStopTelling) };
}

function reported({
  minimalCutSets,
  unavailability,
  quantitiesCut,
  withoutFigures,
  importance,
}: ServiceFaults): Omit<ServiceAnalysis, 'name' | 'control'> {
  return {
    minimalCutSets: {
      total: exact(minimalCutSets.total),
      byOrder: minimalCutSets.byOrder.map(exact),
      complete: minimalCutSets.complete && minimalCutSets.allListed,
      ...(!minimalCutSets.complete && { completeToOrder: minimalCutSets.completeToOrder }),
      sets: minimalCutSets.sets.map((set) => [...set]),
    },
    unavailability,
    ...(quantitiesCut && { unavailabilityCut: true as const }),
    withoutFigures: [...withoutFigures],
    importance: [...importance],
  };
}

const exact = (count: bigint): number | string =>
  count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : count.toString();
