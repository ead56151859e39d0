import type { FaultTree } from '../../../language/core/fault-tree/index.ts';
import type { Related, Target } from '../viewport/relations.ts';

/** What leads from a node of a fault tree up to the top event, and its own causes; of a line, its two ends. */
export function relatedInTree(tree: FaultTree, { kind, id }: Target): Related {
  const nodes = new Set<string>();
  const edges = new Set<string>();
  const lines = tree.nodes.flatMap((gate) =>
    gate.kind === 'gate' ? gate.inputs.map((to, at) => ({ id: `${gate.id} ${at}`, from: gate.id, to })) : [],
  );
  if (kind === 'edge') {
    const line = lines.find((candidate) => candidate.id === id);
    if (line === undefined) return { nodes, edges };
    return { nodes: nodes.add(line.from).add(line.to), edges: edges.add(id) };
  }
  nodes.add(id);
  for (const line of lines) if (line.from === id) include(line);
  const waiting = [id];
  const passed = new Set(waiting);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const line of lines) {
      if (line.to !== node) continue;
      include(line);
      if (!passed.has(line.from)) waiting.push(line.from);
      passed.add(line.from);
    }
  }
  return { nodes, edges };

  function include(line: (typeof lines)[number]): void {
    nodes.add(line.from).add(line.to);
    edges.add(line.id);
  }
}
