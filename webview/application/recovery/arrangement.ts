/** Where the figures stand: below the pictures or beside them, whichever shows the pictures larger. */
import { fitted, type Size } from '../viewport/view.ts';

export type Arrangement = 'below' | 'beside';

/** Narrower panels stack everything. */
const LEAST_WIDTH_BESIDE = 900;
const FIGURES_HEIGHT = 330;
const HEADER_HEIGHT = 32;
/** Below is the usual place; beside has to be worth it. */
const WORTH = 1.2;

export function figuresWidth(panelWidth: number): number {
  return Math.min(640, Math.max(430, Math.round(panelWidth * 0.38)));
}

export function arrangementFor(panel: Size, pictures: readonly Size[]): Arrangement {
  if (panel.width < LEAST_WIDTH_BESIDE || pictures.length === 0) return 'below';
  const smallest = (width: number, height: number): number => {
    const room = { width: width / pictures.length, height: height - HEADER_HEIGHT };
    return Math.min(...pictures.map((picture) => fitted(picture, room).scale));
  };
  const below = smallest(panel.width, panel.height - FIGURES_HEIGHT);
  const beside = smallest(panel.width - figuresWidth(panel.width), panel.height);
  return beside > below * WORTH ? 'beside' : 'below';
}
