import type { Architecture, Component, Hazard, Party, Service } from '../model/index.ts';
import type { Finding } from '../rules/finding.ts';
import { BADGE_GAP, badgesOf, badgesWidth, badgeWords, NODE_BADGES_WIDTH } from './badges.ts';
import {
  componentFacts,
  type Labels,
  LONGEST_LINE,
  labelWords,
  needWords,
  PARTY_WORDS,
  promotionWords,
} from './facts.ts';
import { dotGrid, GRID_HEIGHT, GRID_WIDTH } from './grid.ts';
import { reservedWidth, shortened, textWidth, wrapReserved } from './measure.ts';
import type { ComponentNode, HazardNode, JunctionNode, LoadBar, ServiceNode } from './schema.ts';
import { addText, emptyStack, FONTS, LINE_HEIGHTS, type Stack } from './stack.ts';
import { countWords, instanceWords, percentWords, roundCount } from './words.ts';

export const ICON_SIZE = 18;

const LEFT = 18;
const TITLE_LEFT = LEFT + ICON_SIZE + 8;
const RIGHT = 14;
const TOP = 12;
const BOTTOM = 12;
const WIDEST_TEXT = 290;
/** Beside the icon and before the badges. */
const WIDEST_TITLE = WIDEST_TEXT - ICON_SIZE - NODE_BADGES_WIDTH;
const TAG_HEIGHT = 20;
const TAG_GAP = 4;
/** Sign before a tag's words, and air on both sides. */
const TAG_FRAME = 28;
/** `● = 100k`, and the air before the dot. */
const SCALE_WIDTH = 64;
/** Room for one of the three counts of a recovery, sign and all; with the scale, as wide as the dots. */
export const COUNT_WIDTH = 58;
const LOAD_LABEL = 34;
const LOAD_FIGURE = 52;

/** Names, findings and what else all kinds of nodes ask for. */
export interface NodeContext {
  readonly architecture: Architecture;
  readonly labels: Labels;
  readonly findingsOn: (subject: string) => readonly Finding[];
  /** The container of a component; undefined outside of zones. */
  readonly containerOf: (component: string) => string | undefined;
  /** Of a component, and of a service, with all up. */
  readonly usualLoad: (component: string) => number;
  readonly usualLevel: (service: string) => number;
  /** False where there are too many nodes for small type. */
  readonly facts: boolean;
}

/** Whole sentences, for screen readers. */
const sentences = (...parts: (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('. ');

export function componentNode(component: Component, context: NodeContext): ComponentNode {
  const { labels } = context;
  const label = labels(component.name);
  const badges = badgesOf(context.findingsOn(component.name));
  const stack = emptyStack(TOP);
  addText(stack, 'title', label, TITLE_LEFT, WIDEST_TITLE);
  stack.right += badgesWidth(badges, NODE_BADGES_WIDTH) + BADGE_GAP;
  stack.bottom += 3;
  const numbersY = stack.bottom + 12;
  const grid = dotGrid(component.instances, LEFT, 0);
  const scale = grid.instancesPerDot > 1 ? `= ${roundCount(grid.instancesPerDot)}` : '';
  const caption = captionOf(component);
  addText(stack, 'caption', caption, LEFT, WIDEST_TEXT);
  // One instance takes the room of many, or a changed number would move something.
  const longest = captionOf({ ...component, instances: 2 });
  const missing =
    wrapReserved(longest, FONTS.caption, WIDEST_TEXT).length - wrapReserved(caption, FONTS.caption, WIDEST_TEXT).length;
  stack.bottom += missing * LINE_HEIGHTS.caption;
  stack.right = Math.max(
    stack.right,
    LEFT + GRID_WIDTH,
    LEFT + Math.min(WIDEST_TEXT, reservedWidth(longest, FONTS.caption)) + SCALE_WIDTH,
  );
  grid.y = stack.bottom + 4;
  stack.bottom = grid.y + GRID_HEIGHT;
  const load = loadBar(component, context.usualLoad(component.name), stack);

  const facts = componentFacts(component, labels);
  if (context.facts && facts.length > 0) {
    stack.bottom += 6;
    for (const fact of facts) addText(stack, 'fact', fact, LEFT, WIDEST_TEXT);
  }
  const exposures = exposureTags(component, labels, stack);

  const width = stack.right + RIGHT;
  if (scale !== '') stack.lines.push(scaleLine(scale, width - RIGHT, numbersY));
  if (load !== undefined) load.width = width - RIGHT - LOAD_FIGURE - load.x;
  return {
    kind: 'component',
    id: component.name,
    label,
    description: sentences(
      `${label}, ${operatorWords(component)}, ${instanceWords(component.instances)}`,
      component.needs
        .map((need) => `needs ${needWords(need.expression, labels)}${need.toStart ? ' to start' : ''}`)
        .join(', '),
      facts.join(', '),
      component.promotion &&
        `promoted from ${labels(component.promotion.source)} at ${promotionWords(component.promotion)}`,
      exposures.map(({ text }) => `exposed to ${text}`).join(', '),
      badgeWords(badges),
    ),
    party: component.party,
    ...(component.operator === undefined ? {} : { operator: component.operator }),
    ...withContainer(context.containerOf(component.name)),
    width,
    height: stack.bottom + BOTTOM,
    lines: stack.lines,
    badges,
    pool: {
      instances: component.instances,
      promoted: component.promotion !== undefined,
      grid,
      numbersY,
      ...(load === undefined ? {} : { load }),
    },
    exposures,
  };
}

const withContainer = (container: string | undefined) => (container === undefined ? {} : { container });

/** `Users · 9.6 million`; that there is one is said by its one dot. */
const captionOf = ({ party, operator, instances }: Component): string =>
  [
    PARTY_WORDS[party],
    ...(operator === undefined ? [] : [labelWords(operator)]),
    ...(instances === 1 ? [] : [countWords(instances)]),
  ].join(' · ');

const operatorWords = ({ party, operator }: Component): string => {
  const run = { company: 'run by the company', users: 'run by users', vendor: 'run by a vendor' }[party];
  return operator === undefined ? run : `${run}, ${labelWords(operator)}`;
};

/** `● = 250`, at the right end of the caption; the renderer draws the dot. */
function scaleLine(text: string, right: number, y: number) {
  return { role: 'scale' as const, text, x: right, y, width: textWidth(text, FONTS.scale), end: true };
}

/** Its width is set when the node's is known. */
function loadBar(component: Component, usual: number, stack: Stack): LoadBar | undefined {
  if (component.serves.length === 0 && component.admits.length === 0) return undefined;
  const limit = component.overload?.limit ?? 1;
  const y = stack.bottom + 4;
  stack.bottom = y + 16;
  return { x: LEFT + LOAD_LABEL, y, width: 0, limit, usual };
}

function exposureTags(component: Component, labels: Labels, stack: Stack) {
  if (component.exposures.length > 0) stack.bottom += 8;
  return component.exposures.map(({ hazard, share }, index) => {
    const text = `${shortened(labels(hazard), LONGEST_LINE)} ${percentWords(share)}`;
    const width = reservedWidth(text, FONTS.tag) + TAG_FRAME;
    const y = stack.bottom + (index > 0 ? TAG_GAP : 0);
    stack.bottom = y + TAG_HEIGHT;
    stack.right = Math.max(stack.right, LEFT + width);
    return { hazard, text, x: LEFT, y, width, height: TAG_HEIGHT };
  });
}

export function serviceNode(service: Service, context: NodeContext): ServiceNode {
  const { labels } = context;
  const label = labels(service.name);
  const badges = badgesOf(context.findingsOn(service.name));
  const traffic = trafficByParty(service, context.architecture);
  const caption = service.population === undefined ? 'Service' : `Service for ${labels(service.population)}`;
  const trafficFact = traffic
    .map(({ party, share }) => `${percentWords(share)} ${PARTY_WORDS[party].toLowerCase()}`)
    .join(', ');

  const stack = emptyStack(TOP);
  addText(stack, 'title', label, TITLE_LEFT, WIDEST_TITLE);
  stack.right += badgesWidth(badges, NODE_BADGES_WIDTH) + BADGE_GAP;
  addText(stack, 'caption', caption, TITLE_LEFT, WIDEST_TEXT - ICON_SIZE);
  stack.bottom += 6;
  const levelY = stack.bottom;
  stack.bottom += 14;
  if (trafficFact !== '') {
    stack.bottom += 4;
    addText(stack, 'fact', `traffic: ${trafficFact}`, LEFT, WIDEST_TEXT);
  }
  const width = Math.max(LEFT + GRID_WIDTH, stack.right) + LEFT;
  const usual = context.usualLevel(service.name);
  return {
    kind: 'service',
    id: service.name,
    label,
    description: sentences(
      service.population === undefined ? `Service ${label}` : `Service ${label} for ${labels(service.population)}`,
      service.needs.map((need) => `needs ${needWords(need.expression, labels)}`).join(', '),
      usual < 1 ? `${percentWords(usual)} with all up` : undefined,
      trafficFact === '' ? undefined : `traffic: ${trafficFact}`,
      badgeWords(badges),
    ),
    width,
    height: stack.bottom + BOTTOM,
    lines: stack.lines,
    badges,
    level: { x: LEFT, y: levelY, width: width - 2 * LEFT - LOAD_FIGURE, ...(usual < 1 && { usual }) },
    traffic,
  };
}

function trafficByParty(service: Service, architecture: Architecture): { party: Party; share: number }[] {
  const shares = new Map<Party, number>();
  for (const { share, component } of service.traffic) {
    const party = architecture.components.find(({ name }) => name === component)?.party;
    if (party !== undefined) shares.set(party, (shares.get(party) ?? 0) + share);
  }
  return [...shares].map(([party, share]) => ({ party, share })).sort((a, b) => b.share - a.share);
}

/** Small, for what it hits is said on the components. */
export function hazardNode(hazard: Hazard, context: NodeContext): HazardNode {
  const { architecture, labels } = context;
  const label = labels(hazard.name);
  const badges = badgesOf(context.findingsOn(hazard.name));
  const hit = architecture.components.flatMap((component) =>
    component.exposures
      .filter((exposure) => exposure.hazard === hazard.name)
      .map(({ share }) => `${percentWords(share)} of ${labels(component.name)}`),
  );
  const stack = emptyStack(10);
  addText(stack, 'title', label, TITLE_LEFT - 2, WIDEST_TEXT);
  stack.right += badgesWidth(badges, NODE_BADGES_WIDTH) + BADGE_GAP;
  addText(stack, 'caption', hitWords(hit), TITLE_LEFT - 2, WIDEST_TEXT);
  return {
    kind: 'hazard',
    id: hazard.name,
    label,
    description: sentences(
      `Hazard ${label}`,
      `hits ${hit.length === 0 ? 'nothing' : hit.join(', ')}`,
      badgeWords(badges),
    ),
    width: Math.max(150, stack.right + RIGHT),
    height: stack.bottom + 10,
    lines: stack.lines,
    badges,
  };
}

const hitWords = (hit: readonly string[]): string =>
  hit.length === 0 ? 'hits nothing' : hit.length <= 3 ? `hits ${hit.join(', ')}` : `hits ${hit.length} components`;

/** A pill with two or three words, between a need and its alternatives. */
export function junctionNode(
  id: string,
  owner: string,
  text: string,
  description: string,
  container: string | undefined,
): JunctionNode {
  const width = textWidth(text, FONTS.edge) + 20;
  return {
    kind: 'junction',
    id,
    owner,
    label: text,
    description,
    ...withContainer(container),
    width,
    height: 22,
    lines: [],
    badges: [],
  };
}
