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

const LEAST_WIDTH = 150;
const WIDEST_TEXT = 190;
const PADDING = 12;
const TITLE_LINE = 18;
const CAPTION_LINE = 16;
/** From the box to the end of the symbol below it. */
const SYMBOL_HEIGHT = 52;

export function drawnNode(node: Named, naming: Naming): TreeNode {
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
        ...box(node.id, words, []),
        kind: 'gate',
        ...elementOf(naming, node.spot.node),
        description,
        count,
        inputs: [...inputs],
        rule,
        ...(of === 1 ? noSymbol(words) : {}),
      };
    }
    case 'folded': {
      const words = naming.gateWords(node.spot.node);
      const below = `${node.events} basic ${node.events === 1 ? 'event' : 'events'} below`;
      return {
        ...box(node.id, words, [below]),
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
        ...box(node.id, words, [said.caption]),
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
        ...box(node.id, words, [note]),
        ...noSymbol(words, [note]),
        kind: 'circle',
        ...elementOf(naming, node.node),
        description: `${words}. Here the needs close a circle: it stands above already, and adds no cause`,
      };
    }
    case 'rest': {
      const words = `${node.count} more causes`;
      return {
        ...box(node.id, words, []),
        ...noSymbol(words),
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
function box(id: string, words: string, captions: readonly string[]): Box {
  const titles = wrap(words, FONTS.title, WIDEST_TEXT);
  const small = captions.flatMap((caption) => wrap(caption, FONTS.caption, WIDEST_TEXT));
  const widest = Math.max(
    ...titles.map((line) => textWidth(line, FONTS.title)),
    ...small.map((line) => textWidth(line, FONTS.caption)),
  );
  const width = Math.max(LEAST_WIDTH, widest + 2 * PADDING);
  const x = width / 2;
  const lines: TreeLine[] = titles.map((text, at) => ({ role: 'title', text, x, y: 8 + at * TITLE_LINE + 14 }));
  const below = 8 + titles.length * TITLE_LINE;
  for (const [at, text] of small.entries()) {
    lines.push({ role: 'caption', text, x, y: below + at * CAPTION_LINE + 12 });
  }
  const boxHeight = below + small.length * CAPTION_LINE + 8;
  return { id, words, width, height: boxHeight + SYMBOL_HEIGHT, boxHeight, lines };
}

const noSymbol = (words: string, captions: readonly string[] = []): { height: number } => ({
  height: box('', words, captions).boxHeight,
});
