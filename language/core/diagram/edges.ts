import type { Architecture, Need, NeedExpression } from '../model/index.ts';
import { type Labels, needWords, promotionWords } from './facts.ts';
import { reservedWidth } from './measure.ts';
import { junctionNode } from './nodes.ts';
import type { DiagramEdge, EdgeKind, JunctionNode } from './schema.ts';
import { FONTS } from './stack.ts';
import { percentWords } from './words.ts';

export const LABEL_HEIGHT = 18;

export interface EdgesAndJunctions {
  readonly edges: DiagramEdge[];
  readonly junctions: JunctionNode[];
}

interface EdgeWords {
  readonly text?: string;
  readonly share?: number;
  readonly alternative?: boolean;
  readonly description: string;
}

export function edgesOf(
  architecture: Architecture,
  labels: Labels,
  containerOf: (component: string) => string | undefined,
): EdgesAndJunctions {
  const known = new Set([...architecture.components, ...architecture.services].map(({ name }) => name));
  const edges = new Map<string, DiagramEdge>();
  const junctions: JunctionNode[] = [];

  function addEdge(kind: EdgeKind, from: string, to: string, words: EdgeWords): void {
    const id = `${kind}:${from}>${to}`;
    if (!known.has(from) || !known.has(to) || edges.has(id)) return;
    const traffic = `traffic:${from}>${to}`;
    const along = kind === 'needs' && edges.has(traffic) ? traffic : undefined;
    edges.set(id, {
      id,
      kind,
      from,
      to,
      alternative: words.alternative ?? false,
      ...(along === undefined ? {} : { along }),
      ...(words.share === undefined ? {} : { share: words.share }),
      ...(words.text === undefined ? {} : { label: labelOf(words.text) }),
      description: words.description,
    });
  }

  /** Alternatives meet in a junction, which stands in the container of what needs them. */
  function addNeed(kind: EdgeKind, owner: string, from: string, need: NeedExpression, path: string): void {
    const alternative = from !== owner;
    if (need.kind === 'reference') {
      const start = kind === 'needs' ? '' : ' to start';
      const description = `${labels(owner)} needs ${labels(need.name)}${start}${alternative ? ', or an alternative' : ''}`;
      addEdge(kind, from, need.name, { alternative, description });
      return;
    }
    if (need.kind === 'and' && !alternative) {
      for (const [index, operand] of need.operands.entries()) addNeed(kind, owner, from, operand, `${path}.${index}`);
      return;
    }
    const id = `${owner}#${path}`;
    const text = need.kind === 'atLeast' ? `${need.count} of ${need.operands.length}` : need.kind;
    const description = `${labels(owner)} needs ${needWords(need, labels)}`;
    junctions.push(junctionNode(id, owner, text, description, containerOf(owner)));
    known.add(id);
    addEdge(kind, from, id, { alternative, description });
    for (const [index, operand] of need.operands.entries()) addNeed(kind, owner, id, operand, `${path}.${index}`);
  }

  const addNeeds = (owner: string, needs: readonly Need[]) => {
    for (const [index, { expression, toStart }] of needs.entries()) {
      addNeed(toStart ? 'needsToStart' : 'needs', owner, owner, expression, String(index));
    }
  };

  for (const service of architecture.services) {
    const { name, population } = service;
    if (population !== undefined) {
      addEdge('serviceFor', name, population, { description: `${labels(name)} is for ${labels(population)}` });
    }
    for (const { share, component } of service.traffic) {
      const text = percentWords(share);
      const description = `${labels(name)} has ${text} of its traffic through ${labels(component)}`;
      addEdge('traffic', name, component, { share, text, description });
    }
    addNeeds(name, service.needs);
  }
  for (const component of architecture.components) {
    addNeeds(component.name, component.needs);
    if (component.promotion === undefined) continue;
    const { source } = component.promotion;
    const rate = promotionWords(component.promotion);
    const description = `${labels(component.name)} is promoted from ${labels(source)} at ${rate}`;
    addEdge('promotes', source, component.name, { text: `promoted ${rate}`, description });
  }
  return { edges: [...edges.values()], junctions };
}

/** `widest` is what it is given room for. */
export const labelOf = (text: string, widest = text) => ({
  text,
  width: reservedWidth(widest, FONTS.edge) + 12,
  height: LABEL_HEIGHT,
});
