import type { DotGrid } from './schema.ts';

/** The dots of every pool stand in an area of this size, so that a changed number moves nothing. */
export const GRID_WIDTH = 238;
export const GRID_HEIGHT = 20;

/** Few instances are drawn as large dots, many as small ones. */
const GRIDS = [
  { most: 14, rows: 1, pitch: 17, radius: 5 },
  { most: 40, rows: 2, pitch: 11.9, radius: 3.6 },
  { most: 102, rows: 3, pitch: 7, radius: 2.7 },
] as const;

const MOST_DOTS = 100;
const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/** At most a hundred dots; one dot stands for a round number of instances. */
export function dotGrid(instances: number, x: number, y: number): DotGrid {
  const instancesPerDot = roundNumberAtLeast(instances / MOST_DOTS);
  const dots = Math.max(1, Math.ceil(instances / instancesPerDot));
  const { rows, pitch, radius } = GRIDS.find((grid) => dots <= grid.most) ?? GRIDS[2];
  return { x, y, rows, pitch, radius, dots, instancesPerDot };
}

/** The middle of the n-th dot: columns from the left, each from the top, the rows in the middle of the area. */
export function dotCentre(grid: DotGrid, index: number): { x: number; y: number } {
  const column = Math.floor(index / grid.rows);
  const row = index % grid.rows;
  const top = (GRID_HEIGHT - (grid.rows - 1) * grid.pitch) / 2;
  return { x: round(grid.x + grid.radius + column * grid.pitch), y: round(grid.y + top + row * grid.pitch) };
}

const round = (value: number): number => Math.round(value * 10) / 10;

function roundNumberAtLeast(least: number): number {
  if (least <= 1) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(least));
  for (const step of [...STEPS, 10]) {
    const candidate = Math.round(step * magnitude * 1000) / 1000;
    // Half an instance is none.
    if (candidate >= least && Number.isInteger(candidate)) return candidate;
  }
  return 10 * magnitude;
}
