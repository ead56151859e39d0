import { DOMParser, type Element } from '@xmldom/xmldom';

/** A file in the Open-PSA format, read by somebody who knows nothing of who wrote it. */
export interface ReadModel {
  readonly name: string;
  readonly label: string;
  readonly trees: readonly { readonly name: string; readonly label: string; readonly gates: readonly string[] }[];
  readonly gates: ReadonlyMap<string, Element>;
  /** By identifier. */
  readonly events: ReadonlyMap<string, ReadEvent>;
}

export interface ReadEvent {
  readonly label: string;
  readonly probability: number | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

const elements = (parent: Element, name?: string): Element[] =>
  [...parent.childNodes].filter(
    (node): node is Element => node.nodeType === 1 && (name === undefined || node.nodeName === name),
  );

const only = (parent: Element, name: string): Element => {
  const [found, ...more] = elements(parent, name);
  if (found === undefined || more.length > 0) throw new Error(`not one ${name} in ${parent.nodeName}`);
  return found;
};

const text = (parent: Element, name: string): string => only(parent, name).textContent ?? '';

const nameOf = (element: Element): string => {
  const name = element.getAttribute('name') ?? '';
  // The format's own rule for identifiers, in its narrowest reading.
  if (!/^[A-Za-z_][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*$/.test(name)) throw new Error(`"${name}" is no identifier`);
  return name;
};

export function readModel(source: string): ReadModel {
  const errors: string[] = [];
  const document = new DOMParser({
    onError: (level, message) => level !== 'warning' && errors.push(message),
  }).parseFromString(source, 'text/xml');
  const root = document.documentElement;
  if (errors.length > 0 || root?.nodeName !== 'opsa-mef') throw new Error(`no model: ${errors.join('; ')}`);
  const gates = new Map<string, Element>();
  const events = new Map<string, ReadEvent>();
  const trees = elements(root, 'define-fault-tree').map((tree) => {
    const own = elements(tree, 'define-gate');
    for (const definition of own) {
      if (gates.has(nameOf(definition))) throw new Error(`${nameOf(definition)} is defined twice`);
      gates.set(nameOf(definition), definition);
    }
    return { name: nameOf(tree), label: text(tree, 'label'), gates: own.map(nameOf) };
  });
  for (const definition of elements(only(root, 'model-data'), 'define-basic-event')) {
    if (gates.has(nameOf(definition)) || events.has(nameOf(definition))) throw new Error('a name is given twice');
    const [float] = elements(definition, 'float');
    const [attributes] = elements(definition, 'attributes');
    events.set(nameOf(definition), {
      label: text(definition, 'label'),
      probability: float && Number(float.getAttribute('value')),
      attributes: Object.fromEntries(
        (attributes ? elements(attributes, 'attribute') : []).map((entry) => [
          entry.getAttribute('name'),
          entry.getAttribute('value'),
        ]),
      ),
    });
  }
  return { name: nameOf(root), label: text(root, 'label'), trees, gates, events };
}

const formulaOf = (definition: Element): Element => {
  const [formula, ...more] = elements(definition).filter(({ nodeName }) => !/^(label|attributes)$/.test(nodeName));
  if (formula === undefined || more.length > 0) throw new Error(`not one formula in ${nameOf(definition)}`);
  return formula;
};

/** The gates that a gate refers to, by name. */
export function referredTo({ gates }: ReadModel, gate: string): string[] {
  const open = [formulaOf(gates.get(gate) as Element)];
  const names: string[] = [];
  for (let formula = open.pop(); formula !== undefined; formula = open.pop()) {
    if (formula.nodeName === 'gate') names.push(nameOf(formula));
    open.push(...elements(formula));
  }
  return names;
}

/** The gates of a tree that no gate of the tree refers to: what readers of the format analyse. */
export function tops(model: ReadModel, tree: ReadModel['trees'][number]): string[] {
  const below = new Set(tree.gates.flatMap((gate) => referredTo(model, gate)));
  return tree.gates.filter((gate) => !below.has(gate));
}

/** Whether a gate's event happens, once the events with these labels have. A circle is an error. */
export function happens(model: ReadModel, gate: string, failed: ReadonlySet<string>): boolean {
  const known = new Map<string, boolean | 'open'>();
  return ofGate(gate);

  function ofGate(name: string): boolean {
    const before = known.get(name);
    if (before === 'open') throw new Error(`${name} depends on itself`);
    if (before !== undefined) return before;
    const definition = model.gates.get(name);
    if (definition === undefined) throw new Error(`there is no gate ${name}`);
    known.set(name, 'open');
    const value = ofFormula(formulaOf(definition));
    known.set(name, value);
    return value;
  }

  function ofFormula(formula: Element): boolean {
    const operands = elements(formula);
    const failing = (): number => operands.map(ofFormula).filter(Boolean).length;
    switch (formula.nodeName) {
      case 'gate':
        return ofGate(nameOf(formula));
      case 'basic-event': {
        const event = model.events.get(nameOf(formula));
        if (event === undefined) throw new Error(`there is no basic event ${nameOf(formula)}`);
        return failed.has(event.label);
      }
      case 'constant':
        return formula.getAttribute('value') === 'true';
      case 'and':
      case 'or':
        if (operands.length < 2) throw new Error(`${formula.nodeName} of fewer than two`);
        return formula.nodeName === 'and' ? failing() === operands.length : failing() > 0;
      case 'atleast': {
        const least = Number(formula.getAttribute('min'));
        // SCRAM takes no other counts.
        if (!(least >= 2 && least < operands.length)) throw new Error(`at least ${least} of ${operands.length}`);
        return failing() >= least;
      }
      default:
        throw new Error(`no formula: ${formula.nodeName}`);
    }
  }
}
