/** How something fails: a monotone function of basic events, and of other things that fail. Plain data. */
export type Formula =
  | { readonly kind: 'never' | 'always' }
  /** A basic event, or the failure of what is defined elsewhere under that name. */
  | { readonly kind: 'event' | 'gate'; readonly name: string }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Formula[] }
  /** Fails when `count` of its operands fail. */
  | { readonly kind: 'atLeast'; readonly count: number; readonly operands: readonly Formula[] };

/** What would take more room than anybody can read back; caught where the export begins. */
export class TooLarge extends Error {}

export const NEVER: Formula = { kind: 'never' };
const ALWAYS: Formula = { kind: 'always' };

export const event = (name: string): Formula => ({ kind: 'event', name });
export const gate = (name: string): Formula => ({ kind: 'gate', name });

/**
 * The Open-PSA format knows constants, but its readers want two operands or more in every gate, all of them different,
 * and a count between 2 and one less than there are. So every formula is made here, and is in that form.
 */
export function or(operands: readonly Formula[]): Formula {
  const kept = different(operands.flatMap((operand) => (operand.kind === 'or' ? operand.operands : [operand])));
  if (kept.some(({ kind }) => kind === 'always')) return ALWAYS;
  const open = kept.filter(({ kind }) => kind !== 'never');
  return open.length > 1 ? { kind: 'or', operands: open } : (open[0] ?? NEVER);
}

export function and(operands: readonly Formula[]): Formula {
  const kept = different(operands.flatMap((operand) => (operand.kind === 'and' ? operand.operands : [operand])));
  if (kept.some(({ kind }) => kind === 'never')) return NEVER;
  const open = kept.filter(({ kind }) => kind !== 'always');
  return open.length > 1 ? { kind: 'and', operands: open } : (open[0] ?? ALWAYS);
}

/** What stands there twice counts twice. */
export function atLeast(count: number, operands: readonly Formula[]): Formula {
  const open = operands.filter(({ kind }) => kind !== 'never' && kind !== 'always');
  const left = count - operands.filter(({ kind }) => kind === 'always').length;
  if (left <= 0) return ALWAYS;
  if (left > open.length) return NEVER;
  if (left === 1) return or(open);
  if (left === open.length) return and(open);
  return { kind: 'atLeast', count: left, operands: open };
}

/** The formula with every gate in it replaced. */
export function substitute(formula: Formula, replacement: (gate: string) => Formula): Formula {
  switch (formula.kind) {
    case 'gate':
      return replacement(formula.name);
    case 'and':
    case 'or': {
      const operands = formula.operands.map((operand) => substitute(operand, replacement));
      return formula.kind === 'and' ? and(operands) : or(operands);
    }
    case 'atLeast':
      return atLeast(
        formula.count,
        formula.operands.map((operand) => substitute(operand, replacement)),
      );
    default:
      return formula;
  }
}

/** The names of the gates and events in it, each as often as it stands there. */
export function leaves(formula: Formula): { readonly kind: 'event' | 'gate'; readonly name: string }[] {
  if (formula.kind === 'event' || formula.kind === 'gate') return [formula];
  return 'operands' in formula ? formula.operands.flatMap(leaves) : [];
}

const different = (operands: readonly Formula[]): Formula[] => [
  ...new Map(operands.map((operand) => [keyOf(operand), operand])).values(),
];

const keys = new WeakMap<Formula, string>();

/** The same for the same formula, whatever the order of its operands. */
function keyOf(formula: Formula): string {
  const known = keys.get(formula);
  if (known !== undefined) return known;
  const key =
    'operands' in formula
      ? `(${formula.kind} ${'count' in formula ? formula.count : ''} ${formula.operands.map(keyOf).sort().join(' ')})`
      : `${formula.kind} ${'name' in formula ? JSON.stringify(formula.name) : ''}`;
  keys.set(formula, key);
  return key;
}
