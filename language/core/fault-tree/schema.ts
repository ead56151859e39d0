/**
 * The fault tree of a service as it is drawn: gates and basic events, each with its words and the room they take,
 * before anything has a place. Server and webview exchange it, so its types are inferred from schemas.
 */
import * as z from 'zod/mini';
import { partySchema } from '../diagram/index.ts';

const treeLineSchema = z.object({
  role: z.enum(['title', 'caption']),
  text: z.string(),
  /** Middle of the line, and its base line. */
  x: z.number(),
  y: z.number(),
});

const nodeBase = {
  /** Stays the same while the text around it changes: of a need, its owner's name and its place. */
  id: z.string(),
  /** What happens, without a full stop: `Loss of SuperNode`. */
  words: z.string(),
  /** The whole of it for those who cannot see the picture. */
  description: z.string(),
  /** The name that stands in the text, where there is one. */
  element: z.optional(z.string()),
  width: z.number(),
  height: z.number(),
  /** Height of the box that holds the words; below it stands the symbol. */
  boxHeight: z.number(),
  lines: z.array(treeLineSchema),
};

/** Happens when `count` of `inputs` do: 1 is an `or`, all of them an `and`. An input may stand more than once. */
export const gateSchema = z.object({
  ...nodeBase,
  kind: z.literal('gate'),
  count: z.int(),
  inputs: z.array(z.string()),
  /** `any one`, `all 2`, `2 of 3`; empty with a single input, which needs no gate. */
  rule: z.string(),
});

/** A gate whose inputs are not drawn. */
export const foldedGateSchema = z.object({
  ...nodeBase,
  kind: z.literal('folded'),
  /** Basic events below it. */
  events: z.int(),
});

export const eventLeafSchema = z.object({
  ...nodeBase,
  kind: z.literal('event'),
  /** The name of the basic event. */
  event: z.string(),
  of: z.enum(['component', 'hazard', 'operator']),
  /** Who controls it; absent for a hazard and for an operator of several parties. */
  party: z.optional(partySchema),
  external: z.boolean(),
});

/** Where needs close a circle: what it stands for is above it already, and so adds no cause. Never happens here. */
export const circleSchema = z.object({ ...nodeBase, kind: z.literal('circle') });

/** Inputs of a gate with very many, left out until asked for. */
export const restSchema = z.object({ ...nodeBase, kind: z.literal('rest'), count: z.int() });

export const treeNodeSchema = z.discriminatedUnion('kind', [
  gateSchema,
  foldedGateSchema,
  eventLeafSchema,
  circleSchema,
  restSchema,
]);

export const faultTreeSchema = z.object({
  service: z.string(),
  /** The service as readers know it. */
  title: z.string(),
  /** The top event; absent where nothing that may fail takes the service down. */
  top: z.optional(z.string()),
  /** From the top downwards, each once, however many gates it is an input of. */
  nodes: z.array(treeNodeSchema),
});

export type TreeLine = z.infer<typeof treeLineSchema>;
export type TreeGate = z.infer<typeof gateSchema>;
export type FoldedGate = z.infer<typeof foldedGateSchema>;
export type EventLeaf = z.infer<typeof eventLeafSchema>;
export type TreeNode = z.infer<typeof treeNodeSchema>;
export type FaultTree = z.infer<typeof faultTreeSchema>;
