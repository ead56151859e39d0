import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const FOLDER = path.resolve(import.meta.dirname, '../../extension/examples/record');

const share = z.number().min(0).max(1);

const pointSchema = z
  .strictObject({
    /** Since the scenario's first step, which stands for `begins`. */
    hours: z.number().nonnegative(),
    level: share,
    /** Where the source gives a range. */
    low: share.optional(),
    high: share.optional(),
    /** What the source says, and what of it is assumed. */
    says: z.string().min(1),
    source: z.string().min(1),
  })
  .refine(({ level, low = level, high = level }) => low <= level && level <= high, 'the level is within its range');

const recordSchema = z.strictObject({
  title: z.string().min(1),
  example: z.string().endsWith('.p2parch'),
  architecture: z.string(),
  scenario: z.string(),
  service: z.string(),
  /** Null where the source gives none. */
  begins: z.iso.datetime({ precision: -1 }).nullable(),
  /** What a level of 1 is. */
  full: z.string().min(1),
  points: z
    .array(pointSchema)
    .min(1)
    .refine(
      (points) => points.every(({ hours }, index) => hours > (points[index - 1]?.hours ?? -1)),
      'the points are in the order of time',
    ),
});

export type OutageRecord = z.infer<typeof recordSchema>;
export type PointOfRecord = z.infer<typeof pointSchema>;

/** The measured curves, by name. */
export const RECORDS: Readonly<Record<string, OutageRecord>> = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [
    path.basename(file, '.json'),
    recordSchema.parse(JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'))),
  ]),
);
