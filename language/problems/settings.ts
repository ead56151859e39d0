import type { FindingOptions } from '../core/rules/index.ts';

/** What a host decides about findings: the day, and how severe each rule is. */
export type Settings = Pick<FindingOptions, 'today' | 'severities'>;

/** Today in the calendar of the machine's time zone, `YYYY-MM-DD`. */
export function today(now: Date = new Date()): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${String(now.getFullYear()).padStart(4, '0')}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
