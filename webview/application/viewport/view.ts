/** Where a picture stands in its viewport, and how gestures move it: a value, and functions from value to value. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A point p of the picture is seen at (x, y) + p × scale. */
export interface View extends Point {
  readonly scale: number;
}

const MARGIN = 12;
/** A few things do not fill a wide screen: so large they are read from afar, and still a picture and no poster. */
const LARGEST_FIT = 1.6;
const SMALLEST_SCALE = 0.05;
const LARGEST_SCALE = 4;
/** As much of the picture stays in sight, however far it is moved. */
const KEPT_IN_SIGHT = 80;

/** The whole picture in the middle. */
export function fitted(picture: Size, panel: Size): View {
  const room = Math.min((panel.width - 2 * MARGIN) / picture.width, (panel.height - 2 * MARGIN) / picture.height);
  const scale = room > 0 && Number.isFinite(room) ? clamp(room, SMALLEST_SCALE, LARGEST_FIT) : 1;
  return {
    scale,
    x: (panel.width - picture.width * scale) / 2,
    y: (panel.height - picture.height * scale) / 2,
  };
}

/** Larger or smaller around a point of the viewport, which keeps its place. */
export function zoomed(view: View, by: number, around: Point): View {
  const scale = clamp(view.scale * by, SMALLEST_SCALE, LARGEST_SCALE);
  const factor = scale / view.scale;
  return { scale, x: around.x - (around.x - view.x) * factor, y: around.y - (around.y - view.y) * factor };
}

export const moved = (view: View, dx: number, dy: number): View => ({ ...view, x: view.x + dx, y: view.y + dy });

export function keptInSight(view: View, picture: Size, panel: Size): View {
  const along = (offset: number, size: number, room: number): number => {
    const kept = Math.min(KEPT_IN_SIGHT, size * view.scale, room);
    return clamp(offset, kept - size * view.scale, room - kept);
  };
  return {
    ...view,
    x: along(view.x, picture.width, panel.width),
    y: along(view.y, picture.height, panel.height),
  };
}

/** The nearest view in which nothing is cut off along a side that the picture fits into at this scale. */
export function whole(view: View, picture: Size, panel: Size): View {
  const along = (offset: number, size: number, room: number): number =>
    size > room ? offset : clamp(offset, 0, room - size);
  return {
    ...view,
    x: along(view.x, picture.width * view.scale, panel.width),
    y: along(view.y, picture.height * view.scale, panel.height),
  };
}

/** The same view if the middle of the box is in sight, else one with the box in the middle. */
export function revealing(view: View, box: Point & Size, panel: Size): View {
  const x = view.x + (box.x + box.width / 2) * view.scale;
  const y = view.y + (box.y + box.height / 2) * view.scale;
  if (x >= 0 && x <= panel.width && y >= 0 && y <= panel.height) return view;
  return moved(view, panel.width / 2 - x, panel.height / 2 - y);
}

/** The box in the middle, large enough to be read. */
export function centred(view: View, box: Point & Size, panel: Size): View {
  const scale = Math.max(view.scale, Math.min(1, panel.width / (box.width + 4 * MARGIN)));
  return {
    scale,
    x: panel.width / 2 - (box.x + box.width / 2) * scale,
    y: panel.height / 2 - (box.y + box.height / 2) * scale,
  };
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
