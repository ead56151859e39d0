import { percentWords, spanWords } from '../core/diagram/index.ts';
import { measuredWords } from '../core/rules/index.ts';
import type { RecoveryBand, Summary } from '../core/simulation/index.ts';
import { words } from '../drawing/recoveries.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import type { ReportedSimulation, SimulateReport } from '../protocol/reports.ts';
import { JOBS } from '../workers/jobs.ts';
import { type Command, durationOption, oneOf, onlyFile, readCall, wholeNumber } from './call.ts';
import { chooseScenarios, soundFile } from './choose.ts';
import { progress } from './progress.ts';

export const simulate: Command = {
  name: 'simulate',
  usage: 'FILE [--architecture A] [--scenario S] [--runs N] [--seed N] [--every DURATION] [--format text|json|csv]',
  summary: 'crash and recovery, over many runs',
  async run(args) {
    const { values, positionals } = readCall(args, {
      architecture: { type: 'string' },
      scenario: { type: 'string' },
      runs: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      every: { type: 'string' },
      format: { type: 'string', default: 'text' },
    });
    const format = oneOf('format', values.format, ['text', 'json', 'csv']);
    const runs = wholeNumber('runs', values.runs, 1, 1_000_000);
    const firstSeed = wholeNumber('seed', values.seed, 0, 2 ** 32 - 1);
    const everySeconds = values.every === undefined ? undefined : durationOption('every', values.every);
    const sound = await soundFile(onlyFile('simulate', positionals));
    const { models } = sound.language.problems.Problems;
    const simulated: Simulated[] = [];
    for (const scenario of chooseScenarios(sound, values)) {
      progress(`${scenario.model.name} on ${scenario.architecture.name}, ${runs} runs`);
      const architecture = models.lower(scenario.architecture).model;
      const every = everySeconds === undefined ? {} : { everySeconds };
      const { summary } = await JOBS.simulation({ architecture, scenario: scenario.model, runs, firstSeed, ...every });
      simulated.push({ scenario, summary });
    }
    const results = simulated.map((one) => reportOf(one, firstSeed));
    const report: SimulateReport = { version: 1, file: sound.file.name, results };
    const failed = simulated.some(({ summary }) => summary.verdicts.some(({ holds }) => !holds));
    const output = {
      json: () => `${JSON.stringify(report)}\n`,
      csv: () => csv(report),
      text: () => text(simulated),
    }[format]();
    return { output, status: failed ? 1 : 0 };
  },
};

interface Simulated {
  readonly scenario: LoweredScenario;
  readonly summary: Summary;
}

const REPORTED_LEVELS = [0.5, 0.9, 0.95, 0.99];

const reportedRecovery = (recovery: readonly RecoveryBand[]): readonly RecoveryBand[] =>
  recovery.filter(({ level }) => REPORTED_LEVELS.includes(level));

function reportOf({ scenario, summary }: Simulated, firstSeed: number): ReportedSimulation {
  return {
    architecture: scenario.architecture.name,
    scenario: scenario.model.name,
    runs: summary.runs,
    firstSeed,
    horizon: summary.horizonSeconds,
    firstStep: summary.firstStepSeconds,
    times: [...summary.times],
    services: mapValues(summary.services, ({ level, recovery }) => ({
      ...copied(level),
      recovery: Object.fromEntries(
        reportedRecovery(recovery).map(({ level: asked, p10, p50, p90 }) => [String(asked), { p10, p50, p90 }]),
      ),
    })),
    components: mapValues(summary.components, ({ up, starting, down }) => ({
      up: copied(up),
      starting: copied(starting),
      down: copied(down),
    })),
    expectations: expectationsOf(scenario, summary.verdicts),
  };
}

type Copied = { mean: number[]; p10: number[]; p50: number[]; p90: number[] };

const copied = ({ mean, p10, p50, p90 }: { [Key in keyof Copied]: readonly number[] }): Copied => ({
  mean: [...mean],
  p10: [...p10],
  p50: [...p50],
  p90: [...p90],
});

const mapValues = <In, Out>(record: Readonly<Record<string, In>>, map: (value: In) => Out): Record<string, Out> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

function expectationsOf(
  { syntax }: LoweredScenario,
  verdicts: readonly { holds: boolean; share: number; measured: number | null }[],
): ReportedSimulation['expectations'] {
  return verdicts.flatMap((verdict, index) => {
    const node = syntax.expectations[index]?.$cstNode;
    return node ? [{ text: words(node.text), range: node.range, ...verdict }] : [];
  });
}

/** One row for each moment: levels of services and instances up, as medians with their band. */
function csv({ results }: SimulateReport): string {
  const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const rows = results.flatMap(({ architecture, scenario, times, services, components }) => {
    const series = [
      ...Object.entries(services).map(([name, band]) => ({ name, quantity: 'level', band })),
      ...Object.entries(components).flatMap(([name, pool]) =>
        (['up', 'starting', 'down'] as const).map((quantity) => ({ name, quantity, band: pool[quantity] })),
      ),
    ];
    return series.flatMap(({ name, quantity, band }) =>
      times.map((time, index) =>
        [
          architecture,
          scenario,
          name,
          quantity,
          time,
          band.mean[index],
          band.p10[index],
          band.p50[index],
          band.p90[index],
        ]
          .map((cell) => quoted(String(cell)))
          .join(','),
      ),
    );
  });
  return `${['architecture,scenario,name,quantity,seconds,mean,p10,p50,p90', ...rows].join('\n')}\n`;
}

function text(simulated: readonly Simulated[]): string {
  const blocks = simulated.map(({ scenario: { model, architecture }, summary }) => [
    `${model.name} on ${architecture.name}: ${summary.runs} runs of ${spanWords(summary.horizonSeconds)}`,
    ...Object.entries(summary.services).flatMap(([name, { lowest, recovery }]) => [
      `  ${name}: lowest ${percentWords(lowest.p50)} (median)`,
      ...reportedRecovery(recovery).map(({ level, p10, p50, p90 }) => {
        const band = p50 === null || p50 === 0 ? '' : ` (10–90%: ${time(p10)} to ${time(p90)})`;
        return `    back to ${percentWords(level)}: ${time(p50)}${band}`;
      }),
    ]),
    ...model.expectations.flatMap((expectation, index) => {
      const verdict = summary.verdicts[index];
      if (!verdict) return [];
      return `  ${verdict.holds ? 'met' : 'missed'}: ${measuredWords(expectation, verdict, summary.runs)}`;
    }),
  ]);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const time = (seconds: number | null): string =>
  seconds === null ? 'not within the run' : seconds === 0 ? 'never away' : `after ${spanWords(seconds)}`;
