import { analyze } from './analyze.ts';
import { CallError, type Command, FileError } from './call.ts';
import { check } from './check.ts';
import { exportModel } from './export.ts';
import { format } from './format.ts';
import { lsp } from './lsp.ts';
import { endProgress } from './progress.ts';
import { render } from './render.ts';
import { simulate } from './simulate.ts';

const COMMANDS: readonly Command[] = [check, analyze, simulate, render, exportModel, format, lsp];

const usage = (): string =>
  [
    'p2parch: who runs what, what needs what, and what happens when it crashes',
    '',
    ...COMMANDS.flatMap((command) => [`  p2parch ${command.name} ${command.usage}`, `      ${command.summary}`]),
    '',
    'Standard input is "-". Exit status: 0 nothing at error severity, 1 something is, 2 the call is wrong.',
    '',
  ].join('\n');

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(usage());
    return name === undefined ? 2 : 0;
  }
  try {
    const command = COMMANDS.find((candidate) => candidate.name === name);
    if (!command)
      throw new CallError(`there is no command "${name}" (${COMMANDS.map((known) => known.name).join(', ')})`);
    const { output, status } = await command.run(args);
    endProgress();
    await written(output);
    return status;
  } catch (error) {
    endProgress();
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`p2parch: ${message.split('\n')[0]}\n`);
    return error instanceof FileError ? 1 : 2;
  }
}

/** Waits until all is written: a pipe may be slower than the program. */
const written = (output: string): Promise<void> =>
  new Promise((resolve) => {
    if (output === '') resolve();
    else process.stdout.write(output, () => resolve());
  });

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
main(process.argv.slice(2)).then((status) => process.exit(status));
