/** What a panel asks for about a recovery: the runs, what they would be with other numbers, and what depends on what. */
import * as z from 'zod/mini';
import { aspectSchema } from './pictures.ts';
import { modelNumberSchema, sensitivitySchema } from './runs.ts';

const architecturesSchema = z.array(z.string()).check(z.minLength(1), z.maxLength(4));

/** Run a scenario; a later request takes the place of one that still runs. */
export const runInputSchema = z.object({
  scenario: z.string(),
  architectures: architecturesSchema,
  /** Ids of containers, if the reader folded or opened some; otherwise as large pictures begin. */
  folded: z.optional(z.array(z.string())),
  /** Of the room that each picture will have. */
  aspect: z.optional(aspectSchema),
});

/** The same with other numbers than are written. Few runs come at once, all that the settings ask for take longer. */
export const whatIfInputSchema = z.object({
  ...runInputSchema.shape,
  changes: z.array(z.object({ id: z.string(), value: z.number().check(z.positive()) })),
  /** Absent: as many as the settings say. */
  runs: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
});

export const numbersInputSchema = z.object({ architecture: z.string(), scenario: z.string() });
export const numbersSchema = z.object({ architecture: z.string(), numbers: z.array(modelNumberSchema) });

export const sensitivityInputSchema = z.object({ architecture: z.string(), scenario: z.string() });
export const sensitivityOfSchema = z.object({ architecture: z.string(), sensitivity: sensitivitySchema });

/** Put a value into the text, where it is written. Refused if the text is not the one that the panel shows. */
export const writeInputSchema = z.object({
  architecture: z.string(),
  scenario: z.string(),
  number: z.string(),
  value: z.number().check(z.positive()),
});
/** What stands there now, as it is written. */
export const writtenSchema = z.object({ text: z.string() });

export type Change = z.infer<typeof whatIfInputSchema>['changes'][number];
