import { DocumentState, type LangiumDocument, OperationCancelled, URI } from 'langium';
import { type LangiumSharedServices, startLanguageServer } from 'langium/lsp';
import {
  type CancellationToken,
  type Connection,
  MessageType,
  ResponseError,
  ShowMessageNotification,
} from 'vscode-languageserver';
import type * as z from 'zod/mini';
import { Faults } from '../drawing/faults.ts';
import { Pictures } from '../drawing/pictures.ts';
import { Recoveries } from '../drawing/recoveries.ts';
import { FAULT_REQUEST, type FaultReply, faultRequestSchema } from '../protocol/faults.ts';
import { initializationSchema } from '../protocol/initialization.ts';
import {
  CHECKED_NOTIFICATION,
  type Checked,
  PICTURE_REQUEST,
  type PictureReply,
  pictureRequestSchema,
  RECOVERY_REQUEST,
  type RecoveryReply,
  recoveryRequestSchema,
} from '../protocol/pictures.ts';
import type { P2PArchServices } from '../services.ts';
import type { JobRunner } from '../workers/runner.ts';
import { runExpectations } from './expectations.ts';
import { readSettings, SECTION_KEYS } from './settings.ts';

/** What a host gives the language server. */
export interface ServerHost {
  readonly connection: Connection;
  readonly shared: LangiumSharedServices;
  readonly language: P2PArchServices;
  readonly runner: JobRunner;
}

/** Answers the editor, and beyond the protocol's own requests those for pictures and recoveries. */
export function serve({ connection, shared, language, runner }: ServerHost): void {
  const pictures = new Pictures(language, runner);
  const recoveries = new Recoveries(language, runner, pictures);
  const faults = new Faults(language, runner);

  connection.onRequest<PictureReply, void>(PICTURE_REQUEST, async (input: unknown, token: CancellationToken) => {
    const { uri, architecture } = accept(pictureRequestSchema, input);
    const document = await validated(shared, uri, token);
    if (!document) return { kind: 'refusal', message: 'The file cannot be read.' };
    return pictures.picture(document, architecture);
  });

  connection.onRequest<RecoveryReply, void>(RECOVERY_REQUEST, async (input: unknown, token: CancellationToken) => {
    const request = accept(recoveryRequestSchema, input);
    const document = await validated(shared, request.uri, token);
    if (!document) return { kind: 'refusal', message: 'The file cannot be read.' };
    return withSignal(token, (signal) => recoveries.recovery(document, request, signal));
  });

  connection.onRequest<FaultReply, void>(FAULT_REQUEST, async (input: unknown, token: CancellationToken) => {
    const request = accept(faultRequestSchema, input);
    const document = await validated(shared, request.uri, token);
    if (!document) return { version: 0, answer: { kind: 'refusal', message: 'The file cannot be read.' } };
    const { version } = document.textDocument;
    return { version, answer: await withSignal(token, (signal) => faults.answer(document, request, signal)) };
  });

  shared.workspace.DocumentBuilder.onDocumentPhase(DocumentState.Validated, (document) => {
    const checked: Checked = { uri: document.uri.toString(), version: document.textDocument.version };
    return connection.sendNotification(CHECKED_NOTIFICATION, checked);
  });
  const settings = follow(shared, language, connection);
  runExpectations({ connection, shared, language, runner }, () => settings().runs);
  shared.lsp.LanguageServer.onInitialize(({ initializationOptions }) => {
    const pages = initializationSchema.safeParse(initializationOptions ?? {}).data?.documentation;
    if (pages !== undefined) language.problems.Problems.linkPages(pages);
  });
  connection.onShutdown(() => runner.dispose());
  startLanguageServer(shared);
}

/** Jobs are ended by signals, requests by tokens. */
async function withSignal<Result>(
  token: CancellationToken,
  act: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const listening = token.onCancellationRequested(() => abort.abort());
  try {
    return await act(abort.signal);
  } finally {
    listening.dispose();
  }
}

/** Takes the editor's settings over, now and whenever they change; findings follow at once. */
function follow(
  shared: LangiumSharedServices,
  language: P2PArchServices,
  connection: Connection,
): () => ReturnType<typeof readSettings> {
  const { ConfigurationProvider, DocumentBuilder, LangiumDocuments } = shared.workspace;
  let section: unknown;
  let told = '';
  // Today is asked anew each time: an editor stays open for days.
  language.problems.Problems.configure(() => readSettings(section).settings);
  const checkAll = (): void => {
    const all = LangiumDocuments.all.map((document) => document.uri).toArray();
    void shared.workspace.WorkspaceLock.write((token) => DocumentBuilder.update(all, [], token));
  };
  const take = (changed: unknown): void => {
    section = changed;
    const { warnings } = readSettings(section);
    const words = warnings.join(' ');
    // A notification, not a request: an editor need not answer, and a warning is no question.
    if (words !== '' && words !== told) {
      void connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: `P2P Arch: ${words}`,
      });
    }
    told = words;
  };
  ConfigurationProvider.onConfigurationSectionUpdate(({ section: name, configuration }) => {
    if (name !== language.LanguageMetaData.languageId) return;
    take(configuration);
    checkAll();
  });
  void ConfigurationProvider.ready.then(async () => {
    const { languageId } = language.LanguageMetaData;
    const entries = await Promise.all(
      SECTION_KEYS.map(async (key) => [key, await ConfigurationProvider.getConfiguration(languageId, key)] as const),
    );
    take(Object.fromEntries(entries));
    // A file that was opened meanwhile was checked with the defaults.
    if (entries.some(([, value]) => value !== null && value !== undefined)) checkAll();
  });
  return () => readSettings(section);
}

/** A request that does not fit its schema is the caller's mistake, and is told so. */
function accept<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ResponseError(-32602, `Not a request of this kind: ${parsed.error.issues[0]?.message ?? ''}`);
}

/** The file once it is checked, or undefined if there is none. */
async function validated(
  shared: LangiumSharedServices,
  text: string,
  token: CancellationToken,
): Promise<LangiumDocument | undefined> {
  const uri = URI.parse(text);
  for (;;) {
    if (!shared.workspace.LangiumDocuments.hasDocument(uri)) return undefined;
    try {
      await shared.workspace.DocumentBuilder.waitUntil(DocumentState.Validated, uri, token);
      return shared.workspace.LangiumDocuments.getDocument(uri);
    } catch (error) {
      // The next keystroke cancels a check; the request waits for the one after it.
      if (error !== OperationCancelled || token.isCancellationRequested) throw error;
    }
  }
}
