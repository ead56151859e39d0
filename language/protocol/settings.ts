/** The settings whose values the extension and the server read alike; those of the rules are the server's alone. */
import * as z from 'zod/mini';

export const runsSetting = z.int().check(z.minimum(1), z.maximum(10_000));
export const DEFAULT_RUNS = 100;

export const openAutomaticallySetting = z.boolean();

/** What of the talk between editor and server is logged. */
export const traceSetting = z.enum(['off', 'messages', 'verbose']);
