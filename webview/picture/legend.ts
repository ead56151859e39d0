import {
  type Badge,
  type Diagram,
  type EdgeKind,
  FONTS,
  type Party,
  textWidth,
} from '../../language/core/diagram/index.ts';
import { badgeAt, hazardSign, type IconName, iconAt } from './icons.ts';
import { hasPool } from './marks.ts';
import { element, group, textElement, translate } from './svg.ts';

export type LegendKey =
  | `zone-${'company' | 'users' | 'vendor'}`
  | 'service'
  | 'folded'
  | 'dots'
  | 'dots-states'
  | 'load'
  | `edge-${EdgeKind}`
  | `junction-${'or' | 'and' | 'of'}`
  | 'hazard'
  | `badge-${Badge['severity'] | 'accepted'}`;

export interface LegendEntry {
  readonly key: LegendKey;
  readonly text: string;
  /** Whose colour the sample has. */
  readonly party?: Party;
  /** The words in the sample of a junction. */
  readonly label?: string;
}

/** What the picture shows and nothing else, in the order in which it is read. */
export function legendOf(diagram: Diagram, recovering: boolean): LegendEntry[] {
  const present = new Set<LegendKey>();
  const labels = new Map<LegendKey, string>();
  for (const { party } of diagram.containers) present.add(`zone-${party}`);
  for (const node of diagram.nodes) {
    if (node.kind === 'component') {
      present.add('dots');
      if (recovering) present.add('dots-states');
      if (node.pool.load !== undefined) present.add('load');
      if (node.exposures.length > 0) present.add('hazard');
    } else if (node.kind === 'junction') {
      const key = junctionKey(node.label);
      present.add(key);
      if (!labels.has(key)) labels.set(key, node.label);
    } else {
      present.add(node.kind);
      if (recovering && hasPool(node)) present.add('dots').add('dots-states');
    }
  }
  for (const { kind } of diagram.edges) present.add(`edge-${kind}`);
  for (const { badges } of [...diagram.nodes, ...diagram.containers, diagram]) {
    for (const { severity, accepted } of badges) present.add(accepted ? 'badge-accepted' : `badge-${severity}`);
  }
  return (Object.entries(WORDS) as [LegendKey, string][])
    .filter(([key]) => present.has(key))
    .map(([key, text]) => {
      const label = labels.get(key);
      if (label !== undefined) return { key, text, label };
      return key === 'edge-traffic' ? { key, text, ...carrierOf(diagram) } : { key, text };
    });
}

const junctionKey = (label: string): LegendKey =>
  label === 'or' || label === 'and' ? `junction-${label}` : 'junction-of';

/** Of the first edge that carries traffic: the sample looks like what is seen. */
function carrierOf(diagram: Diagram): { party?: Party } {
  const carrier = diagram.edges.find(({ kind }) => kind === 'traffic')?.to;
  const node = diagram.nodes.find(({ id }) => id === carrier);
  return node?.kind === 'component' ? { party: node.party } : {};
}

const WORDS: Readonly<Record<LegendKey, string>> = {
  service: 'service: what users get',
  folded: 'folded zone or group',
  'zone-users': 'run by users',
  'zone-company': 'run by the company',
  'zone-vendor': 'run by a vendor',
  'edge-serviceFor': 'is for',
  'edge-needs': 'needs',
  'edge-needsToStart': 'needs to start',
  'edge-promotes': 'is promoted to',
  'edge-traffic': 'carries traffic, width by share',
  'junction-or': 'one of them is enough',
  'junction-and': 'all of them are needed',
  'junction-of': 'so many of them are needed',
  dots: 'instances up; “= 250” says 250 to a dot',
  'dots-states': 'up · starting · down or vacant',
  load: 'load: full at the thin mark, too much above the thick one',
  hazard: 'hazard, and the share that it hits',
  'badge-error': 'error',
  'badge-warning': 'warning',
  'badge-information': 'information',
  'badge-hint': 'hint',
  'badge-accepted': 'accepted finding',
};

const ROW_HEIGHT = 26;
const SAMPLE_WIDTH = 34;
const ICON_WIDTH = 18;
const GAP = 26;
const MARGIN = 28;

export interface DrawnLegend {
  readonly svg: string;
  readonly height: number;
}

/** In rows, as wide as the picture. */
export function drawLegend(entries: readonly LegendEntry[], y: number, width: number): DrawnLegend {
  let left = MARGIN;
  let row = 0;
  const drawn = entries.map(({ key, text, party, label = '' }) => {
    const sampleWidth = /^(zone|badge|service|hazard)/.test(key)
      ? ICON_WIDTH
      : Math.max(SAMPLE_WIDTH, textWidth(label, FONTS.edge) + 18);
    const entryWidth = sampleWidth + 8 + textWidth(text, FONTS.legend);
    if (left > MARGIN && left + entryWidth > width - MARGIN) {
      left = MARGIN;
      row += 1;
    }
    const at = translate(left, y + row * ROW_HEIGHT);
    left += entryWidth + GAP;
    return group(
      { class: 'legend-entry', 'data-legend': key, transform: at },
      sampleOf(key, { party, label, width: sampleWidth }),
      textElement({ class: 'text-legend', x: sampleWidth + 8, y: ROW_HEIGHT / 2 + 4.5 }, text),
    );
  });
  const height = entries.length === 0 ? 0 : (row + 1) * ROW_HEIGHT + 16;
  return { svg: group({ class: 'legend', role: 'group', 'aria-label': 'Legend' }, ...drawn), height };
}

interface Sample {
  readonly party?: Party | undefined;
  readonly label: string;
  readonly width: number;
}

/** Every sample stands in a box of its width by `ROW_HEIGHT`. */
function sampleOf(key: LegendKey, { party = 'company', label, width }: Sample): string {
  const middle = ROW_HEIGHT / 2;
  const [kind, name = ''] = key.split('-');
  if (kind === 'zone') return group({ class: `party-${name}` }, iconAt(name as IconName, 0, middle - 9));
  if (kind === 'folded') return foldedSample(middle);
  if (kind === 'service') return iconAt('service', 0, middle - 9);
  if (kind === 'hazard') return hazardSign(0, middle - 9);
  if (kind === 'badge') return badgeSample(name as Badge['severity'] | 'accepted', middle);
  if (kind === 'edge') return edgeSample(name as EdgeKind, party, middle);
  if (kind === 'junction') {
    return group(
      { class: 'node junction' },
      element('rect', { class: 'box', x: 2, y: middle - 9, width: width - 4, height: 18, rx: 9 }),
      textElement({ class: 'middle', x: width / 2, y: middle + 4 }, label),
    );
  }
  if (key === 'load') {
    return [
      element('rect', { class: 'track', x: 0, y: middle - 2.5, width: 34, height: 5, rx: 2.5 }),
      element('rect', { class: 'bar', x: 0, y: middle - 2.5, width: 18, height: 5, rx: 2.5 }),
      element('path', { class: 'full', d: `M23 ${middle - 4}v8` }),
      element('path', { class: 'limit', d: `M30 ${middle - 6}v12` }),
    ].join('');
  }
  const dot = (x: number, name: string, width: number) =>
    element('path', { class: `dots ${name}`, d: `M${x} ${middle}h0`, 'stroke-width': width });
  if (key === 'dots') return dot(9, '', 8) + dot(19, '', 8) + dot(29, '', 8);
  return [
    dot(7, '', 8),
    dot(18, 'place', 8),
    dot(18, 'hole', 5.4),
    dot(18, '', 3.6),
    dot(29, 'place', 8),
    dot(29, 'hole', 5.4),
  ].join('');
}

const foldedSample = (middle: number): string =>
  group(
    { class: 'folded' },
    element('rect', { class: 'sheet', x: 4, y: middle - 6, width: 24, height: 14, rx: 4 }),
    element('rect', { class: 'box', x: 0, y: middle - 9, width: 26, height: 15, rx: 4 }),
  );

function badgeSample(name: Badge['severity'] | 'accepted', middle: number): string {
  const accepted = name === 'accepted';
  return badgeAt({ severity: accepted ? 'hint' : name, accepted, count: 1, messages: [] }, 0, middle - 9);
}

function edgeSample(kind: EdgeKind, party: string, middle: number): string {
  const head = {
    needs: 'M33 0L26 -4V4z',
    needsToStart: 'M33 0L26 -4V4z',
    promotes: 'M33 0L27 -4V4zM26 0L20 -4V4z',
    traffic: '',
    serviceFor: '',
  }[kind];
  return group(
    { class: kind === 'traffic' ? `edge traffic party-${party}` : `edge ${kind}` },
    element('path', {
      class: 'line',
      d: `M0 ${middle}H${head === '' ? 34 : 27}`,
      'stroke-width': kind === 'traffic' ? 9 : undefined,
    }),
    head === '' ? '' : element('path', { class: 'head', d: head, transform: translate(0, middle) }),
  );
}
