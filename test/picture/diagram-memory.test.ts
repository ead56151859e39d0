import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiagramMemory, diagramOf, foldDiagram } from '../../language/core/diagram/index.ts';
import type { Architecture, Component } from '../../language/core/model/index.ts';
import type { Finding } from '../../language/core/rules/finding.ts';
import { foldingOf } from '../../language/drawing/folding.ts';
import { anyArchitecture } from './architectures.ts';
import { component, need } from './systems.ts';

/** One edit, of the component at a place or of the whole; what an edit does not touch stays the same object. */
type Edit = (architecture: Architecture, at: number, number: number) => Architecture;

const withComponent =
  (change: (component: Component, number: number, other: string) => Partial<Component>): Edit =>
  (architecture, at, number) => ({
    ...architecture,
    components: architecture.components.map((one, index) =>
      index === at % architecture.components.length
        ? {
            ...one,
            ...change(one, number, architecture.components[number % architecture.components.length]?.name ?? ''),
          }
        : one,
    ),
  });

const EDITS: Readonly<Record<string, Edit>> = {
  instances: withComponent((_, number) => ({ instances: number })),
  capacity: withComponent(({ serves }, number) => ({ serves: serves.map((one) => ({ ...one, capacity: number })) })),
  title: withComponent((_, number) => ({ title: `Title ${number}` })),
  party: withComponent((_, number) => ({ party: number % 2 === 0 ? 'vendor' : 'users' })),
  group: withComponent((_, number) => ({ group: number % 2 === 0 ? 'North' : 'Harbour' })),
  needs: withComponent((_, number, other) => ({ needs: [need(other, number % 2 === 0)] })),
  promotion: withComponent((_, number, other) => ({
    promotion: { source: other, rate: { kind: 'count', perSecond: number } },
  })),
  exposure: withComponent(({ exposures }, number) => ({
    exposures: exposures.map((one) => ({ ...one, share: (number % 10) / 10 })),
  })),
  service: (architecture, at, number) => ({
    ...architecture,
    services: architecture.services.map((one, index) =>
      index === at % architecture.services.length
        ? { ...one, population: architecture.components[number % architecture.components.length]?.name ?? '' }
        : one,
    ),
  }),
  another: (architecture, _, number) => ({
    ...architecture,
    components: [...architecture.components, component('company', `Another${number}`)],
  }),
  hazard: (architecture, _, number) => ({
    ...architecture,
    hazards: architecture.hazards.map((one) => ({ ...one, title: `Storm ${number}` })),
  }),
  nesting: (architecture, _, number) => ({
    ...architecture,
    groups: architecture.groups.map((one) =>
      one.name === 'Harbour' ? { ...one, group: number % 2 === 0 ? 'North' : 'South' } : one,
    ),
  }),
  nothing: (architecture) => architecture,
};

const steps = fc.array(
  fc.record({
    edit: fc.constantFrom(...Object.keys(EDITS)),
    at: fc.nat(20),
    number: fc.integer({ min: 1, max: 5_000 }),
    found: fc.array(fc.record({ on: fc.nat(20), rule: fc.constantFrom('one', 'two'), accepted: fc.boolean() }), {
      maxLength: 3,
    }),
    facts: fc.boolean(),
  }),
  { minLength: 2, maxLength: 6 },
);

const findingOn = (subject: string, rule: string, accepted: boolean): Finding => ({
  rule,
  severity: 'warning',
  message: `${rule} on ${subject}.`,
  architecture: 'Any',
  services: [],
  subject,
  place: { kind: 'name', element: subject },
  related: [],
  ...(accepted && { acceptedBy: 0 }),
});

test('A diagram is the same with a memory of those before, whatever was edited in between', () => {
  fc.assert(
    fc.property(anyArchitecture, steps, (first, edits) => {
      const memory = createDiagramMemory();
      let architecture = first;
      for (const { edit, at, number, found, facts } of edits) {
        architecture = (EDITS[edit] as Edit)(architecture, at, number);
        const { components } = architecture;
        const findings = found.map(({ on, rule, accepted }) =>
          findingOn(components[on % components.length]?.name ?? '', rule, accepted),
        );
        const remembered = diagramOf(architecture, findings, { facts, memory });
        const fresh = diagramOf(architecture, findings, { facts });
        expect(remembered).toEqual(fresh);
        const boxes = fresh.containers.flatMap(({ id }, index) => (index % 2 === number % 2 ? [id] : []));
        expect(foldDiagram(remembered, boxes)).toEqual(foldDiagram(fresh, boxes));
        expect(foldingOf(remembered, boxes)).toEqual(foldingOf(fresh, boxes));
      }
    }),
    { numRuns: 400 },
  );
});

test('After a changed number all is the same object but its component', () => {
  fc.assert(
    fc.property(anyArchitecture, fc.nat(20), (architecture, at) => {
      const memory = createDiagramMemory();
      const before = diagramOf(architecture, [], { memory });
      const changed = architecture.components[at % architecture.components.length] as Component;
      const next = (EDITS.instances as Edit)(architecture, at, changed.instances + 1);
      const after = diagramOf(next, [], { memory });
      expect(after.edges).toBe(before.edges);
      for (const [index, node] of after.nodes.entries()) {
        if (node.kind !== 'component' || node.id === changed.name) continue;
        // Its load is another where it shares what it serves with the one that changed.
        const served = architecture.components.some(({ name, serves }) => name === node.id && serves.length > 0);
        if (!served) expect(node).toBe(before.nodes[index]);
      }
    }),
    { numRuns: 100 },
  );
});
