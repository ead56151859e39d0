/** What `postMessage` can carry beyond JSON, and what only code in the same page could hand over. */
import fc from 'fast-check';

/** In good messages these stand for the epoch of what comes next, and of what is seen. */
export const NEXT_EPOCH = 1_000_001;
export const THIS_EPOCH = 1_000_000;

const cyclicObject = (): unknown => {
  const object: Record<string, unknown> = { type: 'picture', kind: 'recovery' };
  object.message = object;
  object.picture = [object];
  return object;
};
const cyclicArray = (): unknown => {
  const array: unknown[] = [1];
  array.push(array);
  return array;
};
const deep = (): unknown => {
  let inner: unknown = 'end';
  for (let level = 0; level < 500; level++) inner = level % 2 ? [inner] : { message: inner };
  return inner;
};

/** Made anew for each use, as a test may change what it is given. */
const CLONEABLE: readonly (() => unknown)[] = [
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => Number.NEGATIVE_INFINITY,
  () => -0,
  () => 2 ** 53,
  () => 12n,
  () => undefined,
  () => new Date(Number.NaN),
  () => /.*/g,
  () =>
    new Map<unknown, unknown>([
      ['type', 'whole'],
      ['length', 3],
    ]),
  () => new Set([1, 'Client']),
  () => new Float64Array([1, Number.NaN, 3]),
  () => new Uint8Array(8).buffer,
  () => new DataView(new ArrayBuffer(4)),
  () => new Error('no'),
  () => Object(3),
  () => Object('Client'),
  () => Object(true),
  () => new Array(40),
  () => Object.assign([1, 2], { type: 'whole' }),
  () => 'x'.repeat(300_000),
  () => '\u0000\ud800\u202e‮',
  () => JSON.parse('{ "__proto__": { "polluted": true }, "constructor": { "prototype": { "polluted": true } } }'),
  () => ({ length: 1e9 }),
  cyclicObject,
  cyclicArray,
  deep,
];

const OTHERS: readonly (() => unknown)[] = [
  () => () => 'called',
  () => Symbol('Client'),
  () => Object.create(null),
  () => Object.create({ type: 'whole' }),
  () => ({
    get type(): never {
      throw new Error('looked at');
    },
  }),
  () => ({
    contract: 5,
    get message(): never {
      throw new Error('looked at');
    },
  }),
  () => ({
    toString() {
      throw new Error('read');
    },
    toJSON() {
      throw new Error('written');
    },
  }),
  () =>
    new Proxy(
      {},
      {
        get() {
          throw new Error('looked at');
        },
        ownKeys() {
          throw new Error('listed');
        },
      },
    ),
  () => Proxy.revocable([], {}),
];

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

const oneOf = (makers: readonly (() => unknown)[]): fc.Arbitrary<unknown> =>
  fc.nat({ max: makers.length - 1 }).map((index) => makers[index]?.());

/** Whatever goes through a structured clone. */
export const cloneable = fc.oneof(anything, oneOf(CLONEABLE));

/** Any value there is, those that throw when they are looked at among them. */
export const anyValue = fc.oneof(cloneable, oneOf(OTHERS));
