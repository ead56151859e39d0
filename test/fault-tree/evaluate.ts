import type { FaultTree } from '../../language/core/fault-tree/index.ts';

/** The tree as the Boolean function that a reader takes it for: whether the top event happens with these basic events. */
export function happens(tree: FaultTree, events: ReadonlySet<string>): boolean {
  const nodes = new Map(tree.nodes.map((node) => [node.id, node]));
  const known = new Map<string, boolean>();
  const value = (id: string): boolean => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const node = nodes.get(id);
    if (node === undefined) throw new Error(`no node ${id}`);
    if (node.kind === 'folded' || node.kind === 'rest') throw new Error(`${id} is not unfolded`);
    const result =
      node.kind === 'event'
        ? events.has(node.event)
        : node.kind === 'gate' && node.inputs.filter((input) => value(input)).length >= node.count;
    known.set(id, result);
    return result;
  };
  return tree.top !== undefined && value(tree.top);
}

/** Each gate as one line: its words, its rule, and what is below it. */
export function outline(tree: FaultTree): string[] {
  const nodes = new Map(tree.nodes.map((node) => [node.id, node]));
  return tree.nodes.flatMap((node) => {
    if (node.kind !== 'gate') return [];
    const inputs = node.inputs.map((input) => {
      const found = nodes.get(input);
      const sign = { gate: '', event: '', folded: '+ ', circle: '↺ ', rest: '… ' }[found?.kind ?? 'gate'];
      return `${sign}${found?.words ?? '?'}`;
    });
    return [`${node.words} ← ${node.rule === '' ? '' : `${node.rule}: `}${inputs.join(' | ')}`];
  });
}
