import { PassThrough } from 'node:stream';
import { URI } from 'langium';
import { startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { createConnection } from 'vscode-languageserver/node';
import {
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  ShutdownRequest,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createP2PArchServices } from '../../language/services.ts';

/** The language server and an editor that is connected with it by the protocol alone. */
export interface Session {
  /** What the server offers at an offset of a text that the editor has changed to this. */
  readonly offers: (text: string, offset: number) => Promise<readonly CompletionItem[]>;
  readonly close: () => Promise<void>;
}

export async function startSession(others: Readonly<Record<string, string>>): Promise<Session> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(toServer, toClient);
  const { shared } = createP2PArchServices({ connection, ...NodeFileSystem });
  startLanguageServer(shared);
  const client = createProtocolConnection(toClient, toServer);
  client.listen();
  const capabilities = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
  await client.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities });
  await client.sendNotification(InitializedNotification.type, {});
  const open = (name: string, text: string): Promise<void> => {
    const textDocument = { uri: uriOf(name), languageId: 'p2parch', version: 1, text };
    return client.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  };
  for (const [name, text] of Object.entries(others)) await open(name, text);
  await open('main.p2parch', '');
  let version = 1;
  return {
    offers: async (text, offset) => {
      version++;
      const uri = uriOf('main.p2parch');
      await client.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
      const position = TextDocument.create(uri, 'p2parch', version, text).positionAt(offset);
      const found = await client.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
      return Array.isArray(found) ? found : ((found as CompletionList | null)?.items ?? []);
    },
    close: async () => {
      await client.sendRequest(ShutdownRequest.type);
      client.dispose();
      connection.dispose();
    },
  };
}

const uriOf = (name: string): string => URI.parse(`file:///review/${name}`).toString();
