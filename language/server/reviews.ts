import { UriUtils } from 'langium';
import type { CancellationToken } from 'vscode-languageserver';
import { reviewOf } from '../drawing/reviews.ts';
import { REVIEW_REQUEST, type ReviewReply, reviewRequestSchema } from '../protocol/reviews.ts';
import { JobEnded } from '../workers/runner.ts';
import type { ServerHost } from './connect.ts';
import { accept, validated, withSignal } from './requests.ts';

/** Answers with all that a written review of a file says. */
export function answerReviews({ connection, shared, language, runner }: ServerHost): void {
  connection.onRequest<ReviewReply, void>(REVIEW_REQUEST, async (input: unknown, token: CancellationToken) => {
    const { uri, runs } = accept(reviewRequestSchema, input);
    const document = await validated(shared, uri, token);
    if (!document) return { kind: 'refusal', message: 'The file cannot be read.' };
    const name = UriUtils.basename(document.uri);
    try {
      const file = await withSignal(token, (signal) => reviewOf(language, runner, document, name, { runs, signal }));
      return { kind: 'review', review: { title: name.replace(/\.p2parch$/, ''), files: [file] } };
    } catch (error) {
      if (error instanceof JobEnded) return { kind: 'refusal', message: error.message };
      throw error;
    }
  });
}
