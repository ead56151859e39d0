import type { LangiumDocument } from 'langium';
import type { CancellationToken } from 'vscode-languageserver';
import { reportedNumbers, reportedScenarioNumbers } from '../drawing/numbers.ts';
import type { Pictures } from '../drawing/pictures.ts';
import { type Progress, Recoveries } from '../drawing/recoveries.ts';
import { reportedSensitivity, saidIn } from '../drawing/sensitivities.ts';
import { RECOVERY_REQUEST, type RecoveryReply, recoveryRequestSchema } from '../protocol/pictures.ts';
import {
  NUMBERS_REQUEST,
  type NumbersReply,
  numbersRequestSchema,
  RECOVERY_PROGRESS,
  type RecoveryProgress,
  SENSITIVITY_PROGRESS,
  SENSITIVITY_REQUEST,
  type SensitivityProgress,
  type SensitivityReply,
  type SensitivityRequest,
  sensitivityRequestSchema,
} from '../protocol/runs.ts';
import { examine } from '../workers/examinations.ts';
import { JobEnded } from '../workers/runner.ts';
import type { ServerHost } from './connect.ts';
import { accept, validated, withSignal } from './requests.ts';

/** Answers what is asked about runs of scenarios, and tells of the runs while they go on. */
export function answerRuns({ connection, shared, language, runner }: ServerHost, pictures: Pictures): void {
  const recoveries = new Recoveries(language, runner, pictures);
  const unreadable = { kind: 'refusal', message: 'The file cannot be read.' } as const;

  connection.onRequest<RecoveryReply, void>(RECOVERY_REQUEST, async (input: unknown, token: CancellationToken) => {
    const request = accept(recoveryRequestSchema, input);
    const document = await validated(shared, request.uri, token);
    if (!document) return unreadable;
    const tell = (progress: RecoveryProgress): void =>
      void connection.sendNotification(RECOVERY_PROGRESS, progress).catch(() => undefined);
    const paced = request.token === undefined ? undefined : atPace(request.token, tell);
    return withSignal(token, (signal) => recoveries.recovery(document, request, signal, paced));
  });

  connection.onRequest<NumbersReply, void>(NUMBERS_REQUEST, async (input: unknown, token: CancellationToken) => {
    const request = accept(numbersRequestSchema, input);
    const document = await validated(shared, request.uri, token);
    if (!document) return unreadable;
    const lowered = language.problems.Problems.models
      .architectures(document)
      .find(({ model }) => model.name === request.architecture);
    if (!lowered) return { kind: 'refusal', message: `There is no architecture ${request.architecture}.` };
    const scenario = language.problems.Problems.models
      .scenarios(document)
      .find(({ model, architecture }) => model.name === request.scenario && architecture.name === request.architecture);
    const numbers = [...(scenario ? reportedScenarioNumbers(scenario) : []), ...reportedNumbers(lowered)];
    return { kind: 'numbers', version: document.textDocument.version, numbers };
  });

  connection.onRequest<SensitivityReply, void>(
    SENSITIVITY_REQUEST,
    async (input: unknown, token: CancellationToken) => {
      const request = accept(sensitivityRequestSchema, input);
      const document = await validated(shared, request.uri, token);
      if (!document) return unreadable;
      const tell = (doneNumbers: number, numbers: number): void => {
        if (request.token === undefined) return;
        const progress: SensitivityProgress = { token: request.token, doneNumbers, numbers };
        void connection.sendNotification(SENSITIVITY_PROGRESS, progress).catch(() => undefined);
      };
      return withSignal(token, (signal) => sensitivityIn({ language, runner }, document, request, signal, tell));
    },
  );
}

async function sensitivityIn(
  { language, runner }: Pick<ServerHost, 'language' | 'runner'>,
  document: LangiumDocument,
  { architecture: name, scenario: story, runs, firstSeed }: SensitivityRequest,
  signal: AbortSignal,
  onProgress: (done: number, of: number) => void,
): Promise<SensitivityReply> {
  const problems = language.problems.Problems;
  const scenario = problems.models
    .scenarios(document)
    .find(({ model, architecture }) => model.name === story && architecture.name === name);
  if (!scenario) return { kind: 'refusal', message: `There is no scenario ${story} on ${name}.` };
  if (!problems.isRunnable(scenario)) {
    const message = `${name} or ${story} has errors. It can run as soon as they are mended.`;
    return { kind: 'refusal', message };
  }
  const lowered = problems.models.lower(scenario.architecture);
  const { version } = document.textDocument;
  try {
    const study = { architecture: lowered.model, scenario: scenario.model };
    const found = await examine(
      runner,
      study,
      { runs, firstSeed, said: saidIn(lowered, scenario) },
      { signal, onProgress },
    );
    return { kind: 'sensitivity', version, sensitivity: reportedSensitivity(lowered, scenario, found) };
  } catch (error) {
    if (error instanceof JobEnded) return { kind: 'refusal', message: error.message };
    throw error;
  }
}

/** Some five times a second; a message with results goes out whenever it comes, as those are rare themselves. */
const PACE_MILLISECONDS = 200;

function atPace(token: string, tell: (progress: RecoveryProgress) => void): (progress: Progress) => void {
  let nextAt = 0;
  return (progress) => {
    const now = performance.now();
    if (!progress.recovery && now < nextAt) return;
    nextAt = now + PACE_MILLISECONDS;
    // The last word is the reply.
    if (progress.doneRuns < progress.runs) tell({ token, ...progress });
  };
}
