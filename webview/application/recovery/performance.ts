/** Plays a result on its picture: each pool and level as it is at the clock's time. */
import type { DrawnPicture } from '../viewport/drawn.ts';
import type { Playback } from './clock.ts';
import { isJoining, momentAt, poolAt, type Result, valueAt } from './timeline.ts';

/**
 * So many pools are brought up to date in one frame, over all pictures. A page draws no more within a sixtieth of a
 * second; of larger systems a part is drawn each frame, neighbours together, and all of it several times a second.
 */
const POOLS_A_FRAME = 36;

/** Returns what brings the picture to the clock's time. */
export function performanceOf(
  drawn: DrawnPicture,
  result: Result,
  steps: readonly number[],
  pictures: number,
): (playback: Playback) => void {
  const pools = inReadingOrder(result);
  const most = Math.max(1, Math.floor(POOLS_A_FRAME / pictures));
  let next = 0;
  return ({ atSeconds, playing }) => {
    const moment = momentAt(result.times, steps, atSeconds);
    for (const service of result.services) drawn.playLevel(service.name, valueAt(service.played, moment));
    // Whoever stops the clock sees all of one moment.
    const count = playing ? Math.min(most, pools.length) : pools.length;
    for (let played = 0; played < count; played++) {
      next = next + 1 < pools.length ? next + 1 : 0;
      const pool = pools[next];
      if (pool !== undefined) drawn.playPool(pool.name, poolAt(pool, moment), isJoining(pool, moment));
    }
  };
}

function inReadingOrder({ pools, layout }: Result): Result['pools'] {
  const boxes = new Map(layout.nodes.map((box) => [box.id, box]));
  const at = (name: string) => boxes.get(name) ?? { x: 0, y: 0 };
  return [...pools].sort((a, b) => at(a.name).y - at(b.name).y || at(a.name).x - at(b.name).x);
}
