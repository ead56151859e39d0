/** All that a written review of files says: what is drawn, found, counted and run, ready to be put into words. */
import * as z from 'zod/mini';
import { diagramSchema, layoutSchema } from '../core/diagram/index.ts';
import { cutSetsSchema, failuresSchema } from './faults.ts';
import { recoverySchema } from './pictures.ts';
import { severitySchema } from './shared.ts';

const reviewedFindingSchema = z.object({
  /** Absent for an error of the text. */
  rule: z.optional(z.string()),
  severity: severitySchema,
  message: z.string(),
  /** Counted from 1. */
  line: z.int(),
  architecture: z.optional(z.string()),
  accepted: z.boolean(),
  /** Of the acceptance that covers it. */
  because: z.optional(z.string()),
  until: z.optional(z.string()),
});

const reviewedServiceSchema = z.object({
  name: z.string(),
  title: z.string(),
  /** Absent where they could not be found in time. */
  cutSets: z.optional(cutSetsSchema),
  /** Shares of its traffic; null where the text gives none. */
  control: z.nullable(z.object({ company: z.number(), users: z.number(), vendor: z.number() })),
});

const reviewedArchitectureSchema = z.object({
  name: z.string(),
  title: z.string(),
  documentation: z.optional(z.string()),
  diagram: diagramSchema,
  layout: layoutSchema,
  services: z.array(reviewedServiceSchema),
  /** What can fail, under the names that cut sets have. */
  failures: failuresSchema,
});

export const reviewedFileSchema = z.object({
  name: z.string(),
  /** Errors, and findings whether accepted or not, in the order of the text. */
  findings: z.array(reviewedFindingSchema),
  /** Those without errors. */
  architectures: z.array(reviewedArchitectureSchema),
  /** Each scenario that can run, on up to four architectures at a time. */
  recoveries: z.array(recoverySchema),
});

export const reviewSchema = z.object({ title: z.string(), files: z.array(reviewedFileSchema) });

export const reviewRequestSchema = z.object({ uri: z.string(), runs: z.int().check(z.minimum(1), z.maximum(100_000)) });
export const reviewReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('review'), review: reviewSchema }),
  z.object({ kind: z.literal('refusal'), message: z.string() }),
]);

export const REVIEW_REQUEST = 'p2parch/review';

export type ReviewedFinding = z.infer<typeof reviewedFindingSchema>;
export type ReviewedArchitecture = z.infer<typeof reviewedArchitectureSchema>;
export type ReviewedFile = z.infer<typeof reviewedFileSchema>;
export type Review = z.infer<typeof reviewSchema>;
export type ReviewRequest = z.infer<typeof reviewRequestSchema>;
export type ReviewReply = z.infer<typeof reviewReplySchema>;
