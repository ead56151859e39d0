/** A text of the language within another document: what is drawn of it, and what is wrong with it. */
import * as z from 'zod/mini';
import { diagramSchema, layoutSchema } from '../core/diagram/index.ts';

export const blockRequestSchema = z.object({
  text: z.string(),
  /** The document that it stands in: imports are relative to that. */
  document: z.string(),
});

export const blockSchema = z.object({
  /** Of the architectures without errors. */
  pictures: z.array(z.object({ diagram: diagramSchema, layout: layoutSchema })),
  /** Lines counted from 1, within the text. */
  errors: z.array(z.object({ line: z.int(), message: z.string() })),
});

export const BLOCK_REQUEST = 'p2parch/block';

export type Block = z.infer<typeof blockSchema>;
export type BlockRequest = z.infer<typeof blockRequestSchema>;
