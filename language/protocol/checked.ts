/** The server's word that a file was checked: its meaning or soundness may have changed, and with it what is seen. */
import * as z from 'zod/mini';
import { pictureChangeSchema } from './picture-change.ts';
import { pictureSchema } from './pictures.ts';

/** What has become of the picture of a panel, told unasked: the panel waits for no answer behind others. */
export const redrawnSchema = z.object({
  panel: z.int(),
  /** The serial of the picture that it is a change of, and that of what it becomes. */
  since: z.int(),
  serial: z.int(),
  change: pictureChangeSchema,
  /** Absent where they are as before. */
  places: z.optional(pictureSchema.shape.places),
});

export const checkedSchema = z.object({ uri: z.string(), version: z.int(), redrawn: z.array(redrawnSchema) });

export const CHECKED_NOTIFICATION = 'p2parch/checked';
/** A panel was closed: what it showed need not be kept. */
export const CLOSED_NOTIFICATION = 'p2parch/closed';
export const closedSchema = z.object({ panel: z.int() });

export type Redrawn = z.infer<typeof redrawnSchema>;
export type Checked = z.infer<typeof checkedSchema>;
