/** Numbers as a reviewer reads them: the same on every machine, whatever its locale. */

const withCommas = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

const rounded = (value: number, decimals: number): string => {
  const [whole = '0', fraction = ''] = value.toFixed(decimals).split('.');
  const kept = fraction.replace(/0+$/, '');
  return kept === '' ? withCommas(whole) : `${withCommas(whole)}.${kept}`;
};

const MAGNITUDES = [
  { from: 1e12, word: 'trillion', letter: 'T' },
  { from: 1e9, word: 'billion', letter: 'B' },
  { from: 1e6, word: 'million', letter: 'M' },
] as const;

/** `25,000`, `9.6 million`. */
export function countWords(count: number): string {
  for (const { from, word } of MAGNITUDES) if (count >= from) return `${rounded(count / from, 2)} ${word}`;
  return rounded(count, 0);
}

/** At most six characters: `24,100`, `412k`, `9.41M`. */
export function compactCount(count: number): string {
  for (const { from, letter } of MAGNITUDES) {
    if (count >= from) return `${rounded(count / from, count >= 100 * from ? 0 : count >= 10 * from ? 1 : 2)}${letter}`;
  }
  return count >= 100_000 ? `${rounded(Math.floor(count / 1000), 0)}k` : rounded(count, 0);
}

/** At most five characters, for round numbers: `250`, `1.5k`, `100k`, `2.5M`. */
export const roundCount = (count: number): string =>
  count >= 1000 && count < 1e6 ? `${rounded(count / 1000, 1)}k` : compactCount(count);

/** `1 instance`, `9.6 million instances`. */
export const instanceWords = (count: number): string =>
  `${countWords(count)} ${count === 1 ? 'instance' : 'instances'}`;

/** `95%`, `0.5%`; of a share of 1. */
export function percentWords(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return '<0.01%';
  return `${rounded(percent, percent >= 10 ? 1 : 2)}%`;
}

const DURATION_UNITS = [
  { seconds: 86_400, word: 'd' },
  { seconds: 3600, word: 'h' },
  { seconds: 60, word: 'min' },
  { seconds: 1, word: 's' },
] as const;

/** `2 h`, `1 h 30 min`, `250 ms`: the two largest units that say something. */
export function durationWords(seconds: number): string {
  if (seconds < 1) return `${rounded(seconds * 1000, 0)} ms`;
  const words: string[] = [];
  let rest = seconds;
  for (const unit of DURATION_UNITS) {
    const last = unit.seconds === 1 || words.length === 1;
    const count = last ? Number((rest / unit.seconds).toFixed(1)) : Math.floor(rest / unit.seconds);
    if (count > 0) words.push(`${rounded(count, 1)} ${unit.word}`);
    rest -= count * unit.seconds;
    if (words.length === 2 || rest < 1e-6) break;
  }
  return words.join(' ');
}

/**
 * `350 ms`, `45 s`, `12 min`, `33 h 50 min`. Hours go on where a calendar would begin to count days: a reader compares them with
 * a deadline in hours, and a running clock should not change its units.
 */
export function spanWords(seconds: number): string {
  if (seconds > 0 && seconds < 1) return `${Math.max(1, Math.round(1000 * seconds))} ms`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 10 && whole % 60 !== 0) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** `10 min 30 s`, `1 h 0.5 s`: all of a time that somebody has written, where `spanWords` rounds one that was measured. */
export function writtenSpan(seconds: number): string {
  if (seconds < 1) return spanWords(seconds);
  const decimals = [0, 1, 2, 3].find((digits) => Number(seconds.toFixed(digits)) === seconds) ?? 3;
  return exactSpan(seconds, decimals);
}

/** Two spans beside each other: as many digits as it takes to tell them apart, if they are not the same. */
export const spansApart = (one: number, other: number): readonly [string, string] =>
  apart(one, other, spanWords, exactSpan);

/** The same of two shares. */
export const percentsApart = (one: number, other: number): readonly [string, string] =>
  apart(one, other, percentWords, (share, decimals) => `${rounded(share * 100, decimals)}%`);

/** More would tell apart what only rounding does. */
const MOST_DECIMALS = 6;

function apart(
  one: number,
  other: number,
  rough: (value: number) => string,
  exact: (value: number, decimals: number) => string,
): readonly [string, string] {
  const inWords: readonly [string, string] = [rough(one), rough(other)];
  if (inWords[0] !== inWords[1] || one === other) return inWords;
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
    const pair: readonly [string, string] = [exact(one, decimals), exact(other, decimals)];
    if (pair[0] !== pair[1]) return pair;
  }
  return inWords;
}

/** `33 h 50 min 12 s`, `19 min 47.3 s`. */
function exactSpan(seconds: number, decimals: number): string {
  const whole = Number(seconds.toFixed(decimals));
  const minutes = Math.floor(whole / 60);
  const counts = [
    [Math.floor(minutes / 60), 'h'],
    [minutes % 60, 'min'],
    [whole - 60 * minutes, 's'],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, unit]) => `${rounded(count, decimals)} ${unit}`);
  return said.join(' ') || '0 s';
}

const RATE_UNITS = [
  { seconds: 1, word: 's' },
  { seconds: 60, word: 'min' },
  { seconds: 3600, word: 'h' },
  { seconds: 86_400, word: 'd' },
] as const;

/** `30/s`, `10/min`: in the first unit in which there is at least one, and no more than two decimals if there is such a unit. */
export const rateWords = (perSecond: number): string => inFirstUnit(perSecond, 1, '');

/** `5%/min`, `0.25%/min`; of a share a second, in the first unit in which there is at least a tenth of a per cent. */
export const shareRateWords = (perSecond: number): string => inFirstUnit(perSecond * 100, 0.1, '%');

/** Whether two decimals say all of it. */
const isShort = (value: number): boolean => Math.abs(value - Math.round(value * 100) / 100) <= 1e-9 * value;

function inFirstUnit(perSecond: number, least: number, sign: string): string {
  const enough = RATE_UNITS.filter(({ seconds }) => perSecond * seconds >= least - 1e-9);
  // Whoever wrote 10%/min takes 0.17%/s for another rate.
  const whole = enough.find(({ seconds }) => isShort(perSecond * seconds));
  const unit = whole ?? enough[0] ?? RATE_UNITS[3];
  return `${rounded(perSecond * unit.seconds, 2)}${sign}/${unit.word}`;
}

export * from './order.ts';
export * from './written.ts';
