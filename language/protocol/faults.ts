/** What fails with what: the questions of a panel in failure mode or with a fault tree open, and the server's answers. */
import * as z from 'zod/mini';
import { layoutSchema, partySchema } from '../core/diagram/index.ts';
import { faultTreeSchema } from '../core/fault-tree/schema.ts';

const namedSchema = z.object({ name: z.string(), label: z.string() });

/** A basic event as it is listed, and how much it takes down alone. */
const failureSchema = z.object({
  /** Of the basic event: a component's or hazard's own, or `operator:` and the operator's. */
  ...namedSchema.shape,
  kind: z.enum(['component', 'hazard', 'operator']),
  /** Who runs it, or what it is. */
  caption: z.string(),
  party: z.optional(partySchema),
  external: z.boolean(),
  /** How many are down with it, those that it strikes included. */
  components: z.int(),
  services: z.int(),
  /** The first of those services, as readers know them. */
  firstServices: z.array(z.string()),
});

/** All that can fail in an architecture, the widest reach first. */
export const failuresSchema = z.object({
  kind: z.literal('failures'),
  failures: z.array(failureSchema),
  services: z.array(namedSchema),
  components: z.int(),
});

/** What is down once `failed` have happened; names that are no basic event any more are left out. */
const lossesSchema = z.object({
  kind: z.literal('losses'),
  failed: z.array(z.string()),
  components: z.array(z.string()),
  services: z.array(z.string()),
});

/** Minimal cut sets of a service. Counts are whole numbers as text, for they may be larger than any number holds. */
export const cutSetsSchema = z.object({
  kind: z.literal('cutSets'),
  service: z.string(),
  externalOnly: z.boolean(),
  /** How many there are of order 1, 2, … */
  byOrder: z.array(z.string()),
  total: z.string(),
  /** The highest order of which all are counted; null where every minimal cut set is. */
  completeToOrder: z.nullable(z.int()),
  /** Names of basic events, the smallest sets first. */
  sets: z.array(z.array(z.string())),
  allListed: z.boolean(),
});

const faultTreePictureSchema = z.object({
  kind: z.literal('faultTree'),
  /** True while the text has errors: then this is the tree of the last good text. */
  stale: z.boolean(),
  tree: faultTreeSchema,
  layout: layoutSchema,
});

/** Why there is no answer, for the reader of the panel. */
const refusalSchema = z.object({ kind: z.literal('refusal'), message: z.string() });

export const faultAnswerSchema = z.discriminatedUnion('kind', [
  failuresSchema,
  lossesSchema,
  cutSetsSchema,
  faultTreePictureSchema,
  refusalSchema,
]);

export const faultQuestionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('failures') }),
  z.object({ kind: z.literal('losses'), failed: z.array(z.string()) }),
  z.object({
    kind: z.literal('cutSets'),
    service: z.string(),
    externalOnly: z.boolean(),
    /** How many are listed at most. */
    maxSets: z.int().check(z.minimum(1), z.maximum(10_000)),
  }),
  z.object({
    kind: z.literal('faultTree'),
    service: z.string(),
    /** Ids of gates that the reader has opened or folded. */
    open: z.array(z.string()),
    closed: z.array(z.string()),
  }),
]);

export const faultRequestSchema = z.object({
  uri: z.string(),
  architecture: z.string(),
  question: faultQuestionSchema,
});

/** `version` is that of the text that was looked at. */
export const faultReplySchema = z.object({ version: z.int(), answer: faultAnswerSchema });

export const FAULT_REQUEST = 'p2parch/faults';

export type Failure = z.infer<typeof failureSchema>;
export type Failures = z.infer<typeof failuresSchema>;
export type Losses = z.infer<typeof lossesSchema>;
export type CutSets = z.infer<typeof cutSetsSchema>;
export type FaultTreePicture = z.infer<typeof faultTreePictureSchema>;
export type FaultAnswer = z.infer<typeof faultAnswerSchema>;
export type FaultQuestion = z.infer<typeof faultQuestionSchema>;
export type FaultReply = z.infer<typeof faultReplySchema>;
export type FaultRequest = z.infer<typeof faultRequestSchema>;
