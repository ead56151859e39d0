import { type BasicEvent, unavailabilityOf } from '../core/analysis/index.ts';
import type { Architecture, Component } from '../core/model/index.ts';
import { acyclicGates, type Gate } from './acyclic.ts';
import { withoutEqualOperands } from './at-least.ts';
import { failureEquations } from './failure-equations.ts';
import { type Formula, leaves, NEVER, TooLarge } from './formula.ts';
import { gateIdentifier, identifier } from './identifiers.ts';
import { type Xml, xml, xmlDocument } from './xml.ts';

/**
 * An architecture in the Open-PSA Model Exchange Format, version 3.0d: one fault tree a service, whose top gate is the
 * service's loss. A gate that several services need stands in the tree of the first and is known to all.
 *
 * A basic event's probability is its component's unavailability in the long run, `MTTR / (MTTF + MTTR)`. Hazards,
 * operators and components without figures have probability 0, as in our own unavailability, and are marked; where no
 * component has figures no event has a probability, for there is nothing to compute. So the minimal cut sets are the
 * same with figures and without. Undefined where circles of needs would take more than a million operands.
 */
export function openPsa(architecture: Architecture): string | undefined {
  try {
    return xmlDocument(model(architecture));
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

function model(architecture: Architecture): Xml {
  const { events, equations } = failureEquations(architecture);
  const services = [...new Set(architecture.services.map(({ name }) => name))];
  const { gates: whole, failureOf } = acyclicGates(equations, services, gateIdentifier);
  const gates = withoutEqualOperands(whole);
  const trees = faultTrees(services, gates, failureOf);
  const used = new Set(
    trees.flatMap(({ gates: own }) => own.flatMap(({ formula }) => leaves(formula).map(({ name }) => name))),
  );
  const components = new Map(architecture.components.toReversed().map((component) => [component.name, component]));
  const inTrees = events.filter(({ name }) => used.has(name));
  const figures = inTrees.map((event) => unavailabilityOfEvent(event, components));
  const hasFigures = figures.some((figure) => figure !== undefined);
  return xml('opsa-mef', { name: identifier(architecture.name) }, [
    ...described(architecture.name, { title: architecture.title }),
    ...trees.map(({ service, gates: own }) => {
      const title = architecture.services.find(({ name }) => name === service)?.title;
      return xml('define-fault-tree', { name: identifier(service) }, [
        ...described(service, { title }),
        ...own.map(gateDefinition),
      ]);
    }),
    xml(
      'model-data',
      {},
      inTrees.map((event, at) =>
        xml('define-basic-event', { name: identifier(event.name) }, [
          ...described(event.name, attributesOf(event, components, figures[at])),
          ...(hasFigures ? [xml('float', { value: figures[at] ?? 0 })] : []),
        ]),
      ),
    ),
  ]);
}

const unavailabilityOfEvent = (event: BasicEvent, components: ReadonlyMap<string, Component>): number | undefined => {
  const component = event.kind === 'component' ? components.get(event.name) : undefined;
  return component && unavailabilityOf(component);
};

const attributesOf = (
  event: BasicEvent,
  components: ReadonlyMap<string, Component>,
  figure: number | undefined,
): Readonly<Record<string, string | undefined>> => ({
  title: event.kind === 'component' ? components.get(event.name)?.title : undefined,
  kind: event.kind,
  party: event.kind === 'component' ? components.get(event.name)?.party : undefined,
  strikes: event.kind === 'component' ? undefined : event.strikes.join(', '),
  figures: figure === undefined ? 'none' : undefined,
});

/** The real name as the label, and what else there is to say as attributes; in the order that the schema asks for. */
function described(name: string, attributes: Readonly<Record<string, string | undefined>>): Xml[] {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [xml('attribute', { name: key, value })],
  );
  return [xml('label', {}, name), ...(given.length > 0 ? [xml('attributes', {}, given)] : [])];
}

interface FaultTree {
  readonly service: string;
  readonly gates: readonly Gate[];
}

/**
 * The gates divided among the services: a service that others need comes before them, and each gate goes to the first
 * service that needs it. So in every tree the service's own gate is the only one that no gate of the tree refers to,
 * which is how readers of the format find what to analyse.
 */
function faultTrees(
  services: readonly string[],
  gates: ReadonlyMap<string, Gate>,
  failureOf: ReadonlyMap<string, Formula>,
): FaultTree[] {
  // A service that is one event or one other gate has no gate yet. Gates stand after what they depend on.
  const position = new Map([...gates.keys()].map((name, at) => [name, at]));
  const tops = services.map((service): Gate => {
    const name = gateIdentifier(service, undefined);
    return gates.get(name) ?? { name, element: service, formula: failureOf.get(service) ?? NEVER };
  });
  const at = (top: Gate): number => position.get(top.name) ?? gates.size;
  const taken = new Set<string>();
  return tops
    .toSorted((left, right) => at(left) - at(right))
    .map((top) => {
      const own: Gate[] = [top];
      taken.add(top.name);
      for (let next = 0; next < own.length; next++) {
        for (const { kind, name } of leaves((own[next] as Gate).formula)) {
          const below = kind === 'gate' && !taken.has(name) ? gates.get(name) : undefined;
          if (below === undefined) continue;
          taken.add(name);
          own.push(below);
        }
      }
      return { service: top.element, gates: own };
    });
}

function gateDefinition({ name, element, round, part, formula }: Gate): Xml {
  const words =
    (round === undefined ? '' : `, as far as round ${round.number} of ${round.of} of a circle of needs shows`) +
    (part === undefined ? '' : `, part ${part}`);
  return xml('define-gate', { name }, [xml('label', {}, `loss of ${element}${words}`), formulaXml(formula)]);
}

function formulaXml(formula: Formula): Xml {
  switch (formula.kind) {
    case 'never':
    case 'always':
      return xml('constant', { value: formula.kind === 'always' ? 'true' : 'false' });
    case 'event':
      return xml('basic-event', { name: identifier(formula.name) });
    case 'gate':
      // A gate's name is an identifier already.
      return xml('gate', { name: formula.name });
    case 'and':
    case 'or':
      return xml(formula.kind, {}, formula.operands.map(formulaXml));
    case 'atLeast':
      return xml('atleast', { min: formula.count }, formula.operands.map(formulaXml));
  }
}
