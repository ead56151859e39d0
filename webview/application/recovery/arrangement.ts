/** Where the pictures and the figures of a recovery stand: so that the smallest picture is seen as large as can be. */
import { fitted, type Size } from '../viewport/view.ts';

/** How high the toolbar is where nothing wraps. */
export const TOOLBAR_PIXELS = 46;

/** The panel without its toolbar. */
export interface Panel extends Size {
  /** Figures are in large type. */
  readonly presenting?: boolean;
}

export interface Arrangement {
  /** Where the figures stand, as seen from the pictures. */
  readonly figures: 'below' | 'beside';
  /** Of pictures. */
  readonly columns: number;
  /** At which the smallest picture is seen. */
  readonly scale: number;
}

/** Narrower panels have everything in one column, and scroll. */
const LEAST_WIDTH_BESIDE = 900;
const FIGURES_HEIGHT = 330;
/** Results of three or four stand in two rows. */
const FIGURES_HEIGHT_OF_MANY = 390;
const PRESENTING = 1.4;
/** Of a panel that scrolls, what the pictures have at the least. */
const LEAST_SHARE = 0.6;
/** Above each picture. */
const HEADER_HEIGHT = 32;
const LEAST_HEIGHT = 220;
/** Side by side above the figures is the usual place, for there the clock runs under all; others have to be worth it. */
const WORTH = 1.1;
/** Smaller words are not read. */
const READABLE_SCALE = 0.55;

/** Where they stand beside the pictures. */
export function figuresWidth(panelWidth: number, pictures: number): number {
  const share = pictures === 1 ? 0.38 : 0.32;
  return Math.min(640, Math.max(430, Math.round(panelWidth * share)));
}

/** What all pictures together have in any case, where the figures stand below them. */
export const leastHeight = ({ width, height }: Size): number =>
  width < LEAST_WIDTH_BESIDE ? Math.max(LEAST_HEIGHT, Math.round(height * LEAST_SHARE)) : LEAST_HEIGHT;

function heightAboveFigures(panel: Panel, results: number): number {
  const figures = results > 2 ? FIGURES_HEIGHT_OF_MANY : FIGURES_HEIGHT;
  return Math.max(leastHeight(panel), panel.height - figures * (panel.presenting ? PRESENTING : 1));
}

export function arrangementFor(panel: Panel, pictures: readonly Size[]): Arrangement {
  const count = Math.max(1, pictures.length);
  const seen = roomsFor(panel, count).map(({ figures, columns, ...room }) => {
    const scale = Math.min(...pictures.map((picture) => fitted(picture, room).scale), MOST_SCALE);
    const isUsual = figures === 'below' && columns === count;
    return { arrangement: { figures, columns, scale }, worth: isUsual ? scale * WORTH : scale };
  });
  return seen.reduce((most, one) => (one.worth > most.worth ? one : most)).arrangement;
}

const MOST_SCALE = 10;

/**
 * Whether one picture at a time is shown unless the reader asks for all: where several are too small to be read, and
 * one alone would be larger.
 */
export function areTooSmall(panel: Panel, pictures: readonly Size[]): boolean {
  if (pictures.length < 2 || panel.width === 0) return false;
  const { scale } = arrangementFor(panel, pictures);
  const alone = Math.min(...pictures.map((picture) => arrangementFor(panel, [picture]).scale));
  return scale < READABLE_SCALE && alone > scale * WORTH;
}

/** Width by height of the room that each of so many pictures will have, for those that are not laid out yet. */
export function aspectFor(panel: Panel, count: number): number {
  const rooms = roomsFor(panel, count);
  const figures = count === 1 && panel.width >= LEAST_WIDTH_BESIDE ? 'beside' : 'below';
  const room = rooms.find((one) => one.figures === figures && one.columns === count);
  return room === undefined ? 1 : Math.min(MOST_ASPECT, Math.max(1 / MOST_ASPECT, room.width / room.height));
}

const MOST_ASPECT = 4;

type Room = Size & Omit<Arrangement, 'scale'>;

/** Each way in which so many pictures can stand, with the room that one of them has; the usual one comes first. */
function roomsFor(panel: Panel, count: number): [Room, ...Room[]] {
  const rooms = (figures: Room['figures'], { width, height }: Size): Room[] =>
    Array.from({ length: count }, (_, index) => {
      const columns = count - index;
      const rows = Math.ceil(count / columns);
      return {
        figures,
        columns,
        width: width / columns,
        height: height / rows - HEADER_HEIGHT,
      };
    });
  const below = rooms('below', { width: panel.width, height: heightAboveFigures(panel, count) });
  const beside = { width: panel.width - figuresWidth(panel.width, count), height: panel.height };
  return [...below, ...(panel.width < LEAST_WIDTH_BESIDE ? [] : rooms('beside', beside))] as [Room, ...Room[]];
}
