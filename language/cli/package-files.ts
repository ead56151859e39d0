import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A file of the package that this program stands in; undefined where the program was taken out of it. */
function packageFile(...parts: readonly string[]): string | undefined {
  try {
    return readFileSync(path.join(import.meta.dirname, '..', ...parts), 'utf8');
  } catch {
    return undefined;
  }
}

/** The version of the package. */
export function version(): string | undefined {
  const found = /^ {2}"version": "([^"]+)",?$/m.exec(packageFile('package.json') ?? '');
  return found?.[1];
}

/** The page of a rule, in Markdown, without its title: whoever shows it has the rule's name above it. */
export const rulePage = (rule: string): string | undefined =>
  packageFile('extension', 'documentation', 'rules', `${rule}.md`)?.replace(/^# .*\n+/, '');
