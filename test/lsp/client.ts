import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { LangiumSharedServices } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { createConnection } from 'vscode-languageserver/node';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  LSPErrorCodes,
  type Position,
  type ProtocolConnection,
  type Range,
  ResponseError,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { serve } from '../../language/server/connect.ts';
import { createP2PArchServices } from '../../language/services.ts';
import type { P2PArchDocumentUpdates } from '../../language/updates.ts';
import type { JobRunner } from '../../language/workers/runner.ts';

/** What the server published for a file, once. */
export interface Published {
  readonly file: string;
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export type Texts = Readonly<Record<string, string>>;

/** Of the numbers of the protocol: how a watched file changed. */
const CHANGES = { created: 1, changed: 2, deleted: 3 } as const;

/** As VS Code is able to, in what the server asks about. */
const ABILITIES: ClientCapabilities = {
  workspace: {
    inlayHint: { refreshSupport: true },
    configuration: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
  },
  textDocument: { completion: { completionItem: { snippetSupport: true } } },
};

/** Nothing that is asked for here takes long. */
const NO_JOBS: JobRunner = {
  width: 1,
  run: () => Promise.reject(new Error('no job is done here')),
  dispose: async () => {},
};

/**
 * An editor with a folder of files open, connected with the language server by the protocol alone. Files are named by
 * their path in the folder, or by a URI of another scheme.
 */
export class Client {
  readonly published: Published[] = [];
  /** What the server has shown to the user. */
  readonly told: string[] = [];
  private readonly texts = new Map<string, { version: number; text: string }>();

  private constructor(
    readonly folder: string,
    readonly abilities: InitializeResult['capabilities'],
    private readonly connection: ProtocolConnection,
    private readonly server: LangiumSharedServices,
    private readonly end: () => void,
  ) {}

  /** Opens a new folder with these files on disk, none of them in an editor. */
  static async start(files: Texts = {}, runner: JobRunner = NO_JOBS, settings: object | null = null): Promise<Client> {
    const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-'));
    for (const [name, text] of Object.entries(files)) put(folder, name, text);
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const server = createConnection(toServer, toClient);
    const services = createP2PArchServices({ connection: server, ...NodeFileSystem });
    serve({ connection: server, runner, ...services });
    const connection = createProtocolConnection(toClient, toServer);
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => settings));
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/inlayHint/refresh', () => null);
    const early: Published[] = [];
    let take = (published: Published): void => void early.push(published);
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, version, diagnostics }) =>
      take({ file: nameIn(folder, uri), version, diagnostics }),
    );
    connection.listen();
    const workspaceFolders = [{ uri: pathToFileURL(folder).toString(), name: 'review' }];
    const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri: null,
      capabilities: ABILITIES,
      workspaceFolders,
    });
    const client = new Client(folder, capabilities, connection, services.shared, () => server.dispose());
    client.published.push(...early);
    take = (published) => void client.published.push(published);
    connection.onNotification(
      'window/showMessage',
      ({ message }: { message: string }) => void client.told.push(message),
    );
    await connection.sendNotification('initialized', {});
    await client.settled();
    return client;
  }

  uri(file: string): string {
    return /^[a-z]+:/.test(file) ? file : pathToFileURL(path.join(this.folder, file)).toString();
  }

  /** Opens an editor on a file with a text, which need not be that on disk. */
  async open(file: string, text: string): Promise<void> {
    this.texts.set(file, { version: 1, text });
    const textDocument = { uri: this.uri(file), languageId: 'p2parch', version: 1, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
    await this.settled();
  }

  /** Changes the text in an editor, on disk nothing. */
  async edit(file: string, text: string): Promise<void> {
    const { version } = this.texts.get(file) ?? { version: 0 };
    this.texts.set(file, { version: version + 1, text });
    const textDocument = { uri: this.uri(file), version: version + 1 };
    await this.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
    await this.settled();
  }

  /** Writes the text of an editor to the disk. */
  async save(file: string): Promise<void> {
    const { text = '' } = this.texts.get(file) ?? {};
    const type = put(this.folder, file, text);
    await this.watched([{ uri: this.uri(file), type: CHANGES[type] }]);
  }

  /** Closes an editor; what was not saved in it is lost. */
  async close(file: string): Promise<void> {
    this.texts.delete(file);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(file) } });
    await this.settled();
  }

  /** Writes a file on disk, past every editor; the watcher tells of it. */
  async write(file: string, text: string): Promise<void> {
    const type = put(this.folder, file, text);
    await this.watched([{ uri: this.uri(file), type: CHANGES[type] }]);
  }

  /** Writes a file on disk of which the watcher tells nothing. */
  writeUnseen(file: string, text: string): void {
    put(this.folder, file, text);
  }

  /** Deletes a file or folder on disk; something before that may be told of in the same breath. */
  async remove(file: string, ...before: (keyof typeof CHANGES)[]): Promise<void> {
    rmSync(path.join(this.folder, file), { recursive: true });
    await this.watched([...before, 'deleted' as const].map((type) => ({ uri: this.uri(file), type: CHANGES[type] })));
  }

  /** Deletes a file on disk whose change alone is told of yet. */
  async vanish(file: string): Promise<void> {
    rmSync(path.join(this.folder, file));
    await this.watched([{ uri: this.uri(file), type: CHANGES.changed }]);
  }

  /** Moves a file or folder on disk. */
  async move(from: string, to: string): Promise<void> {
    mkdirSync(path.dirname(path.join(this.folder, to)), { recursive: true });
    renameSync(path.join(this.folder, from), path.join(this.folder, to));
    await this.watched([
      { uri: this.uri(from), type: CHANGES.deleted },
      { uri: this.uri(to), type: CHANGES.created },
    ]);
  }

  private async watched(changes: readonly { readonly uri: string; readonly type: number }[]): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await this.settled();
  }

  /** Changes the settings of the section `p2parch`. */
  async configure(p2parch: object): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings: { p2parch } });
    await this.settled();
  }

  /** Asks what is asked of one file: a request of the protocol, beyond the file itself with `more`. */
  async ask<Answer>(method: string, file: string, more: object = {}): Promise<Answer> {
    const params = { textDocument: { uri: this.uri(file) }, ...more };
    try {
      return await this.connection.sendRequest<Answer>(method, params);
    } catch (error) {
      // The server asks to be asked again, and editors do.
      if (!(error instanceof ResponseError) || error.code !== LSPErrorCodes.ServerCancelled) throw error;
      await this.settled();
      return this.connection.sendRequest<Answer>(method, params);
    }
  }

  async request<Answer>(method: string, params: object): Promise<Answer> {
    return this.connection.sendRequest(method, params);
  }

  /** Follows a notification of the server's own. */
  onNotification(method: string, take: (params: unknown) => void): void {
    this.connection.onNotification(method, take);
  }

  /** The errors of the language that were published last for a file, findings left out; undefined if nothing ever was. */
  problems(file: string): string[] | undefined {
    const last = this.published.findLast((published) => published.file === file);
    const errors = last?.diagnostics.filter(({ code }) => code === undefined);
    return errors?.map(({ message }) => (typeof message === 'string' ? message : message.value));
  }

  /** The files that something is published for while `act` goes on, in the order of the alphabet. */
  async checkedBy(act: () => Promise<void>): Promise<string[]> {
    const before = this.published.length;
    await act();
    return [...new Set(this.published.slice(before).map(({ file }) => file))].sort();
  }

  /** The place of words in the text of an editor, or behind as many letters of it. */
  at(file: string, words: string, letters = 0): Position {
    const document = this.document(file);
    const offset = document.getText().indexOf(words);
    if (offset < 0) throw new Error(`"${words}" is not in ${file}`);
    return document.positionAt(offset + letters);
  }

  textIn(file: string, range: Range): string {
    return this.document(file).getText(range);
  }

  /** The whole of the text. */
  whole(file: string): Range {
    const document = this.document(file);
    return { start: document.positionAt(0), end: document.positionAt(document.getText().length) };
  }

  private document(file: string): TextDocument {
    return TextDocument.create(this.uri(file), 'p2parch', 1, this.texts.get(file)?.text ?? '');
  }

  /** Waits until the server has done what it was told: a lens is resolved only between two builds. */
  async settled(): Promise<void> {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const barrier = (): Promise<unknown> => this.connection.sendRequest('codeLens/resolve', { range, data: {} });
    await barrier();
    await (this.server.lsp.DocumentUpdateHandler as P2PArchDocumentUpdates).lookedUp;
    await barrier();
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
    this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function put(folder: string, file: string, text: string): 'created' | 'changed' {
  const to = path.join(folder, file);
  mkdirSync(path.dirname(to), { recursive: true });
  try {
    writeFileSync(to, text, { flag: 'wx' });
    return 'created';
  } catch {
    writeFileSync(to, text);
    return 'changed';
  }
}

function nameIn(folder: string, uri: string): string {
  const root = `${pathToFileURL(folder).toString()}/`;
  const plain = decodeURIComponent(uri);
  return plain.startsWith(root) ? plain.slice(root.length) : plain;
}
