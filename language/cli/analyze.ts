import { type ServiceFaults, serviceFaults, trafficControl } from '../core/analysis/index.ts';
import type { AnalyzeReport, ServiceAnalysis } from '../protocol/reports.ts';
import type { AnalyzedArchitecture } from './analyze-text.ts';
import { CallError, type Command, oneOf, onlyFile, readCall, wholeNumber } from './call.ts';
import { chooseArchitectures, soundFile } from './choose.ts';
import { progress, tick } from './progress.ts';

export const analyze: Command = {
  name: 'analyze',
  usage: 'FILE [--architecture A] [--service S] [--max-sets N] [--format text|json]',
  summary: 'minimal cut sets, unavailability, importance, control, cold start',
  async run(args) {
    const { values, positionals } = readCall(args, {
      architecture: { type: 'string' },
      service: { type: 'string' },
      'max-sets': { type: 'string' },
      format: { type: 'string', default: 'text' },
    });
    const format = oneOf('format', values.format, ['text', 'json']);
    const asked = values['max-sets'];
    const maxSets = asked === undefined ? undefined : wholeNumber('max-sets', asked, 0, 1_000_000);
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
    const architectures = chosen.map(({ model, ...lowered }): AnalyzedArchitecture => {
      const analysis = models.analysis({ model, ...lowered });
      const asked = model.services.filter(({ name }) => values.service === undefined || name === values.service);
      return {
        model,
        coldStart: analysis.coldStart(),
        services: asked.map((service) => {
          progress(`${model.name}: ${service.name}`);
          const options = { maxSets: maxSets ?? LISTED, shouldStop: inTime };
          const faults = serviceFaults(analysis, service.name, options);
          return { service, faults, control: trafficControl(model, service) };
        }),
        blastRadii: words?.blastRadii(analysis.graph) ?? [],
      };
    });
    const output =
      words?.analysisText(architectures, { page: words.pageOf(), most: maxSets ?? READ }) ??
      `${JSON.stringify(report(sound.file.name, architectures), null, 2)}\n`;
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
      cycles: coldStart.cycles.map(({ steps }) => steps.map(({ from }) => from)),
    },
  })),
});

/** The engine asks now and then whether to stop: never here, where Ctrl-C ends the program; but time has passed. */
function inTime(): boolean {
  tick();
  return false;
}

function reported({
  minimalCutSets,
  unavailability,
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
    withoutFigures: [...withoutFigures],
    importance: [...importance],
  };
}

const exact = (count: bigint): number | string =>
  count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : count.toString();
