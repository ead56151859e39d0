import { percentWords, spanWords } from '../core/diagram/index.ts';
import type { Architecture, Scenario } from '../core/model/index.ts';
import { reportedSensitivity, saidIn } from '../drawing/sensitivities.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import type { SensitivityReport } from '../protocol/reports.ts';
import type { ReportedSensitivity } from '../protocol/runs.ts';
import { examine } from '../workers/examinations.ts';
import type { Outcome } from './call.ts';
import { progress } from './progress.ts';
import { inThreads } from './runs.ts';
import { shown } from './shown.ts';
import { type Page, pageOf, table, wrapped } from './terminal.ts';

export interface Study {
  readonly lowered: LoweredScenario;
  readonly target: LoweredArchitecture;
  readonly architecture: Architecture;
  readonly scenario: Scenario;
}

/** What `simulate --sensitivity` says: on what the recovery depends, and what would just meet the expectations. */
export async function sensitivityOutput(
  file: string,
  studies: readonly Study[],
  asked: { readonly runs: number; readonly firstSeed: number },
  format: 'text' | 'json',
): Promise<Outcome> {
  const found: { study: Study; sensitivity: ReportedSensitivity }[] = [];
  for (const study of studies) {
    const name = `${study.scenario.name} on ${study.architecture.name}`;
    const onProgress = (done: number, of: number): void => progress(`${name}: ${done} of ${of} numbers`);
    const sensitivity = await inThreads((runner) =>
      examine(runner, study, { ...asked, said: saidIn(study.target, study.lowered) }, { onProgress }),
    );
    found.push({ study, sensitivity: reportedSensitivity(study.target, study.lowered, sensitivity) });
  }
  const failed = found.some(({ sensitivity }) => sensitivity.expectations.some(({ holds }) => !holds));
  const report: SensitivityReport = {
    version: 1,
    file,
    results: found.map(({ study, sensitivity: { numbers, ...rest } }) => ({
      architecture: study.architecture.name,
      scenario: study.scenario.name,
      ...rest,
      numbers: numbers.map(({ number: { id, component, words, value, text }, ...moved }) => ({
        number: { id, component, words, value, text },
        ...moved,
      })),
    })),
  };
  const page = pageOf();
  const output =
    format === 'json'
      ? `${JSON.stringify(report)}\n`
      : shown(`${found.map(({ study, sensitivity }) => text(study, sensitivity, page).join('\n')).join('\n\n')}\n`);
  return { output, status: failed ? 1 : 0 };
}

function text({ scenario, architecture }: Study, sensitivity: ReportedSensitivity, page: Page): string[] {
  const { runs, variedRuns, services, expectations, numbers } = sensitivity;
  return [
    page.strong(
      `${scenario.name} on ${architecture.name}: what its recovery depends on, ${variedRuns} runs of each variation`,
    ),
    ...Object.entries(services).map(
      ([name, { level, p50 }]) => `  ${name} back to ${percentWords(level)}: ${time(p50)} (median)`,
    ),
    ...expectations.flatMap((verdict) => {
      const said = `${verdict.holds ? 'met' : 'missed'}: ${verdict.text}, in ${Math.round(verdict.share * runs)} of ${runs} runs`;
      const [first, ...others] = verdict.remedies;
      const remedies = [
        ...(first === undefined ? [] : wrapped(first, page.width, '    to meet it: ')),
        ...others.flatMap((one) => wrapped(one, page.width, '             or: ')),
      ];
      const none = 'no number alone would do, from a hundredth to a hundred times what it is';
      return [`  ${said}`, ...(verdict.holds || first !== undefined ? remedies : wrapped(none, page.width, '    '))];
    }),
    ...Object.keys(services).flatMap((name) => [
      '',
      `  ${name}`,
      ...table(
        [
          ['what', 'is', '20% less', 'then back', '20% more', 'then back'],
          ...numbers
            .filter(({ number }) => number.value > 0)
            .map(({ number, less, more }) => [
              `${number.component} ${number.words}`,
              number.text,
              less.text,
              time(less.services[name]?.p50 ?? null),
              more.text,
              time(more.services[name]?.p50 ?? null),
            ]),
        ],
        page,
        '    ',
        { named: true },
      ),
    ]),
    ...expectations.flatMap(({ text: said, holds }, index) => {
      const turning = numbers.flatMap(({ number, turns }) => {
        const turn = turns[index];
        return holds && turn && number.value > 0 ? [`${number.component} ${number.words} ${turn.text}`] : [];
      });
      return turning.length === 0
        ? []
        : ['', `  "${said}" holds until`, ...turning.flatMap((one) => wrapped(one, page.width, '    '))];
    }),
  ];
}

const time = (seconds: number | null): string => (seconds === null ? 'not within the run' : spanWords(seconds));
