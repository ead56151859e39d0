import * as z from 'zod/mini';

/** What a client tells the server when it starts it. */
export const initializationSchema = z.object({
  /** The address of the pages of the rules, ending in `/`: `RULE.md` stands there. Without it findings link to those of the server's own package. */
  documentation: z.optional(z.string().check(z.regex(/^[a-z][a-z0-9+.-]*:.*\/$/i))),
});

export type Initialization = z.infer<typeof initializationSchema>;
