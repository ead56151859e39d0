import { type ParseArgsConfig, parseArgs } from 'node:util';
import { secondsPerUnit } from '../parsing/values.ts';
import { shown } from './shown.ts';

/** The call itself is wrong, or a file cannot be read: one line on standard error, exit status 2. */
export class CallError extends Error {}

/** The file has errors, so that there is nothing to analyse, run or draw: exit status 1. */
export class FileError extends Error {}

/** Where a command writes, and how it ends. */
export interface Outcome {
  readonly output: string;
  /** 0: nothing at error severity; 1: something is. */
  readonly status: 0 | 1;
}

export interface Command {
  readonly name: string;
  /** The arguments, for the usage. */
  readonly usage: string;
  readonly summary: string;
  run(args: readonly string[]): Promise<Outcome>;
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** The options and files of a call, or a `CallError` that says what is wrong with it. */
export function readCall<O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: joined(args, options), options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CallError((message.split('. ')[0] as string).replace(/\.$/, ''));
  }
}

/** A value that begins with a minus sign is one, not an option: what is wrong with it is said where it is read. */
function joined(args: readonly string[], options: Options): string[] {
  const found: string[] = [];
  for (const arg of args) {
    const before = found.at(-1);
    const takesValue = before?.startsWith('--') && options[before.slice(2)]?.type === 'string';
    if (takesValue && /^-\d/.test(arg)) found[found.length - 1] = `${before}=${arg}`;
    else found.push(arg);
  }
  return found;
}

export function oneOf<Value extends string>(option: string, value: string, values: readonly Value[]): Value {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new CallError(`--${option} is one of ${values.join(', ')}, not "${value}"`);
  return found;
}

export function wholeNumber(option: string, value: string, least: number, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new CallError(`--${option} takes a whole number from ${least} to ${most}, not "${value}"`);
  }
  return number;
}

export function decimal(option: string, value: string, least: number, most: number): number {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new CallError(`--${option} takes a number from ${least} to ${most}, not "${value}"`);
}

/** Why a file could not be read or written, as the system tells it; `missing` is what it means that there is none. */
export function reasonOf(error: unknown, missing: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: missing,
    ENOTDIR: missing,
    EACCES: 'not allowed',
    EPERM: 'not allowed',
    EROFS: 'not allowed',
    EISDIR: 'a folder',
    ENOSPC: 'no space left',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'its text is not UTF-8',
  };
  return reasons[code] ?? (code || 'unknown reason');
}

export const unwritable = (name: string, error: unknown): CallError =>
  new CallError(`${name}: cannot be written (${reasonOf(error, 'there is no such folder')})`);

/** Says one line to whoever called, beside what was asked for. */
export const note = (message: string): void => void process.stderr.write(`p2parch: ${shown(message)}\n`);

export function onlyFile(command: string, positionals: readonly string[]): string {
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new CallError(`${command} takes one file`);
  return file;
}

/** Seconds of a duration as the language writes it. */
export function durationOption(option: string, value: string, mayBeZero = false): number {
  const parts = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h|d)$/.exec(value);
  const seconds = parts ? Number(parts[1]) * secondsPerUnit(parts[2]) : -1;
  if (seconds > 0 || (seconds === 0 && mayBeZero)) return seconds;
  throw new CallError(`--${option} takes a duration such as 30s, 5min or 1h, not "${value}"`);
}
