import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type * as z from 'zod/mini';
import { BLOCK_REQUEST, type Block, type BlockRequest, blockSchema } from '../language/protocol/blocks.ts';
import {
  CHECKED_NOTIFICATION,
  type Checked,
  CLOSED_NOTIFICATION,
  checkedSchema,
} from '../language/protocol/checked.ts';
import { FAULT_REQUEST, type FaultReply, type FaultRequest, faultReplySchema } from '../language/protocol/faults.ts';
import type { Initialization } from '../language/protocol/initialization.ts';
import {
  OUTLINE_REQUEST,
  type OutlineReply,
  type OutlineRequest,
  outlineReplySchema,
  PICTURE_REQUEST,
  type PictureReply,
  type PictureRequest,
  pictureReplySchema,
  RECOVERY_REQUEST,
  type RecoveryReply,
  type RecoveryRequest,
  recoveryReplySchema,
  WARM_NOTIFICATION,
} from '../language/protocol/pictures.ts';
import {
  REVIEW_REQUEST,
  type ReviewReply,
  type ReviewRequest,
  reviewReplySchema,
} from '../language/protocol/reviews.ts';
import {
  NUMBERS_REQUEST,
  type NumbersReply,
  type NumbersRequest,
  numbersReplySchema,
  RECOVERY_PROGRESS,
  type RecoveryProgress,
  recoveryProgressSchema,
  SENSITIVITY_PROGRESS,
  SENSITIVITY_REQUEST,
  type SensitivityProgress,
  type SensitivityReply,
  type SensitivityRequest,
  sensitivityProgressSchema,
  sensitivityReplySchema,
} from '../language/protocol/runs.ts';
import { documentationAddress } from './documentation.ts';
import { answerServer } from './files.ts';
import { traceChannel } from './trace.ts';

export const LANGUAGE_ID = 'p2parch';

/** The language server as the rest of the extension sees it. What it sends is checked here, and nowhere else. */
export interface Server {
  picture(request: PictureRequest, signal?: AbortSignal): Promise<PictureReply | undefined>;
  outline(request: OutlineRequest): Promise<OutlineReply | undefined>;
  /** This picture will be asked for soon, as it is or of another aspect. */
  warm(request: PictureRequest): void;
  /** A panel is no more. */
  closed(panel: number): void;
  recovery(request: RecoveryRequest, signal: AbortSignal): Promise<RecoveryReply | undefined>;
  numbers(request: NumbersRequest, signal: AbortSignal): Promise<NumbersReply | undefined>;
  sensitivity(request: SensitivityRequest, signal: AbortSignal): Promise<SensitivityReply | undefined>;
  faults(request: FaultRequest, signal: AbortSignal): Promise<FaultReply | undefined>;
  review(request: ReviewRequest, signal: AbortSignal): Promise<ReviewReply | undefined>;
  block(request: BlockRequest): Promise<Block | undefined>;
  /** Says in the output channel what was dropped, and why. */
  warn(text: string): void;
  /** A file was checked: its pictures may have changed. After a restart of the server, that is said of every file. */
  readonly onChecked: vscode.Event<Checked>;
  /** Of requests with a token, while their runs go on. */
  readonly onRuns: vscode.Event<RecoveryProgress>;
  readonly onSensitivity: vscode.Event<SensitivityProgress>;
}

/** Makes the client of a host; it is started here. */
export type StartClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Starts the server without waiting for it: what is asked of it is answered when it is there. */
export function connectServer(context: vscode.ExtensionContext, startClient: StartClient): Server {
  const log = vscode.window.createOutputChannel('P2P Arch', { log: true });
  const client = startClient({
    documentSelector: editedTexts(context),
    initializationOptions: initializationOf(context),
    outputChannel: log,
    traceOutputChannel: traceChannel(context),
    synchronize: {
      configurationSection: LANGUAGE_ID,
      fileEvents: vscode.workspace.createFileSystemWatcher('**/*.p2parch'),
    },
  });
  const checked = new vscode.EventEmitter<Checked>();
  const runs = new vscode.EventEmitter<RecoveryProgress>();
  const sensitivity = new vscode.EventEmitter<SensitivityProgress>();
  const announcing =
    <Schema extends z.ZodMiniType>(schema: Schema, emitter: vscode.EventEmitter<z.infer<Schema>>) =>
    (input: unknown): void => {
      const parsed = schema.safeParse(input);
      if (parsed.success) emitter.fire(parsed.data);
      else log.warn(`dropped a message of the server: ${parsed.error.message}`);
    };
  context.subscriptions.push(
    client,
    log,
    checked,
    ...answerServer(context, client),
    runs,
    sensitivity,
    client.onNotification(CHECKED_NOTIFICATION, announcing(checkedSchema, checked)),
    client.onNotification(RECOVERY_PROGRESS, announcing(recoveryProgressSchema, runs)),
    client.onNotification(SENSITIVITY_PROGRESS, announcing(sensitivityProgressSchema, sensitivity)),
    client.onDidChangeState(({ newState }) => log.debug(`the language server's state is ${newState}`)),
  );
  // The client itself tells the user that it could not start.
  client.start().catch((error: unknown) => log.error(`the language server did not start: ${error}`));

  /** A request that was aborted, and one that the server cancelled or failed, has no answer; the next check asks again. */
  async function request<Schema extends z.ZodMiniType>(
    method: string,
    input: unknown,
    schema: Schema,
    signal?: AbortSignal,
  ): Promise<z.infer<Schema> | undefined> {
    const cancelling = new vscode.CancellationTokenSource();
    const cancel = (): void => cancelling.cancel();
    signal?.addEventListener('abort', cancel);
    try {
      if (signal?.aborted) return undefined;
      const parsed = schema.safeParse(await orAborted(client.sendRequest(method, input, cancelling.token), signal));
      if (parsed.success) return parsed.data;
      if (!signal?.aborted) log.error(`dropped an answer to ${method}: ${parsed.error.message}`);
    } catch (error) {
      if (!signal?.aborted) log.error(`${method}: ${error instanceof Error ? error.message : error}`);
    } finally {
      signal?.removeEventListener('abort', cancel);
      cancelling.dispose();
    }
    return undefined;
  }

  const tell = (method: string, input: object = {}): void =>
    void client.sendNotification(method, input).catch((error) => log.debug(`${method} was not told: ${error}`));

  return {
    picture: (input, signal) => request(PICTURE_REQUEST, input, pictureReplySchema, signal),
    outline: (input) => request(OUTLINE_REQUEST, input, outlineReplySchema),
    warm: (request) => tell(WARM_NOTIFICATION, request),
    closed: (panel) => tell(CLOSED_NOTIFICATION, { panel }),
    recovery: (input, signal) => request(RECOVERY_REQUEST, input, recoveryReplySchema, signal),
    numbers: (input, signal) => request(NUMBERS_REQUEST, input, numbersReplySchema, signal),
    sensitivity: (input, signal) => request(SENSITIVITY_REQUEST, input, sensitivityReplySchema, signal),
    faults: (input, signal) => request(FAULT_REQUEST, input, faultReplySchema, signal),
    review: (input, signal) => request(REVIEW_REQUEST, input, reviewReplySchema, signal),
    block: (input) => request(BLOCK_REQUEST, input, blockSchema),
    warn: (text) => log.warn(text),
    onChecked: checked.event,
    onRuns: runs.event,
    onSensitivity: sensitivity.event,
  };
}

/** A server that hangs answers no cancellation either. */
const orAborted = (answer: Promise<unknown>, signal: AbortSignal | undefined): Promise<unknown> =>
  signal === undefined
    ? answer
    : Promise.race([answer, new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))]);

/**
 * Texts that somebody edits, wherever they lie. The other side of a comparison (`git:` and its like) is none: its
 * problems would be told beside those of the file, as though there were two.
 */
function editedTexts({ globalStorageUri }: vscode.ExtensionContext): { language: string; scheme: string }[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  // The examples are copied to the extension's own storage.
  const uris = [globalStorageUri, ...folders.map(({ uri }) => uri)];
  const schemes = new Set(['file', 'untitled', 'vscode-vfs', ...uris.map(({ scheme }) => scheme)]);
  return [...schemes].map((scheme) => ({ language: LANGUAGE_ID, scheme }));
}

/** Findings link to the pages of their rules. */
const initializationOf = (context: vscode.ExtensionContext): Initialization => ({
  documentation: `${documentationAddress(context)}rules/`,
});
