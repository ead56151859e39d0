/** The extension in a browser's extension host, where the server is a worker. */
import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { activateWith, type Exports } from './activate.ts';
import { LANGUAGE_ID } from './client.ts';
import { scriptAddress } from './scripts.ts';

export function activate(context: vscode.ExtensionContext): Exports {
  // The client would take a worker, too, yet not know it for one: the extension host has a `Worker` of its own.
  const startWorker = async (): Promise<MessageTransports> => {
    const worker = new Worker(await scriptAddress(context, 'server-web.js'), { name: 'P2P Arch' });
    context.subscriptions.push(new vscode.Disposable(() => worker.terminate()));
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  return activateWith(context, (options) => new LanguageClient(LANGUAGE_ID, 'P2P Arch', startWorker, options));
}
