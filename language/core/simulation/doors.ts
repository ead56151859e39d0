import type { Link } from './links.ts';
import { ALL, LEAF, type NeedNode, type Needs } from './needs.ts';
import type { Pool } from './program.ts';

/** Where a pool meets limits to its admissions. */

/** The links of those that each instance asks in any case; where there are none, those of which it asks one. */
export function doorsOf(needs: Needs, links: readonly Link[]): Pick<Pool, 'doors' | 'doorsAreAlternatives'> {
  const isDoor = (node: NeedNode): boolean => node.kind === LEAF && isLimited(node, links);
  const doors = [...needs.plain, ...needs.plainToStart].filter(isDoor).map(({ link }) => link);
  if (doors.length > 0) return { doors, doorsAreAlternatives: false };
  const choices = [...needs.choices, ...needs.choicesToStart].filter((choice) => isLimited(choice, links));
  const [choice] = choices;
  const isOne = choice?.count === 1 && choices.length === 1 && choice.operands.every(isDoor);
  return { doors: isOne ? choice.operands.map(({ link }) => link) : [], doorsAreAlternatives: isOne };
}

/** Whether a limit stands in its way whatever it chooses. */
export function isLimited(node: NeedNode | null, links: readonly Link[]): boolean {
  if (node === null) return false;
  if (node.kind === LEAF) return node.asks && (links[node.link]?.hard ?? false);
  const limited = node.operands.filter((operand) => isLimited(operand, links)).length;
  return node.kind === ALL ? limited > 0 : node.operands.length - limited < node.count;
}
