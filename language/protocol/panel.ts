/** What the extension and its panel say to one another. How they say it, and that both ends check it: contract.ts. */
import * as z from 'zod/mini';
import { aboutSchema, endingSchemas, replyOf, requestOf } from './contract.ts';
import { faultAnswerSchema, faultQuestionSchema } from './faults.ts';
import { panelPictureSchema, pictureChangeSchema } from './picture-change.ts';
import { aspectSchema, recoverySchema } from './pictures.ts';
import {
  numbersInputSchema,
  numbersSchema,
  runInputSchema,
  sensitivityInputSchema,
  sensitivityOfSchema,
  whatIfInputSchema,
  writeInputSchema,
  writtenSchema,
} from './recovery-messages.ts';

const requestSchema = z.discriminatedUnion('kind', [
  requestOf('recovery', runInputSchema),
  requestOf('whatIf', whatIfInputSchema),
  requestOf('numbers', numbersInputSchema),
  requestOf('sensitivity', sensitivityInputSchema),
  requestOf('write', writeInputSchema),
  /** What fails with what; a later question of a kind takes the place of an earlier one. */
  requestOf('faults', faultQuestionSchema),
]);

const replySchema = z.discriminatedUnion('kind', [
  replyOf('recovery', recoverySchema),
  replyOf('whatIf', recoverySchema),
  replyOf('numbers', numbersSchema),
  replyOf('sensitivity', sensitivityOfSchema),
  replyOf('write', writtenSchema),
  replyOf('faults', faultAnswerSchema),
]);

/** What a picture is exported as. */
export const exportFormatSchema = z.enum(['svg', 'png']);
export const exportThemeSchema = z.enum(['light', 'dark', 'contrast-light', 'contrast-dark']);

/** What is known of a recovery while the rest of its runs goes on; the reply is still to come. */
const partialSchema = z.object({
  type: z.literal('partial'),
  kind: z.enum(['recovery', 'whatIf']),
  id: z.int(),
  about: aboutSchema,
  reply: recoverySchema,
});

/**
 * How long the extension waits for the server; the panel waits a little longer for the extension. Progress makes both
 * begin anew.
 */
export const ANSWER_SECONDS: Readonly<Record<RequestKind, number>> = {
  recovery: 600,
  whatIf: 600,
  numbers: 30,
  sensitivity: 600,
  write: 30,
  faults: 45,
};

/** From the extension to the panel. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('picture'), epoch: z.int(), picture: panelPictureSchema }),
  /** What has become of the picture that was sent with the epoch `since`. */
  z.object({ type: z.literal('change'), epoch: z.int(), since: z.int(), change: pictureChangeSchema }),
  /** There is nothing to draw: no architecture, or a file that never was without errors. */
  z.object({ type: z.literal('nothing'), epoch: z.int(), uri: z.string(), message: z.string() }),
  /** The text cursor stands at an element of the architecture, or at none. */
  z.object({ type: z.literal('cursor'), architecture: z.string(), element: z.nullable(z.string()) }),
  /** Asks the panel to run a scenario, as if its button had been pressed. */
  z.object({ type: z.literal('play'), scenario: z.string(), architectures: z.array(z.string()) }),
  /** Asks the panel to show the fault tree of a service, as if its button had been pressed. */
  z.object({ type: z.literal('showFaultTree'), service: z.string() }),
  /** Asks for what is seen as a picture of its own; the answer is `exported` with the same id. */
  z.object({ type: z.literal('export'), id: z.int(), format: exportFormatSchema, theme: exportThemeSchema }),
  replySchema,
  partialSchema,
  ...endingSchemas,
]);

/** From the panel to the extension. */
export const panelMessageSchema = z.discriminatedUnion('type', [
  /** The panel is loaded, of this shape; `architecture` is what its saved state shows, with these containers folded. */
  z.object({
    type: z.literal('ready'),
    architecture: z.optional(z.string()),
    folded: z.optional(z.array(z.string())),
    aspect: z.optional(aspectSchema),
  }),
  /** A change came of a picture that the panel does not have: it needs the whole. */
  z.object({ type: z.literal('whole') }),
  /** Show the picture with exactly these containers folded. */
  z.object({ type: z.literal('fold'), architecture: z.string(), folded: z.array(z.string()) }),
  /** Select an element's name in the text. */
  z.object({ type: z.literal('select'), element: z.string(), architecture: z.string() }),
  /** Show another architecture of the file. */
  z.object({ type: z.literal('show'), architecture: z.string() }),
  /** The text of an SVG, or a PNG in base64; without content nothing could be drawn. */
  z.object({ type: z.literal('exported'), id: z.int(), content: z.optional(z.string()) }),
  /** Give the panel the whole window, or take it back. */
  z.object({ type: z.literal('present'), on: z.boolean() }),
  requestSchema,
  /** Nobody waits for the reply any more. */
  z.object({ type: z.literal('cancel'), id: z.int() }),
]);

export type ExportFormat = z.infer<typeof exportFormatSchema>;
export type ExportTheme = z.infer<typeof exportThemeSchema>;
export type HostMessage = z.infer<typeof hostMessageSchema>;
export type PanelMessage = z.infer<typeof panelMessageSchema>;
export type PanelRequest = z.infer<typeof requestSchema>;
export type PanelReply = z.infer<typeof replySchema>;
export type RequestKind = PanelRequest['kind'];
/** The request, what it asks with, and the reply, of one kind. */
export type RequestOf<Kind extends RequestKind> = {
  [Each in RequestKind]: Extract<PanelRequest, { kind: Each }>;
}[Kind];
export type InputOf<Kind extends RequestKind> = RequestOf<Kind>['input'];
export type ReplyOf<Kind extends RequestKind> = Extract<PanelReply, { kind: Kind }>['reply'];
