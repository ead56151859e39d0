import { writeFile } from 'node:fs/promises';
import { type Outcome, unwritable } from './call.ts';

/** What `-o` asks for: text or bytes in a file, or text on standard output for `-`. */
export async function outputOf(file: string, content: string | Uint8Array): Promise<Outcome> {
  if (file === '-' && typeof content === 'string') return { output: content, status: 0 };
  try {
    await writeFile(file, content);
  } catch (error) {
    throw unwritable(file, error);
  }
  return { output: '', status: 0 };
}
