import { type ServiceFaults, serviceFaults, trafficControl } from '../core/analysis/index.ts';
import { percentWords } from '../core/diagram/index.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import type { Models } from '../problems/models.ts';
import type { AnalyzeReport, ServiceAnalysis } from '../protocol/reports.ts';
import { CallError, type Command, oneOf, onlyFile, readCall, wholeNumber } from './call.ts';
import { chooseArchitectures, soundFile } from './choose.ts';
import { progress } from './progress.ts';

export const analyze: Command = {
  name: 'analyze',
  usage: 'FILE [--architecture A] [--service S] [--max-sets N] [--format text|json]',
  summary: 'minimal cut sets, unavailability, importance, control, cold start',
  async run(args) {
    const { values, positionals } = readCall(args, {
      architecture: { type: 'string' },
      service: { type: 'string' },
      'max-sets': { type: 'string', default: '1000' },
      format: { type: 'string', default: 'text' },
    });
    const format = oneOf('format', values.format, ['text', 'json']);
    const maxSets = wholeNumber('max-sets', values['max-sets'], 0, 1_000_000);
    const sound = await soundFile(onlyFile('analyze', positionals));
    const chosen = chooseArchitectures(sound, values.architecture);
    if (
      values.service !== undefined &&
      !chosen.some(({ model }) => model.services.some(({ name }) => name === values.service))
    ) {
      throw new CallError(`${sound.file.name} has no service named "${values.service}"`);
    }
    const { models } = sound.language.problems.Problems;
    const report: AnalyzeReport = {
      version: 1,
      file: sound.file.name,
      architectures: chosen.map((lowered) => analyzed(models, lowered, maxSets, values.service)),
    };
    return { output: format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : text(report), status: 0 };
  },
};

function analyzed(
  models: Models,
  lowered: LoweredArchitecture,
  maxSets: number,
  only: string | undefined,
): AnalyzeReport['architectures'][number] {
  const { model } = lowered;
  const analysis = models.analysis(lowered);
  const coldStart = analysis.coldStart();
  return {
    name: model.name,
    services: model.services
      .filter(({ name }) => only === undefined || name === only)
      .map((service) => {
        progress(`${model.name}: ${service.name}`);
        const faults = serviceFaults(analysis, service.name, { maxSets });
        return { name: service.name, ...reported(faults), control: trafficControl(model, service) };
      }),
    coldStart: {
      startable: [...coldStart.startable],
      notStartable: [...coldStart.notStartable],
      cycles: coldStart.cycles.map(({ steps }) => steps.map(({ from }) => from)),
    },
  };
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
      sets: minimalCutSets.sets.map((set) => [...set]),
    },
    unavailability,
    withoutFigures: [...withoutFigures],
    importance: [...importance],
  };
}

const exact = (count: bigint): number | string =>
  count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : count.toString();

/** As many cut sets as a reader takes in. */
const LISTED = 20;

function text({ architectures }: AnalyzeReport): string {
  return `${architectures.map(architectureText).join('\n\n')}\n`;
}

function architectureText({ name, services, coldStart }: AnalyzeReport['architectures'][number]): string {
  const stuck = coldStart.notStartable.length > 0 ? coldStart.notStartable.join(', ') : 'nothing';
  return [
    `architecture ${name}`,
    ...services.flatMap(serviceText),
    `  cannot start from cold: ${stuck}`,
    ...coldStart.cycles.map((cycle) => `    each waits for the next: ${[...cycle, cycle[0]].join(' → ')}`),
  ].join('\n');
}

function serviceText({
  name,
  minimalCutSets,
  unavailability,
  withoutFigures,
  importance,
  control,
}: ServiceAnalysis): string[] {
  const { total, byOrder, sets, complete } = minimalCutSets;
  const orders = byOrder
    .map((count, index) => `${count} of order ${index + 1}`)
    .filter((words) => !words.startsWith('0 '));
  const more = complete ? [] : [`    (${sets.length} of ${total} can be listed; see --max-sets)`];
  const lines = [
    `  service ${name}`,
    `    minimal cut sets: ${total}${orders.length > 0 ? ` (${orders.join(', ')})` : ''}`,
    ...sets.slice(0, LISTED).map((set) => `      ${set.join(' + ')}`),
    ...(sets.length > LISTED ? [`      … and ${sets.length - LISTED} more; --format json lists them`] : []),
    ...(sets.length > LISTED ? [] : more),
  ];
  if (control) {
    lines.push(
      `    traffic carried by: company ${percentWords(control.company)}, users ${percentWords(control.users)}, vendors ${percentWords(control.vendors)}`,
    );
  }
  if (unavailability !== null) {
    lines.push(`    unavailability: ${unavailability.toPrecision(4)}`);
    if (withoutFigures.length > 0)
      lines.push(`      without figures, counted as never failing: ${withoutFigures.join(', ')}`);
    for (const { event, birnbaum, fussellVesely } of importance.slice(0, 5)) {
      lines.push(
        `      ${event}: Birnbaum ${birnbaum.toPrecision(4)}, Fussell–Vesely ${fussellVesely?.toPrecision(4) ?? '–'}`,
      );
    }
  }
  return lines;
}
