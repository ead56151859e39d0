import type { Diagram } from '../../../language/core/diagram/index.ts';
import type { FaultTree } from '../../../language/core/fault-tree/index.ts';
import { inOrder } from '../../../language/core/words/index.ts';
import type { Folding } from '../../../language/protocol/pictures.ts';

/** Something of the picture that can be found: `id` is the node's. */
export interface Findable {
  readonly id: string;
  readonly label: string;
  /** What it is, and its name in the text where that is another. */
  readonly detail: string;
  /** Not seen as long as something around it is folded; then `id` is its name in the text. */
  readonly hidden?: true;
}

const KIND_WORDS = { component: 'Component', service: 'Service', hazard: 'Hazard', folded: 'Folded' } as const;

export const findableIn = (diagram: Diagram): Findable[] =>
  diagram.nodes.flatMap((node) => {
    if (node.kind === 'junction') return [];
    const kind = KIND_WORDS[node.kind];
    return [{ id: node.id, label: node.label, detail: node.label === node.id ? kind : `${kind} ${node.id}` }];
  });

/** What is folded away is found as well. */
export const findableInFolded = ({ hidden }: Folding): Findable[] =>
  hidden.map(({ element, label, kind }) => {
    const words = kind === 'group' ? 'Group' : KIND_WORDS[kind];
    return {
      id: element,
      label,
      detail: `${label === element ? words : `${words} ${element}`}, folded away`,
      hidden: true,
    };
  });

const TREE_WORDS = { gate: 'Gate', folded: 'Folded gate', event: 'Basic event' } as const;

export const findableInTree = ({ nodes }: FaultTree): Findable[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'circle' || node.kind === 'rest') return [];
    const name = node.element ?? '';
    return [{ id: node.id, label: node.words, detail: [TREE_WORDS[node.kind], name].join(' ').trim() }];
  });

const MOST = 12;

/** Those whose name or title holds the words; whole words and beginnings first, else in the order of the picture. */
export function matches(all: readonly Findable[], words: string): Findable[] {
  // Words that were copied from the text may hold what a label leaves out.
  const wanted = folded(inOrder(words));
  if (wanted === '') return [];
  const rank = ({ label, detail }: Findable): number => {
    const [title, name] = [folded(label), folded(detail)];
    if (title === wanted) return 0;
    if (title.startsWith(wanted)) return 1;
    if (title.includes(wanted)) return 2;
    return name.includes(wanted) ? 3 : 4;
  };
  return all
    .map((found, at) => ({ found, at, rank: rank(found) }))
    .filter((entry) => entry.rank < 4)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, MOST)
    .map(({ found }) => found);
}

/** Case and accents make no difference. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
