import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The version of the package that this program stands in; undefined where it was taken out of it. */
export function version(): string | undefined {
  try {
    const text = readFileSync(path.join(import.meta.dirname, '..', 'package.json'), 'utf8');
    const { version: found }: { version?: unknown } = JSON.parse(text);
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}
