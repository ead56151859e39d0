/** The program that a browser's extension host starts as a worker. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createP2PArchServices } from '../services.ts';
import { webWorkers } from '../workers/runner-web.ts';
import { ClientFiles, workerScript } from './client-files.ts';
import { serve } from './connect.ts';

declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
const services = createP2PArchServices({ connection, fileSystemProvider: () => new ClientFiles(connection) });
serve({ connection, ...services, runner: webWorkers(() => workerScript(connection)) });
