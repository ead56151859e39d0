import type { Diagram, Layout } from '../core/diagram/index.ts';
import type { Previous } from './pins.ts';

export interface LayoutOptions {
  /** Which way needs point: `down` (unless said) for a panel beside the text, `right` for a wide screen, `fit` for the one that is seen larger. */
  readonly direction?: 'down' | 'right' | 'fit';
  /**
   * Width by height of what the picture is to fill; 1 for `fit` unless said. Small pictures have the shape of what they
   * show, and what is seen already keeps the shape that it has.
   */
  readonly aspect?: number;
  /** What is seen now, laid out in the same direction: it is moved as little as can be. */
  readonly previous?: Previous;
}

/** All that the rest of the product knows about layout: the same diagram and options give the same layout. */
export interface LayoutEngine {
  layOut(diagram: Diagram, options?: LayoutOptions): Promise<Layout>;
}
