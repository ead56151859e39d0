/** The one contract between the extension and its panel. Both ends check what arrives; what does not fit is dropped. */
import * as z from 'zod/mini';
import { faultAnswerSchema, faultQuestionSchema } from './faults.ts';
import { pictureSchema, recoverySchema } from './pictures.ts';

/** From the extension to the panel. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('picture'), picture: pictureSchema }),
  /** There is nothing to draw: no architecture, or a file that never was without errors. */
  z.object({ type: z.literal('nothing'), message: z.string() }),
  /** The text cursor stands at an element, or at none. */
  z.object({ type: z.literal('cursor'), element: z.nullable(z.string()) }),
  /** Asks the panel to run a scenario, as if its button had been pressed. */
  z.object({ type: z.literal('play'), scenario: z.string(), architectures: z.array(z.string()) }),
  z.object({ type: z.literal('recovery'), id: z.int(), recovery: recoverySchema }),
  z.object({ type: z.literal('refused'), id: z.int(), message: z.string() }),
  /** Asks the panel to show the fault tree of a service, as if its button had been pressed. */
  z.object({ type: z.literal('showFaultTree'), service: z.string() }),
  /** What fails with what, to the question of this id. */
  z.object({ type: z.literal('answer'), id: z.int(), answer: faultAnswerSchema }),
]);

/** From the panel to the extension. */
export const panelMessageSchema = z.discriminatedUnion('type', [
  /** The panel is loaded; `architecture` is what its saved state shows. */
  z.object({ type: z.literal('ready'), architecture: z.optional(z.string()) }),
  /** Select an element's name in the text. */
  z.object({ type: z.literal('select'), element: z.string(), architecture: z.string() }),
  /** Show another architecture of the file. */
  z.object({ type: z.literal('show'), architecture: z.string() }),
  /** Run a scenario; a later id replaces an earlier one that still runs. */
  z.object({
    type: z.literal('run'),
    id: z.int(),
    scenario: z.string(),
    architectures: z.array(z.string()).check(z.minLength(1), z.maxLength(4)),
  }),
  z.object({ type: z.literal('cancel'), id: z.int() }),
  /** Asks what fails with what; a later question of a kind replaces an earlier one that is not answered yet. */
  z.object({ type: z.literal('ask'), id: z.int(), architecture: z.string(), question: faultQuestionSchema }),
]);

/** What a closed and reopened panel comes back with. */
export const panelStateSchema = z.object({
  version: z.literal(1),
  uri: z.string(),
  architecture: z.optional(z.string()),
  /** How it was looked at, unless as a plain diagram. */
  mode: z.optional(z.enum(['failures', 'faultTree'])),
  /** The service whose cut sets or tree were shown. */
  service: z.optional(z.string()),
  /** Basic events that had been failed. */
  failed: z.optional(z.array(z.string())),
});

export type HostMessage = z.infer<typeof hostMessageSchema>;
export type PanelMessage = z.infer<typeof panelMessageSchema>;
export type PanelState = z.infer<typeof panelStateSchema>;
