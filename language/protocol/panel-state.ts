/** What a closed and reopened panel comes back with. */
import * as z from 'zod/mini';

/** Where a recovery stood that was being looked at: it is run anew and goes on from there. */
export const recoveryStateSchema = z.object({
  scenario: z.string(),
  architectures: z.array(z.string()).check(z.minLength(1), z.maxLength(4)),
  atSeconds: z.number(),
  /** Simulated seconds to a second. */
  speed: z.number().check(z.positive()),
});

export const MOST_VIEWS = 60;

/** Where a picture stood in the panel: a point p of it is seen at (x, y) + p × scale. */
export const viewStateSchema = z.object({
  /** Of an architecture, a fault tree, or an architecture in a recovery. */
  name: z.string(),
  x: z.number(),
  y: z.number(),
  scale: z.number().check(z.positive()),
  /** Whether it was fitted to the panel and not moved by the user. */
  fitted: z.boolean(),
});

export const panelStateSchema = z.object({
  version: z.literal(3),
  uri: z.string(),
  architecture: z.optional(z.string()),
  /** Of the pictures that were looked at, the last one last. */
  views: z.optional(z.array(viewStateSchema).check(z.maxLength(MOST_VIEWS))),
  /** Containers that are folded; absent as long as it is as the picture begins. */
  folded: z.optional(z.array(z.string())),
  legend: z.optional(z.boolean()),
  /** How it was looked at, unless as a plain diagram. */
  mode: z.optional(z.enum(['failures', 'faultTree'])),
  /** The service whose cut sets or tree were shown. */
  service: z.optional(z.string()),
  /** Basic events that had been failed. */
  failed: z.optional(z.array(z.string())),
  recovery: z.optional(recoveryStateSchema),
});

/** Of whatever an older or newer build has left, the file alone: it is shown as if opened anew. */
export const anyPanelStateSchema = z.object({ uri: z.string() });

export type PanelState = z.infer<typeof panelStateSchema>;
export type RecoveryState = z.infer<typeof recoveryStateSchema>;
export type ViewState = z.infer<typeof viewStateSchema>;
