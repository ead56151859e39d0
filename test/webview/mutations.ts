/** Values that are nearly right: a good one with something in it replaced, as a broken or hostile sender would. */
import fc from 'fast-check';

type Path = readonly (string | number)[];

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  // An earlier change has taken the place away.
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.map((each, at) => (String(at) === String(key) ? replaced(each, rest, by) : each));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: replaced(record[key], rest, by) };
}

const HOSTILE = '<img src=x onerror="window.owned=true"><script>window.owned=true</script>';

const NUMBERS = fc.constantFrom<unknown>(0, -1, 1, 1e9, -1e9, 1e308, 0.5);
const STRINGS = fc.constantFrom<unknown>(
  '',
  HOSTILE,
  '__proto__',
  'constructor',
  'Client',
  'zone:users',
  '"]',
  'operator:',
);
const OTHERS = fc.oneof(fc.constantFrom<unknown>([], {}, null, undefined, true, false, Number.NaN), fc.anything());

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>>)[key], value);

/** Mostly of the kind that was there, so that it fits the schema; and of any other. */
function replacementFor(value: unknown, odd: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const same = typeof value === 'number' ? NUMBERS : typeof value === 'string' ? STRINGS : fc.constant<unknown>([]);
  return fc.oneof({ weight: 9, arbitrary: same }, { weight: 1, arbitrary: odd });
}

/** `odd` is what else may take the place of a part. */
export function mutated(good: unknown, odd = OTHERS): fc.Arbitrary<unknown> {
  const change = fc
    .constantFrom(...pathsOf(good))
    .chain((path) => fc.tuple(fc.constant(path), replacementFor(at(good, path), odd)));
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce<unknown>((value, [path, by]) => replaced(value, path, by), good));
}
