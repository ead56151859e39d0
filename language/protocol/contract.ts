/**
 * How the extension and its panel talk, whatever about: each message in an envelope that says by which contract it was
 * written; requests with an id, each of which ends in exactly one way; and what a request and its reply are about.
 * What is said stands in panel.ts.
 */
import * as z from 'zod/mini';

/** Counted up with every change that an older or newer end would misread. */
export const CONTRACT = 5;

/** No answer is waited for longer than this beyond what the kind of request says; then the other end is gone. */
export const GRACE_SECONDS = 5;

/**
 * Which text is meant. Versions count anew when a file is opened anew, and stay when an imported file changes; `epoch`
 * never goes back: the extension counts it up with everything that may have changed what a picture shows.
 */
export const aboutSchema = z.object({
  uri: z.string(),
  architecture: z.string(),
  version: z.int(),
  epoch: z.int(),
});

/** From the panel; the answer is `replyOf` the same kind, or one of `endingSchemas`. */
export const requestOf = <const Kind extends string, Input extends z.ZodMiniType>(kind: Kind, input: Input) =>
  z.object({ type: z.literal('request'), kind: z.literal(kind), id: z.int(), about: aboutSchema, input });

/** `about` says of which text the reply holds: that of the request, or a newer one. */
export const replyOf = <const Kind extends string, Reply extends z.ZodMiniType>(kind: Kind, reply: Reply) =>
  z.object({ type: z.literal('reply'), kind: z.literal(kind), id: z.int(), about: aboutSchema, reply });

/** How a request ends without a reply, and that it goes on. */
export const endingSchemas = [
  /** In words for the reader. */
  z.object({ type: z.literal('refusal'), id: z.int(), message: z.string() }),
  /** A later request took its place: nobody waits for it any more. */
  z.object({ type: z.literal('dropped'), id: z.int() }),
  /** So much of it is done: whoever waits goes on waiting. */
  z.object({ type: z.literal('progress'), id: z.int(), done: z.number(), total: z.number() }),
] as const;

const envelopeSchema = z.object({ contract: z.int(), message: z.unknown() });

export interface Envelope<Message> {
  readonly contract: typeof CONTRACT;
  readonly message: Message;
}

export const enveloped = <Message>(message: Message): Envelope<Message> => ({ contract: CONTRACT, message });

/** What came through a door: a message, one of another build, or nothing that can be acted on. */
export type Received<Message> =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'otherBuild'; readonly contract: number }
  | { readonly kind: 'unfit'; readonly why: string };

/** Both doors. Never throws, whatever `input` is: an object may do so where it is merely looked at. */
export function receive<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): Received<z.infer<Schema>> {
  try {
    const envelope = envelopeSchema.safeParse(input);
    if (!envelope.success) return { kind: 'unfit', why: envelope.error.message };
    const { contract, message } = envelope.data;
    if (contract !== CONTRACT) return { kind: 'otherBuild', contract };
    const parsed = schema.safeParse(message);
    return parsed.success ? { kind: 'message', message: parsed.data } : { kind: 'unfit', why: parsed.error.message };
  } catch {
    return { kind: 'unfit', why: 'It cannot be looked at.' };
  }
}

export type About = z.infer<typeof aboutSchema>;
