import path from 'node:path';
import { serveOnNode } from '../server/node.ts';
import { CallError, type Command, type Outcome, readCall } from './call.ts';

export const lsp: Command = {
  name: 'lsp',
  usage: '--stdio',
  summary: 'the language server, for any editor',
  run(args) {
    const { values } = readCall(args, { stdio: { type: 'boolean', default: false } });
    if (!values.stdio) throw new CallError('lsp speaks over standard input and output: say --stdio');
    serveOnNode(path.join(import.meta.dirname, 'worker.cjs'));
    // The connection ends the program when the editor says so, or is gone.
    return new Promise<Outcome>(() => {});
  },
};
