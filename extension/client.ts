import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type * as z from 'zod/mini';
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

export const LANGUAGE_ID = 'p2parch';

/** The language server as the rest of the extension sees it. What it sends is checked here, and nowhere else. */
export interface Server {
  picture(request: PictureRequest, token: vscode.CancellationToken): Promise<PictureReply | undefined>;
  recovery(request: RecoveryRequest, token: vscode.CancellationToken): Promise<RecoveryReply | undefined>;
  /** A file was checked: its pictures may have changed. After a restart of the server, that is said of every file. */
  readonly onChecked: vscode.Event<Checked>;
}

export async function startServer(context: vscode.ExtensionContext): Promise<Server> {
  const module = path.join(context.extensionPath, 'dist', 'server.cjs');
  const log = vscode.window.createOutputChannel('P2P Arch', { log: true });
  const client = new LanguageClient(
    'p2parch',
    'P2P Arch',
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
    },
    {
      documentSelector: [{ language: LANGUAGE_ID }],
      outputChannel: log,
      synchronize: {
        configurationSection: LANGUAGE_ID,
        fileEvents: vscode.workspace.createFileSystemWatcher('**/*.p2parch'),
      },
    },
  );
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
    client.onNotification(CHECKED_NOTIFICATION, announce),
    client.onDidChangeState(({ newState }) => log.debug(`the language server's state is ${newState}`)),
  );
  await client.start();

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
    onChecked: checked.event,
  };
}
