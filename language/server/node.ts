/** The language server on Node: for the desktop's extension host, and for any editor over stdio. */
import path from 'node:path';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createP2PArchServices } from '../services.ts';
import { workerThreads } from '../workers/runner-node.ts';
import { serve } from './connect.ts';

const connection = createConnection(ProposedFeatures.all);
const services = createP2PArchServices({ connection, ...NodeFileSystem });
serve({ connection, ...services, runner: workerThreads(path.join(__dirname, 'worker.cjs')) });
