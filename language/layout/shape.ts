import type { Diagram, Layout } from '../core/diagram/index.ts';
import { aimsOf } from './aims.ts';
import { type Asked, boardsOf } from './arranged.ts';
import { clutterOf } from './clutter.ts';
import { layoutOf } from './compose.ts';
import { LEAST_ASPECT, withHazards } from './hazards.ts';
import type { Parts } from './parts.ts';
import type { Size } from './rows.ts';

const MOST_ASPECT = 2;
/** A shape that differs from the one asked for by no more is not worth another layout. */
const CLOSE_ENOUGH = 1.08;
/** A smaller picture is laid out a few times, to fill its panel as well as it can. */
const MOST_NODES_TO_TRY = 300;
const MOST_TRIES = 3;
/** A picture that is read edge by edge tells its parts where their edges go, and is drawn again with that. */
const MOST_NODES_TO_REFINE = 45;
const REFINEMENTS = 2;
/** How much of a lack of width is made good by rows that hold more ranks. */
const FLATTENED = 0.75;
/** What is seen no smaller than by this is as large, and that is taken which is easier to follow. */
const AS_LARGE = 1.04;

/**
 * How much room edges take is known when they are drawn: what does not fill what it is for is drawn again, wider or
 * narrower. Hazards come later, and count for how large it is seen. Of those that are seen about as large as can be, the one that is easiest to follow is taken.
 */
export function layOutInShape(diagram: Diagram, parts: Parts, asked: Asked): Layout {
  const aspect = asked.aspect ?? LEAST_ASPECT;
  const down = asked.direction === 'down';
  const draw = (how: Asked) => {
    const layout = layoutOf(diagram, parts, boardsOf(parts, how));
    return { how, layout, scale: scaleIn(aspect, withHazards(diagram, layout, { aspect })) };
  };
  const tried = [draw(asked)];
  const most = diagram.nodes.length <= MOST_NODES_TO_TRY ? MOST_TRIES : 1;
  for (let [room, tries, flat] = [asked.room, 0, 1]; tries < most; tries++) {
    const lacking = lackingWidth((tried.at(-1) as Tried).layout, asked);
    if (lacking > 1 / CLOSE_ENOUGH && lacking < CLOSE_ENOUGH) break;
    room *= Math.min(2, Math.max(0.5, Math.sqrt(lacking > 1 ? 1.2 * lacking : lacking)));
    flat *= lacking ** FLATTENED;
    tried.push(draw({ ...asked, room, flat, stretch: room / asked.room }));
  }
  if (diagram.nodes.length > MOST_NODES_TO_TRY) return largestOf(tried).layout;
  if (diagram.nodes.length <= MOST_NODES_TO_REFINE) {
    let last = largestOf(tried);
    for (let round = 0; round < REFINEMENTS; round++) {
      last = draw({ ...last.how, aims: aimsOf(diagram, parts, last.layout, down) });
      tried.push(last);
    }
  }
  const least = largestOf(tried).scale / AS_LARGE;
  const seen = tried
    .filter(({ scale }) => scale >= least)
    .map(({ layout }) => ({ layout, clutter: clutterOf(diagram, layout) }));
  return seen.reduce((best, one) => (one.clutter < best.clutter ? one : best)).layout;
}

const largestOf = (tried: readonly Tried[]): Tried =>
  tried.reduce((largest, one) => (one.scale > largest.scale ? one : largest));

interface Tried {
  readonly how: Asked;
  readonly layout: Layout;
  readonly scale: number;
}

/** How large a picture is seen in a frame of that shape, and of height 1. */
export const scaleIn = (aspect: number, { width, height }: Layout): number => Math.min(aspect / width, 1 / height);

/** How many times as long its rows should be. Unless it is known what it is to fill, only what is too high is so. */
function lackingWidth({ width, height }: Size, { direction, aspect }: Asked): number {
  const shape = width / height;
  if (aspect !== undefined) return direction === 'down' ? aspect / shape : shape / aspect;
  return Math.max(1, direction === 'down' ? LEAST_ASPECT / shape : shape / MOST_ASPECT);
}
