import { CallError, type Command, FileError } from './call.ts';
import { endProgress } from './progress.ts';
import { shown } from './shown.ts';

/** Each by its name; what a call does not ask for is not loaded, for most of a short call is loading. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
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
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  return [
    'p2parch: who runs what, what needs what, and what happens when it crashes',
    '',
    ...commands.flatMap(usageOf),
    '',
    'Standard input is "-". Exit status: 0 nothing at error severity, 1 something is, 2 the call is wrong.',
    '',
  ].join('\n');
}

const usageOf = ({ name, usage, summary }: Command): string[] => [`  p2parch ${name} ${usage}`, `      ${summary}`];

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(await usage());
    return name === undefined ? 2 : 0;
  }
  try {
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!load) throw new CallError(`there is no command "${name}" (${Object.keys(COMMANDS).join(', ')})`);
    const command = await load();
    if (args.includes('--help') || args.includes('-h')) {
      await written(`${usageOf(command).join('\n')}\n`);
      return 0;
    }
    const { output, status } = await command.run(args);
    endProgress();
    await written(output);
    return status;
  } catch (error) {
    endProgress();
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`p2parch: ${shown(message.split('\n')[0] ?? '')}\n`);
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
