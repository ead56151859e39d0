/**
 * The diagram: what the picture says and how much room each word takes, before anything has a place.
 * Server and webview exchange it, so its types are inferred from schemas. Lists and not records are keyed by
 * names: `__proto__` is a good name in the language.
 */
import * as z from 'zod/mini';

export const partySchema = z.enum(['company', 'users', 'vendor']);

const severitySchema = z.enum(['error', 'warning', 'information', 'hint']);

/** Findings of one severity on one thing. Those that the team has accepted stand apart, and quieter. */
export const badgeSchema = z.object({
  severity: severitySchema,
  accepted: z.boolean(),
  count: z.number(),
  /** One a finding: `rule: message`; of many, the first. */
  messages: z.array(z.string()),
});

/** One line of text; `x` is its left end, or its right end where `end` is set; `y` the base line. */
export const lineSchema = z.object({
  role: z.enum(['title', 'caption', 'fact', 'scale']),
  text: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  end: z.boolean(),
});

/** Where the dots stand: column by column, from the left, `rows` to a column. */
export const dotGridSchema = z.object({
  x: z.number(),
  y: z.number(),
  rows: z.number(),
  pitch: z.number(),
  radius: z.number(),
  dots: z.number(),
  instancesPerDot: z.number(),
});

export const loadBarSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  /** From where on the pool suffers: `overloads above`, or 1 where the limit is hard. */
  limit: z.number(),
  /** The load when all is up. */
  usual: z.number(),
});

export const poolSchema = z.object({
  instances: z.number(),
  promoted: z.boolean(),
  grid: dotGridSchema,
  /** Base line of the caption, in whose place the numbers stand while a recovery plays. */
  numbersY: z.number(),
  load: z.optional(loadBarSchema),
});

/** What a hazard hits of this component. */
export const exposureTagSchema = z.object({
  hazard: z.string(),
  text: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

const nodeBase = {
  /** The name; for a junction its owner's name and the place of the need, with a `#` that no name has. */
  id: z.string(),
  label: z.string(),
  /** A whole sentence for those who cannot see the picture. */
  description: z.string(),
  width: z.number(),
  height: z.number(),
  /** The container around it; absent for what stands in no zone. */
  container: z.optional(z.string()),
  lines: z.array(lineSchema),
  badges: z.array(badgeSchema),
};

export const componentNodeSchema = z.object({
  ...nodeBase,
  kind: z.literal('component'),
  party: partySchema,
  operator: z.optional(z.string()),
  pool: poolSchema,
  exposures: z.array(exposureTagSchema),
});

export const serviceNodeSchema = z.object({
  ...nodeBase,
  kind: z.literal('service'),
  /** The bar of the service's level; `usual` is that with all up, 1 where it is absent. */
  level: z.object({ x: z.number(), y: z.number(), width: z.number(), usual: z.optional(z.number()) }),
  /** Traffic by who carries it, largest first. */
  traffic: z.array(z.object({ party: partySchema, share: z.number() })),
});

export const hazardNodeSchema = z.object({ ...nodeBase, kind: z.literal('hazard') });

/** A gate between a need and its alternatives: `or`, `and`, `2 of 3`. */
export const junctionNodeSchema = z.object({ ...nodeBase, kind: z.literal('junction'), owner: z.string() });

/** A zone or group that is folded to one box. Its id is the container's. */
export const foldedNodeSchema = z.object({
  ...nodeBase,
  kind: z.literal('folded'),
  /** Of what it was: a zone or a group. */
  of: z.enum(['zone', 'group']),
  party: partySchema,
  operator: z.optional(z.string()),
  group: z.optional(z.string()),
  /** The names of the components in it. */
  components: z.array(z.string()),
  /** All their instances as one, where a recovery plays. */
  pool: z.optional(poolSchema),
});

export const nodeSchema = z.discriminatedUnion('kind', [
  componentNodeSchema,
  foldedNodeSchema,
  serviceNodeSchema,
  hazardNodeSchema,
  junctionNodeSchema,
]);

export const edgeKindSchema = z.enum(['needs', 'needsToStart', 'promotes', 'traffic', 'serviceFor']);

export const edgeSchema = z.object({
  id: z.string(),
  kind: edgeKindSchema,
  from: z.string(),
  to: z.string(),
  /** True behind a junction: losing this one alone may do no harm. */
  alternative: z.boolean(),
  /** The edge that it runs along, drawn within: a need of what carries the same service's traffic. */
  along: z.optional(z.string()),
  /** Of the service's traffic, 0…1. */
  share: z.optional(z.number()),
  /** How many edges it stands for, where an end is folded; one unless said. */
  count: z.optional(z.number()),
  label: z.optional(z.object({ text: z.string(), width: z.number(), height: z.number() })),
  description: z.string(),
});

/** A zone (who controls it) or a group within one zone. Parents stand before their children. */
export const containerSchema = z.object({
  id: z.string(),
  kind: z.enum(['zone', 'group']),
  party: partySchema,
  /** The vendor of a zone of one vendor. */
  operator: z.optional(z.string()),
  /** The group's name; a group with members in several zones has a container in each. */
  group: z.optional(z.string()),
  container: z.optional(z.string()),
  label: z.string(),
  description: z.string(),
  /** How many components stand in it, those of inner groups included. */
  components: z.number(),
  /** Room for the heading, badges and all. */
  headingWidth: z.number(),
  badges: z.array(badgeSchema),
});

export const diagramSchema = z.object({
  architecture: z.string(),
  title: z.string(),
  nodes: z.array(nodeSchema),
  edges: z.array(edgeSchema),
  containers: z.array(containerSchema),
  /** Findings on the architecture as a whole. */
  badges: z.array(badgeSchema),
});

export type Party = z.infer<typeof partySchema>;
export type Badge = z.infer<typeof badgeSchema>;
export type Line = z.infer<typeof lineSchema>;
export type DotGrid = z.infer<typeof dotGridSchema>;
export type LoadBar = z.infer<typeof loadBarSchema>;
export type Pool = z.infer<typeof poolSchema>;
export type ExposureTag = z.infer<typeof exposureTagSchema>;
export type ComponentNode = z.infer<typeof componentNodeSchema>;
export type ServiceNode = z.infer<typeof serviceNodeSchema>;
export type HazardNode = z.infer<typeof hazardNodeSchema>;
export type FoldedNode = z.infer<typeof foldedNodeSchema>;
export type JunctionNode = z.infer<typeof junctionNodeSchema>;
export type DiagramNode = z.infer<typeof nodeSchema>;
export type EdgeKind = z.infer<typeof edgeKindSchema>;
export type DiagramEdge = z.infer<typeof edgeSchema>;
export type Container = z.infer<typeof containerSchema>;
export type Diagram = z.infer<typeof diagramSchema>;
