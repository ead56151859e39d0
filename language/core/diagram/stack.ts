import { type Font, reservedWidth, textWidth, wrap, wrapReserved } from './measure.ts';
import type { Line } from './schema.ts';

/** The type sizes of the picture. The style sheet takes them from here. */
export const FONTS = {
  title: { size: 14, bold: true },
  caption: { size: 12, bold: false },
  fact: { size: 12, bold: false },
  scale: { size: 11, bold: false },
  tag: { size: 11, bold: false },
  edge: { size: 11, bold: false },
  legend: { size: 13, bold: false },
  zone: { size: 12.5, bold: true },
  group: { size: 11.5, bold: true },
} as const satisfies Record<string, Font>;

export const LINE_HEIGHTS: Record<Line['role'], number> = {
  title: 18,
  caption: 16,
  fact: 16,
  scale: 16,
};

/** Lines below one another: what a node is made of. `bottom` is where the next one begins. */
export interface Stack {
  readonly lines: Line[];
  bottom: number;
  /** The right end of the widest line. */
  right: number;
}

export const emptyStack = (top: number): Stack => ({ lines: [], bottom: top, right: 0 });

/** Adds the text in as many lines as it needs within `width`, whatever the numbers in it are. */
export function addText(stack: Stack, role: Line['role'], text: string, x: number, width: number): void {
  const font = FONTS[role];
  // Numbers stand in captions and facts; in a title they are part of a name.
  const named = role === 'title';
  for (const part of named ? wrap(text, font, width) : wrapReserved(text, font, width)) {
    const taken = textWidth(part, font);
    const y = stack.bottom + LINE_HEIGHTS[role] / 2 + font.size * 0.36;
    stack.lines.push({ role, text: part, x, y: Math.round(y * 10) / 10, width: taken, end: false });
    stack.bottom += LINE_HEIGHTS[role];
    stack.right = Math.max(stack.right, x + (named ? taken : Math.min(width, reservedWidth(part, font))));
  }
}
