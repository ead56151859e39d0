import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createP2PArchServices } from '../services.ts';
import { workerThreads } from '../workers/runner-node.ts';
import { filesOf } from './client-files.ts';
import { serve } from './connect.ts';

/**
 * The language server on Node, over what the program's arguments name (`--stdio`, `--node-ipc`): for the desktop's
 * extension host, and for any editor. `workerScript` is the bundle of its worker threads.
 */
export function serveOnNode(workerScript: string): void {
  const connection = createConnection(ProposedFeatures.all);
  const fileSystemProvider = () => filesOf(NodeFileSystem.fileSystemProvider(), connection);
  const services = createP2PArchServices({ connection, fileSystemProvider });
  serve({ connection, ...services, runner: workerThreads(workerScript) });
}
