import { EmptyFileSystemProvider, type FileSystemNode, type FileSystemProvider, type URI, UriUtils } from 'langium';
import type { Connection } from 'vscode-languageserver';
import type * as z from 'zod/mini';
import {
  FILE_REQUEST,
  FOLDER_REQUEST,
  fileReplySchema,
  folderReplySchema,
  STATUS_REQUEST,
  statusReplySchema,
  WORKER_REQUEST,
  workerReplySchema,
} from '../protocol/files.ts';

/**
 * Files as the editor sees them, whatever file system they lie in. Nothing is read while something waits for it: of
 * the interface's functions those that do not promise their answer refuse, as they do in Langium's own empty one.
 */
export class ClientFiles extends EmptyFileSystemProvider {
  constructor(private readonly connection: Connection) {
    super();
  }

  override async readFile(uri?: URI): Promise<string> {
    return (await ask(this.connection, FILE_REQUEST, fileReplySchema, uri)).text;
  }

  override async stat(uri: URI): Promise<FileSystemNode> {
    return node(uri, (await ask(this.connection, STATUS_REQUEST, statusReplySchema, uri)).kind);
  }

  override async exists(uri?: URI): Promise<boolean> {
    return ask(this.connection, STATUS_REQUEST, statusReplySchema, uri).then(
      () => true,
      () => false,
    );
  }

  override async readDirectory(uri?: URI): Promise<FileSystemNode[]> {
    const { entries } = await ask(this.connection, FOLDER_REQUEST, folderReplySchema, uri);
    return entries.map(({ name, kind }) => node(UriUtils.joinPath(uri as URI, name), kind));
  }
}

/** Files of the machine by `local`, those of every other file system through the editor. */
export function filesOf(local: FileSystemProvider, connection: Connection): FileSystemProvider {
  const client = new ClientFiles(connection);
  const by = (uri: URI): FileSystemProvider => (uri.scheme === 'file' ? local : client);
  return {
    stat: (uri) => by(uri).stat(uri),
    statSync: (uri) => by(uri).statSync(uri),
    exists: (uri) => by(uri).exists(uri),
    existsSync: (uri) => by(uri).existsSync(uri),
    readBinary: (uri) => by(uri).readBinary(uri),
    readBinarySync: (uri) => by(uri).readBinarySync(uri),
    readFile: (uri) => by(uri).readFile(uri),
    readFileSync: (uri) => by(uri).readFileSync(uri),
    readDirectory: (uri) => by(uri).readDirectory(uri),
    readDirectorySync: (uri) => by(uri).readDirectorySync(uri),
  };
}

/** The address of the workers' script: the editor alone can read what the extension brings. */
export async function workerScript(connection: Connection): Promise<string> {
  return (await ask(connection, WORKER_REQUEST, workerReplySchema)).url;
}

type Answer<Reply> = Exclude<Reply, { readonly kind: 'failure' }>;

/** Asks the editor; a failure, and an answer that does not fit its schema, reject the promise. */
async function ask<Reply extends { readonly kind: string }>(
  connection: Connection,
  method: string,
  schema: z.ZodMiniType<Reply>,
  uri?: URI,
): Promise<Answer<Reply>> {
  const parsed = schema.safeParse(await connection.sendRequest(method, uri ? { uri: uri.toString() } : {}));
  if (!parsed.success) throw new Error(`An answer to ${method} that is none: ${parsed.error.message}`);
  if (isAnswer(parsed.data)) return parsed.data;
  throw new Error('message' in parsed.data ? String(parsed.data.message) : `No answer to ${method}`);
}

const isAnswer = <Reply extends { readonly kind: string }>(reply: Reply): reply is Answer<Reply> =>
  reply.kind !== 'failure';

const node = (uri: URI, kind: 'file' | 'folder'): FileSystemNode => ({
  uri,
  isFile: kind === 'file',
  isDirectory: kind === 'folder',
});
