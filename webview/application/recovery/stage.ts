/**
 * The stage over a picture, on which a recovery plays. Whatever changes from frame to frame is drawn on two canvases
 * that lie over the picture: one for pools and levels, drawn only where something has changed, one for what flows.
 * So the picture itself, some thousands of elements, stands still. A moment after the clock has come to rest its own
 * marks are set, for those who have it read to them.
 */
import type { DrawnPicture, Look } from '../viewport/drawn.ts';
import { joiningEdges } from '../viewport/relations.ts';
import type { Playback } from './clock.ts';
import { eachPoint, type Piece, piecesOf, spacingFor } from './flows.ts';
import { actorsOf } from './stage-actors.ts';
import { begin, canvasOver, clear, fitCanvas, placingOf } from './stage-canvas.ts';
import { stageColours } from './stage-colours.ts';
import type { Region } from './stage-pools.ts';
import { isJoining, type Moment, momentAt, poolAt, type Result, valueAt } from './timeline.ts';

export interface Stage {
  show(playback: Playback): void;
  /** The theme has changed. */
  recolour(): void;
  remove(): void;
}

export interface StageOptions {
  readonly drawn: DrawnPicture;
  readonly result: Result;
  /** Which of the pictures on the page it is: they take turns in what need not be drawn every frame. */
  readonly index: number;
  /** The times of the scenario's steps. */
  readonly steps: readonly number[];
  /** Nothing travels. */
  readonly still: boolean;
}

const SETTLE_MILLISECONDS = 60;

export function createStage({ drawn, result, index, steps, still }: StageOptions): Stage | undefined {
  const host = drawn.svg.parentElement;
  const front = host === null ? undefined : canvasOver(host, 'stage pools');
  const flows = host === null ? undefined : canvasOver(host, 'stage flows');
  if (host === null || front === undefined || flows === undefined) return undefined;
  host.classList.add('staged');
  const actors = actorsOf(result);
  const currents = currentsOf(result);
  // What flows passes behind what is written on the edges.
  const labels = labelsOf(result);

  let colours = stageColours(drawn.svg);
  let look: Look | undefined;
  let playback: Playback | undefined;
  let frames = 0;
  let settling: ReturnType<typeof setTimeout> | undefined;

  const draw = (): void => {
    if (look === undefined || playback === undefined) return;
    const moment = momentAt(result.times, steps, playback.atSeconds);
    const now = playback.playing ? performance.now() : undefined;
    front.font = colours.font;
    for (const actor of actors) actor.draw({ context: front, colours, moment, now });
    frames++;
    if (playback.playing && (frames + index) % FRAMES_A_FLOW !== 0) return;
    drawFlows(flows, currents, moment, colours.flow, still ? 0 : performance.now());
    for (const label of labels) begin(flows, placingOf(label, look.view), { ...label, x: 0, y: 0 });
  };
  const place = (): void => {
    if (look === undefined) return;
    clear(front);
    for (const actor of actors) actor.place(look);
    for (const current of currents) current.place(look);
    draw();
  };
  const settle = (): void => {
    if (playback === undefined) return;
    const moment = momentAt(result.times, steps, playback.atSeconds);
    for (const pool of result.pools) drawn.setPool(pool.name, poolAt(pool, moment));
    for (const service of result.services) drawn.setLevel(service.name, valueAt(service.played, moment));
    host.dataset.flowing = currents
      .filter(({ isFlowing }) => isFlowing(moment))
      .map(({ component }) => component)
      .join(' ');
    host.dataset.settled = 'true';
  };
  const unfollow = drawn.follow((next) => {
    for (const { canvas } of [front, flows]) fitCanvas(canvas, next.panel);
    look = next;
    place();
  });
  return {
    show(next) {
      playback = next;
      draw();
      if (host.dataset.settled !== 'false') host.dataset.settled = 'false';
      clearTimeout(settling);
      settling = next.playing ? undefined : setTimeout(settle, SETTLE_MILLISECONDS);
    },
    recolour() {
      colours = stageColours(drawn.svg);
      place();
    },
    remove() {
      clearTimeout(settling);
      unfollow();
      host.classList.remove('staged');
      front.canvas.remove();
      flows.canvas.remove();
    },
  };
}

/** The edges along which a component comes back. */
interface Current {
  readonly component: string;
  isFlowing(moment: Moment): boolean;
  place(look: Look): void;
  /** In pixels of the page. */
  pieces(): readonly Piece[];
}

function labelsOf({ diagram, layout, pools }: Result): Region[] {
  const joining = new Set(pools.flatMap(({ name }) => joiningEdges(diagram, name)));
  return layout.edges.flatMap(({ id, label }) => (label !== undefined && joining.has(id) ? label : []));
}

function currentsOf({ diagram, layout, pools }: Result): Current[] {
  const routes = new Map(layout.edges.map((route) => [route.id, route.points]));
  return pools.flatMap((pool): Current[] => {
    const edges = joiningEdges(diagram, pool.name).flatMap((id) => {
      const points = routes.get(id);
      return points === undefined ? [] : [{ id, points }];
    });
    if (edges.length === 0) return [];
    let pieces: readonly Piece[] = [];
    return [
      {
        component: pool.name,
        isFlowing: (moment) => isJoining(pool, moment),
        place({ view, panel, related }) {
          pieces = edges.flatMap(({ id, points }) =>
            related === undefined || related.edges.has(id) ? piecesOf(points, view, panel) : [],
          );
        },
        pieces: () => pieces,
      },
    ];
  });
}

/** What flows is drawn every second frame: thirty times a second its way is smooth, and half the work is saved. */
const FRAMES_A_FLOW = 2;
const FLOW_PIXELS_PER_SECOND = 42;
const FLOW_RADIUS = 2.5;

function drawFlows(
  context: CanvasRenderingContext2D,
  currents: readonly Current[],
  moment: Moment,
  colour: string,
  now: number,
): void {
  clear(context);
  const pieces = currents.flatMap((current) => (current.isFlowing(moment) ? current.pieces() : []));
  if (pieces.length === 0) return;
  const spacing = spacingFor(pieces);
  const travelled = (now / 1000) * FLOW_PIXELS_PER_SECOND;
  const sprite = dotSprite(colour);
  const size = sprite.width / devicePixelRatio;
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  for (const piece of pieces) {
    eachPoint(piece, spacing, travelled, (x, y) => context.drawImage(sprite, x - size / 2, y - size / 2, size, size));
  }
}

const sprites = new Map<string, HTMLCanvasElement>();

/** A dot, drawn once: to copy one costs a fraction of what drawing one does. */
function dotSprite(colour: string): HTMLCanvasElement {
  const key = `${colour} ${devicePixelRatio}`;
  const known = sprites.get(key);
  if (known !== undefined) return known;
  const canvas = document.createElement('canvas');
  fitCanvas(canvas, { width: 2 * FLOW_RADIUS + 2, height: 2 * FLOW_RADIUS + 2 });
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.fillStyle = colour;
    context.arc(canvas.width / 2, canvas.height / 2, FLOW_RADIUS * devicePixelRatio, 0, 2 * Math.PI);
    context.fill();
  }
  sprites.set(key, canvas);
  return canvas;
}
