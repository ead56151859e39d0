import type { Severity } from '../core/rules/index.ts';

const CODES: Readonly<Record<Severity | 'accepted', number>> = {
  error: 31,
  warning: 33,
  information: 36,
  hint: 2,
  accepted: 2,
};

/** Colours on a terminal only, and not where `NO_COLOR` says so (no-color.org). */
export function coloured(word: Severity | 'accepted', stream: NodeJS.WriteStream = process.stdout): string {
  if (!stream.isTTY || process.env.NO_COLOR) return word;
  return `\u001b[${CODES[word]}m${word}\u001b[0m`;
}
