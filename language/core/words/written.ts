/** Numbers as the language writes them, and back. */

/** What a number of a text measures, and in which of the language's units it stands there. */
export interface Notation {
  readonly measure: 'count' | 'rate' | 'duration' | 'share' | 'share rate';
  /** Of a duration, and what a rate is per; `s` where there is none. */
  readonly unit: TimeUnit;
}

export type TimeUnit = 'ms' | 's' | 'min' | 'h' | 'd';

const SECONDS: Readonly<Record<TimeUnit, number>> = { ms: 0.001, s: 1, min: 60, h: 3600, d: 86_400 };

/** `900`, `9_600_000`, `3/min`, `2 h`, `20%`, `5%/min`: a value of the model (seconds, per second, 1 = 100%). */
export function written(value: number, notation: Notation): string {
  const { measure, unit } = notation;
  switch (measure) {
    case 'count':
      return grouped(digits(value, notation));
    case 'rate':
      return `${digits(value, notation)}/${unit}`;
    case 'share':
      return `${digits(value, notation)}%`;
    case 'share rate':
      return `${digits(value, notation)}%/${unit}`;
    case 'duration':
      return duration(value, unit);
  }
}

/** The number alone, without unit and sign: the fewest digits that are read as this value. */
export function digits(value: number, notation: Notation): string {
  const factor = factorOf(notation);
  for (let precision = 1; precision < 17; precision++) {
    const text = plain(value * factor, precision);
    if (readDigits(text, notation) === value) return text;
  }
  return plain(value * factor, 15);
}

/** What to write at a number's place in a text; only a duration has its unit there. */
export function edit(
  value: number,
  notation: Notation,
  { before, after }: { readonly before: string; readonly after: string },
): string {
  const { measure } = notation;
  const text = measure === 'count' || measure === 'duration' ? written(value, notation) : digits(value, notation);
  return `${before}${text}${after}`;
}

/** The value that a number stands for; the language's own arithmetic, so that what is written is what is read. */
export function readDigits(text: string, { measure, unit }: Notation): number {
  const number = Number(text);
  switch (measure) {
    case 'count':
      return number;
    case 'rate':
      return number / SECONDS[unit];
    case 'share':
      return number / 100;
    case 'share rate':
      return number / 100 / SECONDS[unit];
    case 'duration':
      return number * SECONDS[unit];
  }
}

/** The nearest value that is written with three digits or fewer, or the nearest above or below; counts are whole. */
export function roundedInUnit(value: number, notation: Notation, way: 'nearest' | 'up' | 'down' = 'nearest'): number {
  const number = value * factorOf(notation);
  const whole = notation.measure === 'count';
  const step = Math.max(whole ? 1 : 0, 10 ** (Math.floor(Math.log10(number)) - 2));
  const steps = number / step;
  const near = Math.round(steps);
  // What is a whole number of steps but for the rounding of the division is that.
  const isOn = Math.abs(steps - near) < 1e-9 * steps;
  const count = way === 'nearest' || isOn ? near : way === 'up' ? Math.ceil(steps) : Math.floor(steps);
  return readDigits(plain(Math.max(whole ? 1 : 0, count * step), 15), notation);
}

/** The unit in which a reader would say it: of a duration the largest of which there is one at least. */
export function readable(value: number, notation: Notation): Notation {
  if (notation.measure !== 'duration') return notation;
  return { ...notation, unit: (['h', 'min', 's'] as const).find((unit) => value >= SECONDS[unit]) ?? 'ms' };
}

/** In its own unit, unless another makes it shorter by more than a little. */
function duration(seconds: number, own: TimeUnit): string {
  const units: readonly TimeUnit[] = [own, 's', 'min', 'h', 'd', 'ms'];
  const texts = units.map((unit) => `${digits(seconds, { measure: 'duration', unit })} ${unit}`);
  const shortest = Math.min(...texts.map(({ length }) => length));
  const [first = ''] = texts;
  return first.length <= shortest + 2 ? first : (texts.find(({ length }) => length === shortest) ?? first);
}

function factorOf({ measure, unit }: Notation): number {
  const share = measure === 'share' || measure === 'share rate' ? 100 : 1;
  if (measure === 'duration') return 1 / SECONDS[unit];
  return measure === 'rate' || measure === 'share rate' ? share * SECONDS[unit] : share;
}

/** A decimal without an exponent, which the language does not know. */
function plain(value: number, precision: number): string {
  const [, whole = '0', fraction = '', exponent = '0'] =
    /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential(precision - 1)) ?? [];
  const all = whole + fraction;
  const point = 1 + Number(exponent);
  const before = point > 0 ? all.slice(0, point).padEnd(point, '0') : '0';
  const after = (point > 0 ? all.slice(point) : '0'.repeat(-point) + all).replace(/0+$/, '');
  return after === '' ? before : `${before}.${after}`;
}

const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+$)/g, '_');
