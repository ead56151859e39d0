/**
 * The command line runs on Node 20 as well, which lacks a function that the parser of wrong statements is built with.
 * As the standard says it: an object without a prototype, the groups in the order of their first items.
 */
const builtIn: ObjectConstructor & { groupBy?: typeof groupBy } = Object;
builtIn.groupBy ??= groupBy;

function groupBy<Item>(items: Iterable<Item>, keyOf: (item: Item, index: number) => PropertyKey): object {
  const groups: Partial<Record<PropertyKey, Item[]>> = Object.create(null);
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    groups[key] ??= [];
    groups[key].push(item);
  }
  return groups;
}
