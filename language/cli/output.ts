import { writeFile } from 'node:fs/promises';
import { CallError, type Outcome } from './call.ts';

/** What `-o` asks for: the text in a file, or on standard output for `-`. */
export async function outputOf(file: string, text: string): Promise<Outcome> {
  if (file === '-') return { output: text, status: 0 };
  try {
    await writeFile(file, text);
  } catch {
    throw new CallError(`${file}: cannot be written`);
  }
  return { output: '', status: 0 };
}
