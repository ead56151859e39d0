import type { Architecture } from '../model/index.ts';
import type { Finding } from '../rules/finding.ts';
import { badgesOf, findingsBySubject } from './badges.ts';
import { containerIdOf, containersOf } from './containers.ts';
import { edgesOf } from './edges.ts';
import { labelsOf } from './facts.ts';
import { createDiagramMemory, type DiagramMemory, recallOf } from './memory.ts';
import { componentNode, hazardNode, type NodeContext, serviceNode } from './nodes.ts';
import type { Diagram } from './schema.ts';
import { usualLevels, usualLoads } from './usual-levels.ts';
import { inOrder } from './words.ts';

export interface DiagramOptions {
  /** Serves, restarts, retries and the like in small type. Unless said: up to 80 components. */
  readonly facts?: boolean;
  /** Of the same architecture as it was drawn before; changed by drawing. */
  readonly memory?: DiagramMemory;
}

const MOST_COMPONENTS_WITH_FACTS = 80;

/** What the picture of an architecture says: a pure function, and no place yet for anything. */
export function diagramOf(
  architecture: Architecture,
  findings: readonly Finding[] = [],
  options: DiagramOptions = {},
): Diagram {
  const { components, services, hazards, groups } = architecture;
  const labels = labelsOf(architecture);
  const vendors = components.flatMap(({ party, operator }) =>
    party === 'vendor' && operator !== undefined ? [operator] : [],
  );
  const subjects = new Set([
    ...[...components, ...services, ...hazards, ...groups].map(({ name }) => name),
    ...vendors.map((operator) => `operator:${operator}`),
  ]);
  const bySubject = findingsBySubject(findings, (subject) => subjects.has(subject));
  const findingsOn = (subject: string) => bySubject.get(subject) ?? [];
  const containerIds = new Map(components.map((component) => [component.name, containerIdOf(component)]));

  const levels = usualLevels(architecture);
  const loads = usualLoads(architecture);
  const context: NodeContext = {
    architecture,
    labels,
    findingsOn,
    containerOf: (name) => containerIds.get(name),
    usualLoad: (component) => loads.get(component) ?? 0,
    usualLevel: (service) => levels.get(service) ?? 1,
    facts: options.facts ?? components.length <= MOST_COMPONENTS_WITH_FACTS,
  };
  const recalled = recallOf(options.memory ?? createDiagramMemory(), architecture, context.facts);
  const { edges, junctions } = recalled.edges(() => edgesOf(architecture, labels, context.containerOf));
  return {
    architecture: architecture.name,
    title: inOrder(architecture.title ?? architecture.name),
    nodes: [
      ...services.map((service) => serviceNode(service, context)),
      ...components.map((component) =>
        recalled.component(component, findingsOn(component.name), context.usualLoad(component.name), () =>
          componentNode(component, context),
        ),
      ),
      ...junctions,
      ...hazards.map((hazard) => hazardNode(hazard, context)),
    ],
    edges,
    containers: containersOf(architecture, labels, findingsOn),
    badges: badgesOf(findingsOn('')),
  };
}
