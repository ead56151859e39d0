import './older-node.ts';
import { writeSync } from 'node:fs';
import { CallError, type Command, FileError } from './call.ts';
import { COMMAND_NAMES, type CommandName } from './command-names.ts';
import { endProgress } from './progress.ts';
import { shown } from './shown.ts';

/** Each by its name; what a call does not ask for is not loaded, for most of a short call is loading. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  check: async () => (await import('./check.ts')).check,
  analyze: async () => (await import('./analyze.ts')).analyze,
  simulate: async () => (await import('./simulate.ts')).simulate,
  merge: async () => (await import('./merge.ts')).merge,
  render: async () => (await import('./render.ts')).render,
  report: async () => (await import('./report.ts')).report,
  export: async () => (await import('./export.ts')).exportModel,
  format: async () => (await import('./format.ts')).format,
  lsp: async () => (await import('./lsp.ts')).lsp,
};

async function usage(): Promise<string> {
  const commands = await Promise.all(COMMAND_NAMES.map((each) => COMMANDS[each]()));
  return [
    'p2parch: who runs what, what needs what, and what happens when it crashes',
    '',
    ...commands.flatMap(usageOf),
    '',
    'Standard input is "-". Exit status: 0 nothing at error severity, 1 something is, 2 the call is wrong or a file cannot be',
    'read. `p2parch --version` says which one this is.',
    '',
  ].join('\n');
}

const usageOf = ({ name, usage, summary }: Command): string[] => [`  p2parch ${name} ${usage}`, `      ${summary}`];

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version' || name === '-V') {
    const { version } = await import('./package-files.ts');
    await written(`${version() ?? 'unknown'}\n`, 0);
    return 0;
  }
  const isHelp = name === 'help' || name === '--help' || name === '-h';
  const [about] = args;
  if (name === undefined || (isHelp && about === undefined)) {
    await written(await usage(), 0);
    return name === undefined ? 2 : 0;
  }
  try {
    if (isHelp) {
      await written(`${usageOf(await commandOf(about ?? '')).join('\n')}\n`, 0);
      return 0;
    }
    const command = await commandOf(name);
    if (args.includes('--help') || args.includes('-h')) {
      await written(`${usageOf(command).join('\n')}\n`, 0);
      return 0;
    }
    const { output, status } = await command.run(args);
    endProgress();
    await written(output, status);
    return status;
  } catch (error) {
    endProgress();
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`p2parch: ${shown(message.split('\n')[0] ?? '')}\n`);
    return error instanceof FileError ? 1 : 2;
  }
}

function commandOf(name: string): Promise<Command> {
  const known = COMMAND_NAMES.find((each) => each === name);
  if (!known) throw new CallError(`there is no command "${name}" (${COMMAND_NAMES.join(', ')})`);
  return COMMANDS[known]();
}

/** Waits until all is written: a pipe may be slower than the program. `status` is what the program ends with. */
function written(output: string, status: number): Promise<void> {
  const rest = output === '' ? '' : unwritten(output, status);
  return new Promise((resolve) => {
    if (rest === '') resolve();
    else stream(status).write(rest, () => resolve());
  });
}

/** Node's stream for standard output takes longer to load than most files to analyse. What it is still needed for. */
function unwritten(output: string, status: number): string | Uint8Array {
  // A terminal of Windows takes no bytes.
  if (process.platform === 'win32') return output;
  const bytes = Buffer.from(output);
  let from = 0;
  try {
    while (from < bytes.length) from += writeSync(1, bytes, from);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // The reader of a pipe has to catch up.
    if (code !== 'EAGAIN') end(code, status);
  }
  return from === bytes.length ? '' : bytes.subarray(from);
}

const stream = (status: number): NodeJS.WriteStream =>
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => end(code, status));

/** That a reader has seen enough (`| head`) changes nothing of what was found. */
function end(code: string | undefined, status: number): never {
  if (code === 'EPIPE') process.exit(status);
  process.stderr.write(`p2parch: standard output cannot be written (${code})\n`);
  process.exit(2);
}

main(process.argv.slice(2)).then((status) => process.exit(status));
