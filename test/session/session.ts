import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

const URI = 'file:///bench/program.p2parch';

interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly { readonly message: string; readonly severity: number }[];
}

/** A built language server with one file open, spoken to as an editor does; `program` is its script and arguments. */
export class EditingSession {
  private version = 1;
  private readonly waiting: ((published: Published) => void)[] = [];

  /** What was published for the file when it was opened. */
  opened: Published | undefined;

  private constructor(
    private readonly server: ChildProcess,
    readonly connection: MessageConnection,
    private text: string,
  ) {}

  static async open(program: readonly string[], text: string): Promise<EditingSession> {
    const server = spawn(process.execPath, [...program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (!server.stdin || !server.stdout) throw new Error('the server has no pipes');
    const connection = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const session = new EditingSession(server, connection, text);
    connection.onNotification('textDocument/publishDiagnostics', (published: Published) => {
      if (published.uri === URI) for (const resolve of session.waiting.splice(0)) resolve(published);
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
    connection.onRequest('client/registerCapability', () => null);
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders: null,
    });
    await connection.sendNotification('initialized', {});
    const checked = session.published();
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: URI, languageId: 'p2parch', version: 1, text },
    });
    session.opened = await checked;
    return session;
  }

  private published(): Promise<Published> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Types at an offset, and waits for the diagnostics. */
  async type(offset: number, removed: number, inserted: string): Promise<Published> {
    const before = this.text;
    const start = positionAt(before, offset);
    const end = positionAt(before, offset + removed);
    this.text = before.slice(0, offset) + inserted + before.slice(offset + removed);
    this.version++;
    const checked = this.published();
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: URI, version: this.version },
      contentChanges: [{ range: { start, end }, text: inserted }],
    });
    return checked;
  }

  request(method: string, params: object = {}): Promise<unknown> {
    return this.connection.sendRequest(method, { textDocument: { uri: URI }, ...params });
  }

  /** What the server holds of the machine's memory now. */
  megabytes(): number {
    const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(this.server.pid)], { encoding: 'utf8' });
    return Number(kilobytes) / 1024;
  }

  async close(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await new Promise((resolve) => this.server.once('exit', resolve));
    this.connection.dispose();
  }
}

function positionAt(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: (before.at(-1) as string).length };
}
