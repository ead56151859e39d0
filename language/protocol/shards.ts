/** A shard of a simulation, as `simulate --shard i/n` writes it and `merge` reads it, version 1. */
import * as z from 'zod/mini';
import { rangeSchema, recoverySecondsSchema } from './shared.ts';

/**
 * One quantity over the runs of the shard: at each of `times` its value in every run, ascending, as IEEE 754 doubles in
 * eight planes of bytes, the lowest byte first (so that what is alike stands together), deflated (RFC 1951), in Base64.
 */
const columnSchema = z.string();

export const expectationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backTo'), service: z.string(), level: z.number(), withinSeconds: z.number() }),
  z.object({ kind: z.literal('neverBelow'), service: z.string(), level: z.number() }),
]);

export const shardSchema = z.object({
  version: z.literal(1),
  kind: z.literal('shard'),
  file: z.string(),
  /** SHA-256 of all that the numbers depend on: models, scenarios, options, the version of the program. */
  fingerprint: z.string(),
  /** `index` 1…`of`. */
  shard: z.object({ index: z.int().check(z.minimum(1)), of: z.int().check(z.minimum(1)) }),
  /** Of all shards together. */
  runs: z.int().check(z.minimum(1)),
  firstSeed: z.int(),
  /** SHA-256 of all the rest, as JSON without white space, so that what was damaged is not merged. */
  digest: z.string(),
  results: z.array(
    z.object({
      architecture: z.string(),
      scenario: z.string(),
      /** Of this shard. */
      runs: z.int().check(z.minimum(0)),
      horizon: z.number(),
      firstStep: z.number(),
      times: z.array(z.number()),
      recoveryLevels: z.array(z.number()),
      services: z.array(
        z.object({
          name: z.string(),
          level: columnSchema,
          /** Of each run, in no order. */
          lowest: z.array(z.number()),
          /** By level of `recoveryLevels`, then of each run. */
          recovery: z.array(z.array(recoverySecondsSchema)),
        }),
      ),
      components: z.array(z.object({ name: z.string(), up: columnSchema, starting: columnSchema, down: columnSchema })),
      expectations: z.array(z.object({ text: z.string(), range: rangeSchema, expectation: expectationSchema })),
    }),
  ),
});

export type Shard = z.infer<typeof shardSchema>;
