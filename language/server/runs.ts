import type { CancellationToken } from 'vscode-languageserver';
import { reportedNumbers } from '../drawing/numbers.ts';
import type { Pictures } from '../drawing/pictures.ts';
import { type Progress, Recoveries } from '../drawing/recoveries.ts';
import { RECOVERY_REQUEST, type RecoveryReply, recoveryRequestSchema } from '../protocol/pictures.ts';
import {
  NUMBERS_REQUEST,
  type NumbersReply,
  numbersRequestSchema,
  RECOVERY_PROGRESS,
  type RecoveryProgress,
} from '../protocol/runs.ts';
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
    return { kind: 'numbers', version: document.textDocument.version, numbers: reportedNumbers(lowered) };
  });
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
