import { DocumentState, URI } from 'langium';
import { type LangiumSharedServices, startLanguageServer } from 'langium/lsp';
import { CancellationToken, type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { Faults } from '../drawing/faults.ts';
import { Pictures } from '../drawing/pictures.ts';
import { Watched } from '../drawing/watched.ts';
import { CHECKED_NOTIFICATION, type Checked, CLOSED_NOTIFICATION, closedSchema } from '../protocol/checked.ts';
import { FAULT_REQUEST, type FaultReply, faultRequestSchema } from '../protocol/faults.ts';
import { initializationSchema } from '../protocol/initialization.ts';
import {
  OUTLINE_REQUEST,
  type OutlineReply,
  outlineRequestSchema,
  PICTURE_REQUEST,
  type PictureReply,
  pictureRequestSchema,
  WARM_NOTIFICATION,
} from '../protocol/pictures.ts';
import type { P2PArchServices } from '../services.ts';
import type { JobRunner } from '../workers/runner.ts';
import { answerBlocks } from './blocks.ts';
import { runExpectations } from './expectations.ts';
import { accept, validated, withSignal } from './requests.ts';
import { answerReviews } from './reviews.ts';
import { answerRuns } from './runs.ts';
import { readSettings, SECTION_KEYS } from './settings.ts';

/** What a host gives the language server. */
export interface ServerHost {
  readonly connection: Connection;
  readonly shared: LangiumSharedServices;
  readonly language: P2PArchServices;
  readonly runner: JobRunner;
  /** The address of the rules' pages for an editor that names none, ending in `/`. */
  readonly pages?: string | undefined;
}

/** Answers the editor, and beyond the protocol's own requests those for pictures and recoveries. */
export function serve({ connection, shared, language, runner, pages: ownPages }: ServerHost): void {
  const pictures = new Pictures(language, runner);
  const watched = new Watched(pictures);
  const faults = new Faults(pictures, runner);

  connection.onRequest<PictureReply, void>(PICTURE_REQUEST, async (input: unknown, token: CancellationToken) => {
    const request = accept(pictureRequestSchema, input);
    const document = await validated(shared, request.uri, token);
    if (!document) return { kind: 'refusal', message: 'The file cannot be read.' };
    const reply = await pictures.picture(document, request);
    if (request.panel === undefined || reply.kind !== 'picture') return reply;
    return { ...reply, serial: watched.sent(request.panel, request, reply.picture) };
  });

  connection.onRequest<OutlineReply, void>(OUTLINE_REQUEST, async (input: unknown, token: CancellationToken) => {
    const { uri, architecture } = accept(outlineRequestSchema, input);
    const document = await validated(shared, uri, token);
    return document
      ? pictures.outline(document, architecture)
      : { kind: 'refusal', message: 'The file cannot be read.' };
  });
  connection.onNotification(WARM_NOTIFICATION, async (input: unknown) => {
    pictures.warm();
    const request = pictureRequestSchema.safeParse(input);
    const document = request.success && (await validated(shared, request.data.uri, CancellationToken.None));
    if (document) pictures.prepare(document, request.data);
  });
  connection.onNotification(CLOSED_NOTIFICATION, (input: unknown) => {
    const closed = closedSchema.safeParse(input);
    if (closed.success) watched.forget(closed.data.panel);
  });

  answerRuns({ connection, shared, language, runner }, pictures);
  answerReviews({ connection, shared, language, runner });
  answerBlocks({ connection, shared, language, runner });

  connection.onRequest<FaultReply, void>(FAULT_REQUEST, async (input: unknown, token: CancellationToken) => {
    const request = accept(faultRequestSchema, input);
    const document = await validated(shared, request.uri, token);
    if (!document) return { version: 0, answer: { kind: 'refusal', message: 'The file cannot be read.' } };
    const { version } = document.textDocument;
    return { version, answer: await withSignal(token, (signal) => faults.answer(document, request, signal)) };
  });

  // Before what sends the problems of a file: an editor takes longer over hundreds of them than over a picture.
  shared.workspace.DocumentBuilder.onDocumentPhase(DocumentState.Validated, async (document, token) => {
    const checked: Checked = {
      uri: document.uri.toString(),
      version: document.textDocument.version,
      redrawn: token.isCancellationRequested ? [] : watched.redrawn(document),
    };
    return connection.sendNotification(CHECKED_NOTIFICATION, checked);
  });
  const settings = follow(shared, language, connection);
  const endExpectations = runExpectations({ connection, shared, language, runner }, () => settings().runs);
  shared.lsp.LanguageServer.onInitialize(({ initializationOptions }) => {
    const pages = initializationSchema.safeParse(initializationOptions ?? {}).data?.documentation ?? ownPages;
    if (pages !== undefined) language.problems.Problems.linkPages(pages);
  });
  connection.onShutdown(() => {
    endExpectations();
    return runner.dispose();
  });
  tellVersions(connection, shared);
  startLanguageServer(shared);
}

/** An editor that has gone on typing sees by the version which text its problems are of; files on disk have none. */
function tellVersions(connection: Connection, { workspace }: LangiumSharedServices): void {
  const send = connection.sendDiagnostics.bind(connection);
  connection.sendDiagnostics = ({ uri, diagnostics }) => {
    const isOpen = workspace.TextDocuments.get(uri) !== undefined;
    const version = isOpen ? workspace.LangiumDocuments.getDocument(URI.parse(uri))?.textDocument.version : undefined;
    return send({ uri, diagnostics, ...(version !== undefined && { version }) });
  };
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
