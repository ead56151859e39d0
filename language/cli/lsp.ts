import { CallError, type Command, type Outcome, readCall } from './call.ts';

export const lsp: Command = {
  name: 'lsp',
  usage: '--stdio',
  summary: 'the language server, for any editor',
  async run(args) {
    const { values } = readCall(args, { stdio: { type: 'boolean', default: false } });
    if (!values.stdio) throw new CallError('lsp speaks over standard input and output: say --stdio');
    await import('../server/main-node.ts');
    // The connection ends the program when the editor says so, or is gone.
    return new Promise<Outcome>(() => {});
  },
};
