import type { Analysis } from '../analysis/index.ts';
import { type Cause, type CauseReader, type Causes, causeReader, type Spot } from './causes.ts';
import { drawnNodes, type Named } from './nodes.ts';
import type { FaultTree } from './schema.ts';
import { type Naming, namingOf } from './words.ts';

export interface FaultTreeOptions {
  /** Gates are opened from the top downwards until so many nodes stand there; 28 unless said. */
  readonly maxNodes?: number;
  /** Of a gate with more inputs than that, the first are drawn; 12 unless said. */
  readonly maxInputs?: number;
  /** Ids of gates that are opened, and of rests that are drawn, whatever the numbers above say. */
  readonly open?: Iterable<string>;
  /** Ids of gates that are folded. The top event never is. */
  readonly closed?: Iterable<string>;
}

const MAX_NODES = 28;
const MAX_INPUTS = 12;

/**
 * The fault tree of a service (IEC 61025, NUREG-0492), as far as it is unfolded: basic events once each, gates that
 * stand below several others once, needs in a circle cut where they close. Unfolded as a whole it has, for every set of
 * basic events, the value of the fixed point of the analysis. A service that there is not has a tree without a top.
 */
export function faultTree(analysis: Analysis, service: string, options: FaultTreeOptions = {}): FaultTree {
  const reader = causeReader(analysis, service);
  const naming = namingOf(analysis);
  const title = naming.labels(service);
  if (reader.top === undefined) return { service, title, nodes: [] };
  const nodes = unfolded(reader, naming, reader.top, options);
  return { service, title, top: naming.idOf(reader.top), nodes: drawnNodes(nodes, naming) };
}

/** Gates are opened level by level, so that what is left folded stands deep; the result is from the top downwards. */
function unfolded(
  reader: CauseReader,
  naming: Naming,
  top: Spot,
  { maxNodes = MAX_NODES, maxInputs = MAX_INPUTS, open, closed }: FaultTreeOptions,
): Named[] {
  const opened = new Set(open);
  const folded = new Set(closed);
  const nodes = new Map<string, Named>();
  const known = new Set([naming.idOf(top)]);
  const waiting = [top];
  // The list grows while it is read.
  for (const spot of waiting) {
    const id = naming.idOf(spot);
    const { count, inputs } = namedCauses(reader, naming, spot);
    const rest = `${id}>`;
    const most = opened.has(rest) ? inputs.length : maxInputs;
    // Where one would be left out, it takes the place of the sign that says so.
    const shown = inputs.length > most + 1 ? inputs.slice(0, most) : inputs;
    const fresh = new Set(shown.filter((input) => !known.has(input.id)).map((input) => input.id));
    const isOpen = spot === top || (!folded.has(id) && (opened.has(id) || known.size + fresh.size <= maxNodes));
    if (!isOpen) {
      nodes.set(id, { id, kind: 'folded', spot, events: reader.eventsBelow(spot.node) });
      continue;
    }
    const left = inputs.length - shown.length;
    const ids = [...shown.map((input) => input.id), ...(left > 0 ? [rest] : [])];
    nodes.set(id, { id, kind: 'gate', spot, count, of: inputs.length, inputs: ids, isTop: spot === top });
    if (left > 0) nodes.set(rest, { id: rest, kind: 'rest', count: left });
    for (const { id: input, cause } of shown) {
      if (known.has(input)) continue;
      known.add(input);
      if (cause.kind === 'gate') waiting.push(cause.spot);
      else nodes.set(input, { id: input, ...cause });
    }
  }
  return depthFirst(naming.idOf(top), nodes);
}

interface NamedCauses {
  readonly count: number;
  readonly inputs: readonly { readonly id: string; readonly cause: Cause }[];
}

/** To an `or` and an `and`, what stands twice stands once; to a `k of` it matters that one counts twice. */
function namedCauses(reader: CauseReader, naming: Naming, spot: Spot): NamedCauses {
  const { count, inputs } = merged(reader, naming, spot);
  const named = inputs.map((input) => {
    const cause = shortened(reader, naming, input);
    return { id: naming.idOfCause(cause, spot), cause };
  });
  if (count !== 1 && count !== named.length) return { count, inputs: named };
  const once = [...new Map(named.map((input) => [input.id, input])).values()];
  return { count: count === 1 ? 1 : once.length, inputs: once };
}

/** The gate of an `and` or `or` of the text is read into the one that it is an input of, where both say the same. */
function merged(reader: CauseReader, naming: Naming, spot: Spot): Causes {
  const { count, inputs } = reader.causesOf(spot);
  const [only, ...others] = inputs;
  if (only?.kind === 'gate' && others.length === 0 && naming.isNeed(only.spot))
    return merged(reader, naming, only.spot);
  const any = count === 1;
  if (!any && count !== inputs.length) return { count, inputs };
  const all = inputs.flatMap((input) => {
    if (input.kind !== 'gate' || !naming.isNeed(input.spot)) return [input];
    const inner = merged(reader, naming, input.spot);
    return inner.count === (any ? 1 : inner.inputs.length) ? inner.inputs : [input];
  });
  return { count: any ? 1 : all.length, inputs: all };
}

/** A component that nothing but its own loss takes down is its basic event. */
function shortened(reader: CauseReader, naming: Naming, cause: Cause): Cause {
  if (cause.kind !== 'gate' || naming.isNeed(cause.spot)) return cause;
  const [only, ...others] = reader.causesOf(cause.spot).inputs;
  return only?.kind === 'event' && others.length === 0 ? only : cause;
}

function depthFirst(top: string, nodes: ReadonlyMap<string, Named>): Named[] {
  const found = new Set<Named>();
  const open = [top];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodes.get(id);
    if (node === undefined || found.has(node)) continue;
    found.add(node);
    if (node.kind === 'gate') open.push(...node.inputs.toReversed());
  }
  return [...found];
}
