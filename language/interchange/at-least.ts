import { type Gate, MOST_OPERANDS } from './acyclic.ts';
import { and, atLeast, type Formula, gate, leaves, NEVER, or, TooLarge } from './formula.ts';
import { partIdentifier } from './identifiers.ts';

/**
 * Gates in which no `at least k of` has operands that may come to the same. SCRAM 0.16 simplifies what it reads, makes
 * such operands one, and then counts them wrongly. They are written as `and` and `or` instead: "at least j of the operands
 * from the i-th on" is "the i-th, and j − 1 of those behind it; or j of those behind it", a gate for each i and j, so
 * no more than k × n of them.
 */
export function withoutEqualOperands(gates: ReadonlyMap<string, Gate>): Map<string, Gate> {
  const result = new Map<string, Gate>();
  const mayBeEqual = equality(result);
  let operandsAdded = 0;
  for (const [name, whole] of gates) {
    let parts = 0;
    const define = (formula: Formula): Formula => {
      operandsAdded += leaves(formula).length;
      if (operandsAdded > MOST_OPERANDS) throw new TooLarge();
      const own = partIdentifier(name, ++parts);
      result.set(own, { ...whole, name: own, part: parts, formula });
      return gate(own);
    };
    const rewritten = (formula: Formula): Formula => {
      if (!('operands' in formula)) return formula;
      const operands = formula.operands.map(rewritten);
      if (formula.kind === 'and') return and(operands);
      if (formula.kind === 'or') return or(operands);
      const count = formula.kind === 'atLeast' ? formula.count : 1;
      return mayBeEqual(operands) ? unfolded(count, operands, define) : atLeast(count, operands);
    };
    result.set(name, { ...whole, formula: rewritten(whole.formula) });
  }
  return result;
}

/** What is used more than once is defined as a gate, so that it is written once. */
function unfolded(count: number, operands: readonly Formula[], define: (part: Formula) => Formula): Formula {
  const known = new Map<string, Formula>();
  return failing(0, count);

  function failing(first: number, least: number): Formula {
    const rest = operands.slice(first);
    if (least <= 1 || least >= rest.length) return atLeast(least, rest);
    const [operand = NEVER] = rest;
    return or([and([operand, part(first + 1, least - 1)]), part(first + 1, least)]);
  }

  function part(first: number, least: number): Formula {
    const key = `${first} ${least}`;
    const made = known.get(key) ?? failing(first, least);
    const named = 'operands' in made ? define(made) : made;
    known.set(key, named);
    return named;
  }
}

/** So many steps down gates are taken to find out; beyond, operands are thought equal, which is never wrong. */
const MOST_STEPS = 10_000_000;

/**
 * Whether some of the operands may come to the same function of the events. They do not where each of them has an event
 * that takes it alone and is below no other, such as a component's own loss.
 */
function equality(gates: ReadonlyMap<string, Gate>): (operands: readonly Formula[]) => boolean {
  let steps = 0;
  return (operands) => {
    const below = operands.map((operand) => eventsBelow(operand, () => true));
    const alone = operands.map((operand) => eventsBelow(operand, (kind) => kind === 'or'));
    const isOwn = (event: string, of: number): boolean => below.every((events, at) => at === of || !events.has(event));
    return steps > MOST_STEPS || !alone.every((events, at) => [...events].some((event) => isOwn(event, at)));
  };

  function eventsBelow(formula: Formula, goesInto: (kind: Formula['kind']) => boolean): Set<string> {
    const events = new Set<string>();
    const seen = new Set<string>();
    const open: Formula[] = [formula];
    for (let one = open.pop(); one !== undefined && steps <= MOST_STEPS; one = open.pop()) {
      steps += 1;
      if (one.kind === 'event') events.add(one.name);
      else if (one.kind === 'gate') {
        if (seen.has(one.name)) continue;
        seen.add(one.name);
        open.push(gates.get(one.name)?.formula ?? NEVER);
      } else if ('operands' in one && goesInto(one.kind)) open.push(...one.operands);
    }
    return events;
  }
}
