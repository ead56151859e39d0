/**
 * A pure function that remembers its last value for each first argument, and gives it again while all other arguments are
 * the same. What is forgotten elsewhere is forgotten here.
 */
export function remembering<First extends object, Rest extends readonly unknown[], Value>(
  make: (first: First, ...rest: Rest) => Value,
): (first: First, ...rest: Rest) => Value {
  const known = new WeakMap<First, { readonly rest: Rest; readonly value: Value }>();
  return (first, ...rest) => {
    const last = known.get(first);
    if (last?.rest.every((argument, at) => argument === rest[at])) return last.value;
    const value = make(first, ...rest);
    known.set(first, { rest, value });
    return value;
  };
}
