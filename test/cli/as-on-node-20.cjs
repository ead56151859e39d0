// Takes away what the language lacks on Node 20, as told by the names that its globals have and those of Node 24 have not.
const MISSING = {
  Object: ['groupBy'],
  Map: ['groupBy'],
  Array: ['fromAsync'],
  Promise: ['withResolvers', 'try'],
  RegExp: ['escape'],
  Error: ['isError'],
  JSON: ['rawJSON', 'isRawJSON'],
  Math: ['f16round'],
  Intl: ['DurationFormat'],
  'ArrayBuffer.prototype': ['transfer', 'transferToFixedLength', 'detached'],
  'Set.prototype': [
    'difference',
    'intersection',
    'isSubsetOf',
    'isSupersetOf',
    'isDisjointFrom',
    'symmetricDifference',
    'union',
  ],
  'Iterator.prototype': [
    'map',
    'filter',
    'take',
    'drop',
    'flatMap',
    'reduce',
    'toArray',
    'forEach',
    'some',
    'every',
    'find',
  ],
  globalThis: [
    'SuppressedError',
    'DisposableStack',
    'AsyncDisposableStack',
    'Float16Array',
    'navigator',
    'WebSocket',
    'Iterator',
  ],
};

for (const [owner, names] of Object.entries(MISSING)) {
  const object = owner.split('.').reduce((found, name) => found?.[name], globalThis);
  for (const name of names) if (object !== undefined) delete object[name];
}
