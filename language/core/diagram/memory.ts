import type { Architecture, Component } from '../model/index.ts';
import type { Finding } from '../rules/finding.ts';
import { containerIdOf } from './containers.ts';
import type { EdgesAndJunctions } from './edges.ts';
import type { ComponentNode } from './schema.ts';

/**
 * What was drawn of an architecture the last time, to be taken again where nothing has changed of what it says: the same
 * objects then, so that who compares two diagrams sees at once what is new. A diagram is the same with and without.
 */
export interface DiagramMemory {
  last: Drawn | undefined;
}

interface Drawn {
  /** Names and titles of all, and whether there is small type. */
  readonly names: string;
  readonly components: ReadonlyMap<Component, DrawnComponent>;
  readonly ends: string;
  readonly edges: EdgesAndJunctions;
}

interface DrawnComponent {
  readonly findings: readonly Finding[];
  readonly load: number;
  readonly node: ComponentNode;
}

export const createDiagramMemory = (): DiagramMemory => ({ last: undefined });

/** How a diagram is drawn with what is remembered of the last; each of the two is asked once for each of its things. */
export interface Recall {
  /** `draw` draws one that is not remembered. */
  component(component: Component, findings: readonly Finding[], load: number, draw: () => ComponentNode): ComponentNode;
  edges(draw: () => EdgesAndJunctions): EdgesAndJunctions;
}

export function recallOf(memory: DiagramMemory, architecture: Architecture, facts: boolean): Recall {
  const names = namesOf(architecture, facts);
  const last = memory.last?.names === names ? memory.last : undefined;
  const components = new Map<Component, DrawnComponent>();
  const nodes: Recall['component'] = (component, findings, load, draw) => {
    const known = last?.components.get(component);
    const drawn =
      known !== undefined && known.load === load && areAlike(known.findings, findings)
        ? known
        : { findings, load, node: draw() };
    components.set(component, drawn);
    return drawn.node;
  };
  const edges: Recall['edges'] = (draw) => {
    const ends = endsOf(architecture);
    const drawn = last?.ends === ends ? last.edges : draw();
    memory.last = { names, components, ends, edges: drawn };
    return drawn;
  };
  return { component: nodes, edges };
}

const namesOf = ({ components, groups, services, hazards }: Architecture, facts: boolean): string =>
  JSON.stringify([
    facts,
    ...[components, groups, services, hazards].map((all) => all.map(({ name, title }) => [name, title])),
  ]);

/** All that edges and junctions say but the names. */
const endsOf = ({ components, services }: Architecture): string =>
  JSON.stringify([
    components.map((component) => [containerIdOf(component), component.needs, component.promotion]),
    services.map(({ needs, population, traffic }) => [needs, population, traffic]),
  ]);

const areAlike = (left: readonly Finding[], right: readonly Finding[]): boolean =>
  left.length === right.length &&
  left.every((one, at) => {
    const other = right[at];
    return (
      one === other ||
      (one.rule === other?.rule &&
        one.severity === other.severity &&
        one.message === other.message &&
        (one.acceptedBy === undefined) === (other.acceptedBy === undefined))
    );
  });
