/** What was measured in a real outage: a file `record/NAME.json` beside the file whose scenario it belongs to. */
import * as z from 'zod/mini';

const shareSchema = z.number().check(z.minimum(0), z.maximum(1));

export const recordFileSchema = z.object({
  title: z.string(),
  /** The name of the file, `skype-2007.p2parch`, whose scenario it is the record of. */
  example: z.string(),
  architecture: z.string(),
  scenario: z.string(),
  service: z.string(),
  /** What a level of 1 is. */
  full: z.string(),
  points: z
    .array(
      z.object({
        /** Since the scenario's first step. */
        hours: z.number().check(z.minimum(0)),
        level: shareSchema,
        /** Where the source gives a range. */
        low: z.optional(shareSchema),
        high: z.optional(shareSchema),
        /** What the source says, and what of it is assumed. */
        says: z.string(),
        source: z.string(),
      }),
    )
    .check(z.minLength(1), z.maxLength(1000)),
});

/** A record as it is drawn over the runs of a scenario. */
export const recordSchema = z.object({
  title: z.string(),
  architecture: z.string(),
  service: z.string(),
  full: z.string(),
  points: z.array(
    z.object({
      /** Since the beginning of the run. */
      atSeconds: z.number(),
      level: z.number(),
      low: z.number(),
      high: z.number(),
      says: z.string(),
    }),
  ),
  /** Each once. */
  sources: z.array(z.string()),
});

export type RecordFile = z.infer<typeof recordFileSchema>;
export type OutageRecord = z.infer<typeof recordSchema>;
