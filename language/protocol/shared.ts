/** Pieces that several messages are made of. */
import * as z from 'zod/mini';

export const positionSchema = z.object({ line: z.int(), character: z.int() });
export const rangeSchema = z.object({ start: positionSchema, end: positionSchema });
export const severitySchema = z.enum(['error', 'warning', 'information', 'hint']);

/** Values at each of a result's `times`. */
export const bandSchema = z.object({
  mean: z.array(z.number()),
  p10: z.array(z.number()),
  p50: z.array(z.number()),
  p90: z.array(z.number()),
});

/** Seconds after the first step; null for "not within the run". */
export const recoverySecondsSchema = z.nullable(z.number());
export const percentilesSchema = z.object({
  p10: recoverySecondsSchema,
  p50: recoverySecondsSchema,
  p90: recoverySecondsSchema,
});

export type Range = z.infer<typeof rangeSchema>;
