import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  FILE_REQUEST,
  type FileReply,
  FOLDER_REQUEST,
  type FolderReply,
  STATUS_REQUEST,
  type StatusReply,
  uriRequestSchema,
  WORKER_REQUEST,
  type WorkerReply,
} from '../language/protocol/files.ts';
import { scriptAddress } from './scripts.ts';

/** Answers what the server cannot reach by itself: files of any file system that VS Code knows, and its own workers. */
export function answerServer(context: vscode.ExtensionContext, client: BaseLanguageClient): vscode.Disposable[] {
  const { fs } = vscode.workspace;
  const about = <Reply>(method: string, look: (uri: vscode.Uri) => Promise<Reply>): vscode.Disposable =>
    client.onRequest(method, async (input: unknown): Promise<unknown> => {
      const asked = uriRequestSchema.safeParse(input);
      return asked.success ? orFailure(() => look(vscode.Uri.parse(asked.data.uri))) : failure('No file is named.');
    });
  return [
    about<FileReply>(FILE_REQUEST, async (uri) => {
      const text = new TextDecoder().decode(await fs.readFile(uri));
      return { kind: 'file', text };
    }),
    about<StatusReply>(STATUS_REQUEST, async (uri) => ({ kind: kindOf((await fs.stat(uri)).type) ?? 'file' })),
    about<FolderReply>(FOLDER_REQUEST, async (uri) => {
      const entries = (await fs.readDirectory(uri)).flatMap(([name, type]) => {
        const kind = kindOf(type);
        return kind ? [{ name, kind }] : [];
      });
      return { kind: 'folder', entries };
    }),
    client.onRequest(
      WORKER_REQUEST,
      (): Promise<unknown> =>
        orFailure<WorkerReply>(async () => ({ kind: 'worker', url: await scriptAddress(context, 'worker.js') })),
    ),
  ];
}

/** A link counts as what it leads to. */
function kindOf(type: vscode.FileType): 'file' | 'folder' | undefined {
  if (type & vscode.FileType.Directory) return 'folder';
  return type & vscode.FileType.File ? 'file' : undefined;
}

const failure = (message: string) => ({ kind: 'failure', message }) as const;

/** That a file is not there is an answer, not an error of whoever was asked. */
async function orFailure<Reply>(look: () => Promise<Reply>): Promise<Reply | ReturnType<typeof failure>> {
  try {
    return await look();
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}
