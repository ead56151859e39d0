/** What the server tells while runs go on, and what it knows of the numbers that they depend on. */
import * as z from 'zod/mini';
import { recoverySchema } from './pictures.ts';
import { percentilesSchema, rangeSchema } from './shared.ts';

/** Sent for a request with a `token`, some five times a second at most, in the order of `doneRuns`. */
export const recoveryProgressSchema = z.object({
  token: z.string(),
  /** Over all architectures that were asked for. */
  doneRuns: z.int(),
  runs: z.int(),
  /** Of the runs done so far, as in the reply; not with every message. Each result says how many `runs` it is of. */
  recovery: z.optional(recoverySchema),
});

/** How a number stands in the text: see `written` and `digits` of core/words. */
export const notationSchema = z.object({
  measure: z.enum(['count', 'rate', 'duration', 'share', 'share rate']),
  unit: z.enum(['ms', 's', 'min', 'h', 'd']),
});

/** A number of an architecture, or of a scenario's steps, that decides how it recovers. Values are in seconds, per second, 1 = 100%. */
export const modelNumberSchema = z.object({
  id: z.string(),
  /** For a scenario's, the scenario. */
  component: z.string(),
  /** Of the component, or of the scenario. */
  title: z.string(),
  /** What it is, in the words of the language: "promoted from Client at". */
  words: z.string(),
  value: z.number(),
  /** As it is written: "10/min". */
  text: z.string(),
  notation: notationSchema,
  /** The ends of a slider; steps between them are best even in the logarithm. */
  least: z.number(),
  most: z.number(),
  /** The number in its file. To write another there: `edit` of core/words. Absent where the text says none. */
  source: z.optional(z.object({ uri: z.string(), range: rangeSchema, before: z.string(), after: z.string() })),
});

export const numbersRequestSchema = z.object({
  uri: z.string(),
  architecture: z.string(),
  /** With one, the numbers of its steps come as well, before those of the architecture. */
  scenario: z.optional(z.string()),
});
export const numbersReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('numbers'), version: z.int(), numbers: z.array(modelNumberSchema) }),
  z.object({ kind: z.literal('refusal'), message: z.string() }),
]);

export const sensitivityRequestSchema = z.object({
  uri: z.string(),
  architecture: z.string(),
  scenario: z.string(),
  /** Of each variation; 20 are enough to compare. */
  runs: z.int().check(z.minimum(1), z.maximum(1000)),
  firstSeed: z.int(),
  token: z.optional(z.string()),
});

/** By service: seconds from the first step to the level that is expected of it, or 95%; null for "not within the run". */
const recoveriesSchema = z.record(z.string(), z.object({ level: z.number(), ...percentilesSchema.shape }));

const variationSchema = z.object({ value: z.number(), text: z.string(), services: recoveriesSchema });

/** What became of a number's change. */
export const movedSchema = z.object({
  /** With 20% less and 20% more, as near as the number can be to that. */
  less: variationSchema,
  more: variationSchema,
  /**
   * By expectation: the value with which it just comes to hold, or still does; null where none between a hundredth and
   * a hundred times the present one changes that.
   */
  turns: z.array(z.nullable(z.object({ value: z.number(), text: z.string() }))),
});

export const numberSensitivitySchema = z.object({ number: modelNumberSchema, ...movedSchema.shape });

export const sensitivitySchema = z.object({
  /** By which expectations are judged. */
  runs: z.int(),
  /** Of each variation, and of `services`. */
  variedRuns: z.int(),
  firstSeed: z.int(),
  /** As the architecture is. */
  services: recoveriesSchema,
  expectations: z.array(
    z.object({
      text: z.string(),
      holds: z.boolean(),
      share: z.number(),
      measured: z.nullable(z.number()),
      /** What would just make it hold, each a way of its own, the smallest change first: "promote 3.1 times faster". */
      remedies: z.array(z.string()),
    }),
  ),
  /** Those that move the recovery most come first. */
  numbers: z.array(numberSensitivitySchema),
});

export const sensitivityReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sensitivity'), version: z.int(), sensitivity: sensitivitySchema }),
  z.object({ kind: z.literal('refusal'), message: z.string() }),
]);

/** Sent for a request with a `token`. */
export const sensitivityProgressSchema = z.object({ token: z.string(), doneNumbers: z.int(), numbers: z.int() });

export const RECOVERY_PROGRESS = 'p2parch/recoveryProgress';
export const NUMBERS_REQUEST = 'p2parch/numbers';
export const SENSITIVITY_REQUEST = 'p2parch/sensitivity';
export const SENSITIVITY_PROGRESS = 'p2parch/sensitivityProgress';

export type RecoveryProgress = z.infer<typeof recoveryProgressSchema>;
export type ReportedNumber = z.infer<typeof modelNumberSchema>;
export type NumbersRequest = z.infer<typeof numbersRequestSchema>;
export type NumbersReply = z.infer<typeof numbersReplySchema>;
export type SensitivityRequest = z.infer<typeof sensitivityRequestSchema>;
export type SensitivityReply = z.infer<typeof sensitivityReplySchema>;
export type ReportedSensitivity = z.infer<typeof sensitivitySchema>;
export type SensitivityProgress = z.infer<typeof sensitivityProgressSchema>;
