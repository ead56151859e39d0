import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type * as z from 'zod/mini';
import { FAULT_REQUEST, type FaultAnswer, type FaultRequest, faultAnswerSchema } from '../language/protocol/faults.ts';
import type { Initialization } from '../language/protocol/initialization.ts';
import {
  CHECKED_NOTIFICATION,
  type Checked,
  checkedSchema,
  PICTURE_REQUEST,
  type PictureReply,
  type PictureRequest,
  pictureReplySchema,
  RECOVERY_REQUEST,
  type RecoveryReply,
  type RecoveryRequest,
  recoveryReplySchema,
} from '../language/protocol/pictures.ts';
import { documentationAddress } from './documentation.ts';
import { answerServer } from './files.ts';
import { traceChannel } from './trace.ts';

export const LANGUAGE_ID = 'p2parch';

/** The language server as the rest of the extension sees it. What it sends is checked here, and nowhere else. */
export interface Server {
  picture(request: PictureRequest, token: vscode.CancellationToken): Promise<PictureReply | undefined>;
  recovery(request: RecoveryRequest, token: vscode.CancellationToken): Promise<RecoveryReply | undefined>;
  faults(request: FaultRequest, token: vscode.CancellationToken): Promise<FaultAnswer | undefined>;
  /** A file was checked: its pictures may have changed. After a restart of the server, that is said of every file. */
  readonly onChecked: vscode.Event<Checked>;
}

/** Makes the client of a host; it is started here. */
export type StartClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Starts the server without waiting for it: what is asked of it is answered when it is there. */
export function connectServer(context: vscode.ExtensionContext, startClient: StartClient): Server {
  const log = vscode.window.createOutputChannel('P2P Arch', { log: true });
  const client = startClient({
    documentSelector: [{ language: LANGUAGE_ID }],
    initializationOptions: initializationOf(context),
    outputChannel: log,
    traceOutputChannel: traceChannel(context),
    synchronize: {
      configurationSection: LANGUAGE_ID,
      fileEvents: vscode.workspace.createFileSystemWatcher('**/*.p2parch'),
    },
  });
  const checked = new vscode.EventEmitter<Checked>();
  const announce = (input: unknown): void => {
    const parsed = checkedSchema.safeParse(input);
    if (parsed.success) checked.fire(parsed.data);
    else log.warn(`dropped a message of the server: ${parsed.error.message}`);
  };
  context.subscriptions.push(
    client,
    log,
    checked,
    ...answerServer(context, client),
    client.onNotification(CHECKED_NOTIFICATION, announce),
    client.onDidChangeState(({ newState }) => log.debug(`the language server's state is ${newState}`)),
  );
  // The client itself tells the user that it could not start.
  client.start().catch((error: unknown) => log.error(`the language server did not start: ${error}`));

  /** A request that the server cancelled or failed has no answer; the next check asks again. */
  async function request<Schema extends z.ZodMiniType>(
    method: string,
    input: unknown,
    schema: Schema,
    token: vscode.CancellationToken,
  ): Promise<z.infer<Schema> | undefined> {
    try {
      const parsed = schema.safeParse(await client.sendRequest(method, input, token));
      if (parsed.success) return parsed.data;
      log.error(`dropped an answer to ${method}: ${parsed.error.message}`);
    } catch (error) {
      if (!token.isCancellationRequested) log.error(`${method}: ${error instanceof Error ? error.message : error}`);
    }
    return undefined;
  }

  return {
    picture: (input, token) => request(PICTURE_REQUEST, input, pictureReplySchema, token),
    recovery: (input, token) => request(RECOVERY_REQUEST, input, recoveryReplySchema, token),
    faults: (input, token) => request(FAULT_REQUEST, input, faultAnswerSchema, token),
    onChecked: checked.event,
  };
}

/** Findings link to the pages of their rules. */
const initializationOf = (context: vscode.ExtensionContext): Initialization => ({
  documentation: `${documentationAddress(context)}rules/`,
});
