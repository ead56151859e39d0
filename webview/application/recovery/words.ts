/** Times and results in words. Times are counted from the first step, as the expectations are. */
import { percentsApart, percentWords, spansApart, spanWords } from '../../../language/core/diagram/index.ts';
import { serviceTitle } from './events.ts';
import type { Result } from './timeline.ts';

/** `T + 3 h 20 min`, `T − 45 min`, `T + 0 min` at the first step. On long runs whole minutes, or the seconds would only flicker. */
export function clockWords(atSeconds: number, firstStepSeconds: number, horizonSeconds: number): string {
  const unit = horizonSeconds > 4 * 3600 ? 60 : 1;
  const since = Math.round((atSeconds - firstStepSeconds) / unit) * unit;
  if (since === 0) return `T + 0 ${unit === 60 ? 'min' : 's'}`;
  return `T ${since < 0 ? '−' : '+'} ${spanWords(Math.abs(since))}`;
}

const runsWords = (runs: number): string => `${runs} ${runs === 1 ? 'run' : 'runs'}`;

export interface VerdictWords {
  readonly met: boolean;
  readonly expectation: string;
  readonly measured: string;
  /** The figure alone. */
  readonly short: string;
}

/** What was expected, and what came of it, each with its figure. */
export function verdictWords(result: Result, expectation: Result['expectations'][number]): VerdictWords {
  const { service, kind, level, withinSeconds, holds, share, measured } = expectation;
  const held = `held in ${Math.round(share * result.runs)} of ${runsWords(result.runs)}`;
  if (kind === 'backTo') {
    const [after, allowed] = spansApart(measured ?? 0, withinSeconds ?? 0);
    const within = withinSeconds === undefined ? '' : ` within ${allowed}`;
    const back = measured === 0 ? `Never below ${percentWords(level)}` : `Back after ${after}`;
    const figure = measured === null ? 'Not back within the run' : back;
    return {
      met: holds,
      expectation: `${serviceTitle(result, service)} back to ${percentWords(level)}${within}`,
      measured: `${figure} (90th percentile); ${held}`,
      short: measured === null ? 'not within the run' : measured === 0 ? 'never below' : after,
    };
  }
  const [lowest, least] = percentsApart(measured ?? 0, level);
  const figure = measured === null ? 'Lowest level not known' : `Lowest level ${lowest}`;
  return {
    met: holds,
    expectation: `${serviceTitle(result, service)} never below ${least}`,
    measured: `${figure} (10th percentile); ${held}`,
    short: measured === null ? 'not known' : lowest,
  };
}

/** How soon each service is back, over all runs. */
export function recoveryWords(result: Result): string[] {
  return result.services.flatMap((service) => {
    const asked = askedLevels(result, service.name);
    return service.recovery
      .filter(({ level }) => asked.has(level))
      .map(({ level, p10, p50, p90 }) => {
        const title = service.title || service.name;
        if (p90 === 0) return `${title} never below ${percentWords(level)} (90th percentile)`;
        const subject = `${title} back to ${percentWords(level)}`;
        if (p50 === null) return `${subject}: not within the run (median)`;
        return `${subject} after ${spanWords(p50)} (median; ${spreadWords(p10 ?? p50, p90)})`;
      });
  });
}

function spreadWords(p10: number, p90: number | null): string {
  if (p90 !== null && spanWords(p10) === spanWords(p90)) return 'most runs the same';
  return `10th to 90th percentile: ${spanWords(p10)} to ${p90 === null ? 'never' : spanWords(p90)}`;
}

const USUAL_LEVEL = 0.95;

/** The levels that the expectations on a service ask for; where none does, a usual one. */
function askedLevels(result: Result, service: string): ReadonlySet<number> {
  const asked = result.expectations.filter(
    (expectation) => expectation.service === service && expectation.kind === 'backTo',
  );
  return new Set(asked.length > 0 ? asked.map(({ level }) => level) : [USUAL_LEVEL]);
}

/** What came of it all, to be said aloud. */
export const resultsWords = (results: readonly Result[]): string =>
  results
    .flatMap((result) => [
      `${result.title}.`,
      ...result.expectations.map((expectation) => {
        const { met, expectation: expected, measured } = verdictWords(result, expectation);
        return `${expected}: ${met ? 'met' : 'missed'}. ${measured}.`;
      }),
      ...recoveryWords(result).map((words) => `${words}.`),
    ])
    .join(' ');

/** The chart for those who cannot see it. */
export function chartWords(results: readonly Result[], service: string): string {
  const each = results.map((result) => {
    const levels = result.services.find(({ name }) => name === service)?.p50 ?? [];
    const lowest = levels.reduce((least, level) => Math.min(least, level), 1);
    const last = levels.at(-1) ?? 0;
    return `${result.title}: the median falls to ${percentWords(lowest)} at its lowest and ends at ${percentWords(last)}.`;
  });
  const [first] = results;
  const title = first === undefined ? service : serviceTitle(first, service);
  return `Level of ${title} over time, median and 10th to 90th percentile. ${each.join(' ')}`;
}
