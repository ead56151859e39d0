/**
 * The samples of one quantity over one run, kept exactly in as little as they need: most stand still for most of a run,
 * and counts are whole. Plain data: it survives `structuredClone`, and JSON once its array is a list (`asList`).
 */
export interface Series {
  /** How many samples. */
  readonly length: number;
  /** Values one by one, or each with the number of samples for which it stands. */
  readonly repeats: boolean;
  readonly values: Uint8Array | Uint16Array | Uint32Array | Float64Array | readonly number[];
}

export function encodeSeries(samples: ArrayLike<number>): Series {
  const { length } = samples;
  let changes = 0;
  for (let at = 1; at < length; at++) if (!same(samples[at], samples[at - 1])) changes += 1;
  const repeats = 2 * (changes + 1) < length;
  if (!repeats) return { length, repeats, values: narrow(Array.from(samples)) };
  const pairs: number[] = [];
  for (let at = 0; at < length; ) {
    let end = at + 1;
    while (end < length && same(samples[end], samples[at])) end += 1;
    pairs.push(samples[at] as number, end - at);
    at = end;
  }
  return { length, repeats, values: narrow(pairs) };
}

/** The samples as they were, to the bit; what is missing of a list that came from elsewhere is 0. */
export function decodeSeries({ length, repeats, values }: Series, into = new Float64Array(length)): Float64Array {
  if (!repeats) {
    for (let at = 0; at < length; at++) into[at] = values[at] ?? 0;
    return into;
  }
  let at = 0;
  for (let pair = 0; pair + 1 < values.length && at < length; pair += 2) {
    const end = Math.min(length, at + Math.max(0, values[pair + 1] as number));
    into.fill(values[pair] as number, at, end);
    at = end;
  }
  into.fill(0, at);
  return into;
}

/** With a list in place of the typed array, for JSON. */
export const asList = (series: Series): Series => ({ ...series, values: Array.from(series.values) });

/** Bytes of its values. */
export const bytesOf = ({ values }: Series): number => ('byteLength' in values ? values.byteLength : 8 * values.length);

const same = (a: number | undefined, b: number | undefined): boolean => Object.is(a, b);

/** The narrowest array that holds these exactly. */
function narrow(values: readonly number[]): Series['values'] {
  let most = 0;
  for (const value of values) {
    if (!(value >= 0 && value <= 0xffffffff && Number.isInteger(value)) || Object.is(value, -0))
      return Float64Array.from(values);
    if (value > most) most = value;
  }
  if (most <= 0xff) return Uint8Array.from(values);
  return most <= 0xffff ? Uint16Array.from(values) : Uint32Array.from(values);
}
