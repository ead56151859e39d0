import { type Diagram, type Layout, textWidth, wrap } from '../../language/core/diagram/index.ts';
import type { Fates } from './fates.ts';
import { badgesEndingAt } from './icons.ts';
import { drawLegend, legendOf } from './legend.ts';
import { drawScene, type Scene, type SceneLists, type SceneOptions, sceneOf } from './scene.ts';
import type { RecoveryState } from './state.ts';
import { pictureStyles } from './styles.ts';
import { element, group, shortNumber, textElement } from './svg.ts';
import type { Theme } from './theme.ts';

export interface PictureOptions {
  /** `editor` takes its colours from the page, with `pictureStyles` in it; the others stand alone. */
  readonly theme: Theme;
  /** Absent: all is up. */
  readonly recovery?: RecoveryState;
  /** What has failed and what falls with it. Absent: nothing has. */
  readonly fates?: Fates;
  /** A node's id. */
  readonly selected?: string;
  readonly legend?: boolean;
  /** Whether nodes, edges and headings are reached by keyboard and are buttons; unless said, in the editor alone. */
  readonly interactive?: boolean;
  /** Whether zones and groups have the control that folds and opens them; unless said, where the picture is interactive. */
  readonly foldable?: boolean;
  /** Words over the picture; `true` for the architecture's own. */
  readonly title?: string | boolean;
}

const TITLE_FONT = { size: 20, bold: true };
const TITLE_HEIGHT = 52;
const TITLE_LINE = 27;
/** Beside a title there is room for the badges of the whole. */
const TITLE_MARGIN = 120;
const LEAST_TITLE_WIDTH = 360;
const titleWidth = (line: string): number => textWidth(line, TITLE_FONT) + TITLE_MARGIN;
const LEAST_LEGEND_WIDTH = 560;

/** The picture as SVG text: the same arguments, the same text. */
export const renderPicture = (diagram: Diagram, layout: Layout, options: PictureOptions): string =>
  assembled(diagram, layout, options, sceneOf(diagram, layout, sceneOptions(options)));

/** A picture in pieces, so that of one that is seen already only what differs is drawn anew. */
export interface PictureParts {
  /** All but the lists: pictures whose frames are the same differ in their lists alone. */
  readonly frame: string;
  readonly lists: SceneLists;
  /** The whole, as `renderPicture` gives it. */
  readonly text: () => string;
}

/** The pieces of what `renderPicture` gives for the same arguments. */
export function partsOf(diagram: Diagram, layout: Layout, options: PictureOptions): PictureParts {
  const scene = sceneOf(diagram, layout, sceneOptions(options));
  return {
    frame: assembled(diagram, layout, options, { ...scene, lists: NO_LISTS }),
    lists: scene.lists,
    text: () => assembled(diagram, layout, options, scene),
  };
}

const NO_LISTS: SceneLists = { frames: [], nodes: [], edges: [], headings: [] };

function sceneOptions({ theme, recovery, selected, fates, ...options }: PictureOptions): SceneOptions {
  const interactive = options.interactive ?? theme === 'editor';
  return { recovery, selected, fates, interactive, foldable: options.foldable ?? interactive };
}

function assembled(diagram: Diagram, layout: Layout, options: PictureOptions, scene: Scene): string {
  const standalone = options.theme !== 'editor';
  const title = options.title === true ? diagram.title : options.title || '';
  const legend = options.legend ?? false;
  const least = Math.max(layout.width, legend ? LEAST_LEGEND_WIDTH : LEAST_TITLE_WIDTH);
  // A title that is longer than the picture is wide would make it small on every screen: it is broken.
  const titleLines = title === '' ? [] : wrap(title, TITLE_FONT, least - TITLE_MARGIN);
  const width = Math.ceil(
    title === '' && !legend
      ? layout.width
      : Math.max(least === LEAST_TITLE_WIDTH ? layout.width : least, ...titleLines.map(titleWidth)),
  );
  const top = titleLines.length === 0 ? 0 : TITLE_HEIGHT + (titleLines.length - 1) * TITLE_LINE;
  const entries = legend ? legendOf(diagram, options.recovery !== undefined) : [];
  const drawnLegend = drawLegend(entries, top + layout.height, width);
  const height = Math.ceil(top + layout.height + drawnLegend.height);

  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: `p2p theme-${options.theme}${options.recovery === undefined ? '' : ' recovering'}`,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'group',
      'aria-label': `Architecture ${diagram.title}`,
    },
    standalone ? element('style', {}, pictureStyles(options.theme)) : '',
    element('rect', { class: 'background', width, height }),
    ...titleLines.map((line, at) => textElement({ class: 'picture-title', x: 28, y: 42 + at * TITLE_LINE }, line)),
    badgesEndingAt(diagram.badges, width - 28, 26, 4),
    group(
      { class: 'scene', transform: `translate(${shortNumber((width - layout.width) / 2)} ${top})` },
      ...drawScene(scene),
    ),
    drawnLegend.svg,
  );
}

/**
 * The legend alone, in the editor's theme: what stands in any of the diagrams, in rows as wide as there is room. In a
 * panel it keeps its size while the picture is zoomed.
 */
export function renderLegend(diagrams: readonly Diagram[], recovering: boolean, width: number): string {
  const entries = new Map(
    diagrams.flatMap((diagram) => legendOf(diagram, recovering)).map((entry) => [entry.key, entry]),
  );
  const { svg, height } = drawLegend([...entries.values()], 8, width);
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'p2p theme-editor',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    },
    svg,
  );
}
