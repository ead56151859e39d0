import { percentWords, spanWords, writtenSpan } from '../core/diagram/index.ts';
import type { Expectation } from '../core/model/index.ts';
import { measuredWords } from '../core/rules/index.ts';
import type { RecoveryBand, Summary } from '../core/simulation/index.ts';
import { words } from '../drawing/recoveries.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import type { ReportedSimulation, SimulateReport } from '../protocol/reports.ts';
import type { Outcome } from './call.ts';
import { shown } from './shown.ts';

/** A scenario on an architecture, and what many runs of it came to. */
export interface Simulated {
  readonly architecture: string;
  readonly scenario: string;
  /** In the order of the summary's verdicts. */
  readonly expectations: {
    text: string;
    range: ReportedSimulation['expectations'][number]['range'];
    expectation: Expectation;
  }[];
  readonly summary: Summary;
}

export const FORMATS = ['text', 'json', 'csv'] as const;

/** What `simulate` and `merge` say, and whether every expectation is met. */
export function simulationOutput(
  file: string,
  simulated: readonly Simulated[],
  format: (typeof FORMATS)[number],
): Outcome {
  const failed = simulated.some(({ summary }) => summary.verdicts.some(({ holds }) => !holds));
  const report = (): SimulateReport => ({ version: 1, file, results: simulated.map(reportOf) });
  const output = {
    json: () => `${JSON.stringify(report())}\n`,
    csv: () => csv(report()),
    text: () => shown(text(simulated)),
  }[format]();
  return { output, status: failed ? 1 : 0 };
}

/** A scenario by names, with the words of its expectations. */
export const described = ({ model, syntax, architecture }: LoweredScenario): Omit<Simulated, 'summary'> => ({
  architecture: architecture.name,
  scenario: model.name,
  expectations: model.expectations.flatMap((expectation, index) => {
    const node = syntax.expectations[index]?.$cstNode;
    return node ? [{ text: words(node.text), range: node.range, expectation }] : [];
  }),
});

const REPORTED_LEVELS = [0.5, 0.9, 0.95, 0.99];

const reportedRecovery = (recovery: readonly RecoveryBand[]): readonly RecoveryBand[] =>
  recovery.filter(({ level }) => REPORTED_LEVELS.includes(level));

function reportOf({ architecture, scenario, expectations, summary }: Simulated): ReportedSimulation {
  return {
    architecture,
    scenario,
    runs: summary.runs,
    firstSeed: summary.firstSeed,
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
    expectations: summary.verdicts.flatMap((verdict, index) => {
      const { text: said, range } = expectations[index] ?? {};
      return said !== undefined && range ? [{ text: said, range, ...verdict }] : [];
    }),
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
  const blocks = simulated.map(({ scenario, architecture, expectations, summary }) => [
    `${scenario} on ${architecture}: ${summary.runs} runs of ${writtenSpan(summary.horizonSeconds)}`,
    ...Object.entries(summary.services).flatMap(([name, { lowest, recovery }]) => [
      `  ${name}: lowest ${percentWords(lowest.p50)} (median)`,
      ...reportedRecovery(recovery).map(({ level, p10, p50, p90 }) => {
        const band = p50 === null || p50 === 0 ? '' : ` (10–90%: ${time(p10)} to ${time(p90)})`;
        return `    back to ${percentWords(level)}: ${time(p50)}${band}`;
      }),
    ]),
    ...expectations.flatMap(({ expectation }, index) => {
      const verdict = summary.verdicts[index];
      if (!verdict) return [];
      return `  ${verdict.holds ? 'met' : 'missed'}: ${measuredWords(expectation, verdict, summary.runs)}`;
    }),
  ]);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const time = (seconds: number | null): string =>
  seconds === null ? 'not within the run' : seconds === 0 ? 'never away' : `after ${spanWords(seconds)}`;
