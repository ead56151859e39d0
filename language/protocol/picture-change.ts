/**
 * What differs between two pictures of an architecture that show the same things: after a changed number that is a few
 * nodes, and to send these alone is many times less than the picture.
 */
import * as z from 'zod/mini';
import { containerSchema, edgeSchema, nodeSchema } from '../core/diagram/index.ts';
import { pictureSchema } from './pictures.ts';

/** A picture without the places in the text, which a page has no use for. */
export const panelPictureSchema = z.omit(pictureSchema, { places: true });
export type PanelPicture = z.infer<typeof panelPictureSchema>;

/** What is absent is as it was. */
export const pictureChangeSchema = z.object({
  version: z.int(),
  stale: z.string(),
  architectures: z.optional(panelPictureSchema.shape.architectures),
  scenarios: z.optional(panelPictureSchema.shape.scenarios),
  folding: z.optional(panelPictureSchema.shape.folding),
  layout: z.optional(panelPictureSchema.shape.layout),
  title: z.optional(z.string()),
  badges: z.optional(panelPictureSchema.shape.diagram.shape.badges),
  /** Those that differ, each in the place of the one with its id. */
  nodes: z.array(nodeSchema),
  edges: z.array(edgeSchema),
  containers: z.array(containerSchema),
});
export type PictureChange = z.infer<typeof pictureChangeSchema>;

/** What makes `after` of `before`; nothing if they show different things. */
export function changeOf(before: PanelPicture, after: PanelPicture): PictureChange | undefined {
  const [old, now] = [before.diagram, after.diagram];
  if (before.uri !== after.uri || before.architecture !== after.architecture) return undefined;
  if (!LISTS.every((list) => haveSameIds(old[list], now[list]))) return undefined;
  const { version, stale } = after;
  return {
    version,
    stale,
    ...(differ(before.architectures, after.architectures) && { architectures: after.architectures }),
    ...(differ(before.scenarios, after.scenarios) && { scenarios: after.scenarios }),
    ...(differ(before.folding, after.folding) && { folding: after.folding }),
    ...(differ(before.layout, after.layout) && { layout: after.layout }),
    ...(old.title !== now.title && { title: now.title }),
    ...(differ(old.badges, now.badges) && { badges: now.badges }),
    nodes: now.nodes.filter((node, at) => differ(node, old.nodes[at])),
    edges: now.edges.filter((edge, at) => differ(edge, old.edges[at])),
    containers: now.containers.filter((container, at) => differ(container, old.containers[at])),
  };
}

/** The picture that `before` becomes; what does not differ is the same object. */
export const changed = (before: PanelPicture, change: PictureChange): PanelPicture => ({
  ...before,
  version: change.version,
  stale: change.stale,
  architectures: change.architectures ?? before.architectures,
  scenarios: change.scenarios ?? before.scenarios,
  folding: change.folding ?? before.folding,
  layout: change.layout ?? before.layout,
  diagram: {
    ...before.diagram,
    title: change.title ?? before.diagram.title,
    badges: change.badges ?? before.diagram.badges,
    nodes: replaced(before.diagram.nodes, change.nodes),
    edges: replaced(before.diagram.edges, change.edges),
    containers: replaced(before.diagram.containers, change.containers),
  },
});

const LISTS = ['nodes', 'edges', 'containers'] as const;

interface Named {
  readonly id: string;
}

const haveSameIds = (before: readonly Named[], after: readonly Named[]): boolean =>
  before.length === after.length && after.every(({ id }, at) => id === before[at]?.id);

const differ = (before: unknown, after: unknown): boolean =>
  before !== after && JSON.stringify(before) !== JSON.stringify(after);

function replaced<Thing extends Named>(things: Thing[], others: readonly Thing[]): Thing[] {
  if (others.length === 0) return things;
  const byId = new Map(others.map((other) => [other.id, other]));
  return things.map((thing) => byId.get(thing.id) ?? thing);
}
