import { FONTS, textWidth, wrap } from '../diagram/index.ts';
import type { Cause, Spot } from './causes.ts';
import type { TreeLine, TreeNode } from './schema.ts';
import type { Naming } from './words.ts';

/** What stands in a tree, before it has words and a size. */
export type Named = { readonly id: string } & (
  | Exclude<Cause, { kind: 'gate' }>
  | { readonly kind: 'rest'; readonly count: number }
  | { readonly kind: 'folded'; readonly spot: Spot; readonly events: number }
  | {
      readonly kind: 'gate';
      readonly spot: Spot;
      readonly count: number;
      /** Inputs that are left out included. */
      readonly of: number;
      readonly inputs: readonly string[];
      readonly isTop: boolean;
    }
);

/** How wide words run before they are broken, and the least width of a box. */
const ROOMY: Room = { text: 190, box: 150 };
/** Of a tree that would be a strip otherwise, seen from far away. */
const NARROW: Room = { text: 116, box: 130 };
/** How many may stand side by side to each level of the tree. */
const MOST_TO_A_LEVEL = 1.5;
const PADDING = 12;
const TITLE_LINE = 18;
const CAPTION_LINE = 16;
/** From the box to the end of the symbol below it. */
const SYMBOL_HEIGHT = 52;

interface Room {
  readonly text: number;
  readonly box: number;
}

/** All of a tree, from the top downwards, with words and sizes. */
export function drawnNodes(nodes: readonly Named[], naming: Naming): TreeNode[] {
  const room = isStrip(nodes) ? NARROW : ROOMY;
  return nodes.map((node) => drawnNode(node, naming, room));
}

function isStrip(nodes: readonly Named[]): boolean {
  const counts: number[] = [];
  for (const level of levelsOf(nodes).values()) counts[level] = (counts[level] ?? 0) + 1;
  return Math.max(0, ...counts) > MOST_TO_A_LEVEL * counts.length;
}

/** How far below the top each stands: below all gates that it is an input of. */
function levelsOf(nodes: readonly Named[]): Map<string, number> {
  const levels = new Map(nodes.map(({ id }) => [id, 0]));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const waiting = [...nodes];
  // The list grows while it is read; no gate is above itself.
  for (const node of waiting) {
    if (node.kind !== 'gate') continue;
    const least = (levels.get(node.id) ?? 0) + 1;
    for (const input of node.inputs) {
      const below = byId.get(input);
      if (below === undefined || (levels.get(input) ?? 0) >= least) continue;
      levels.set(input, least);
      waiting.push(below);
    }
  }
  return levels;
}

function drawnNode(node: Named, naming: Naming, room: Room): TreeNode {
  switch (node.kind) {
    case 'gate': {
      const words = naming.gateWords(node.spot.node);
      const { count, of, inputs } = node;
      const rule = of === 1 ? '' : count === 1 ? 'any one' : count === of ? `all ${of}` : `${count} of ${of}`;
      const happens =
        of === 1
          ? 'happens with the one cause below it'
          : count === 1
            ? `any one of ${of} causes is enough`
            : count === of
              ? `all ${of} causes have to happen`
              : `${count} of ${of} causes have to happen`;
      const description = `${words}. ${node.isTop ? 'Top event' : 'Gate'}: ${happens}`;
      return {
        ...box(node.id, words, [], room),
        kind: 'gate',
        ...elementOf(naming, node.spot.node),
        description,
        count,
        inputs: [...inputs],
        rule,
        ...(of === 1 ? noSymbol(words, [], room) : {}),
      };
    }
    case 'folded': {
      const words = naming.gateWords(node.spot.node);
      const below = `${node.events} basic ${node.events === 1 ? 'event' : 'events'} below`;
      return {
        ...box(node.id, words, [below], room),
        kind: 'folded',
        ...elementOf(naming, node.spot.node),
        description: `${words}. Folded gate, ${below}`,
        events: node.events,
      };
    }
    case 'event': {
      const words = naming.eventWords(node.event);
      const { kind, name, words: said } = naming.eventOf(node.event);
      return {
        ...box(node.id, words, [said.caption], room),
        kind: 'event',
        ...(kind === 'operator' ? {} : { element: name }),
        description: `${words}. Basic event, ${said.caption}`,
        event: name,
        of: kind,
        ...(said.party === undefined ? {} : { party: said.party }),
        external: said.external,
      };
    }
    case 'circle': {
      const words = naming.gateWords(node.node);
      const note = 'Stands above: no cause again';
      return {
        ...box(node.id, words, [note], room),
        ...noSymbol(words, [note], room),
        kind: 'circle',
        ...elementOf(naming, node.node),
        description: `${words}. Here the needs close a circle: it stands above already, and adds no cause`,
      };
    }
    case 'rest': {
      const words = `${node.count} more causes`;
      return {
        ...box(node.id, words, [], room),
        ...noSymbol(words, [], room),
        kind: 'rest',
        description: `${words} are not drawn. Open to draw them`,
        count: node.count,
      };
    }
  }
}

const elementOf = (naming: Naming, node: number): { element?: string } => {
  const element = naming.elementOf(node);
  return element === undefined ? {} : { element };
};

type Box = Pick<TreeNode, 'id' | 'words' | 'width' | 'height' | 'boxHeight'> & { lines: TreeLine[] };

/** Words in the middle of a box, captions below them, and room for a symbol. */
function box(id: string, words: string, captions: readonly string[], room: Room): Box {
  const titles = wrap(words, FONTS.title, room.text);
  const small = captions.flatMap((caption) => wrap(caption, FONTS.caption, room.text));
  const widest = Math.max(
    ...titles.map((line) => textWidth(line, FONTS.title)),
    ...small.map((line) => textWidth(line, FONTS.caption)),
  );
  const width = Math.max(room.box, widest + 2 * PADDING);
  const x = width / 2;
  const lines: TreeLine[] = titles.map((text, at) => ({ role: 'title', text, x, y: 8 + at * TITLE_LINE + 14 }));
  const below = 8 + titles.length * TITLE_LINE;
  for (const [at, text] of small.entries()) {
    lines.push({ role: 'caption', text, x, y: below + at * CAPTION_LINE + 12 });
  }
  const boxHeight = below + small.length * CAPTION_LINE + 8;
  return { id, words, width, height: boxHeight + SYMBOL_HEIGHT, boxHeight, lines };
}

const noSymbol = (words: string, captions: readonly string[], room: Room): { height: number } => ({
  height: box('', words, captions, room).boxHeight,
});
