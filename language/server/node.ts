import { existsSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { URI } from 'langium';
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
  // A server waits most of its time: it gives memory back sooner at the price of a little more collecting.
  setFlagsFromString('--semi-space-growth-factor=1');
  const connection = createConnection(ProposedFeatures.all);
  const fileSystemProvider = () => filesOf(NodeFileSystem.fileSystemProvider(), connection);
  const services = createP2PArchServices({ connection, fileSystemProvider });
  serve({ connection, ...services, runner: workerThreads(workerScript), pages: pagesNear(workerScript) });
}

/** The rules' pages in the package that a script of `dist` stands in; undefined where it was taken out of it. */
function pagesNear(script: string): string | undefined {
  const pages = path.resolve(path.dirname(script), '..', 'extension', 'documentation', 'rules');
  return existsSync(pages) ? `${URI.file(pages)}/` : undefined;
}
