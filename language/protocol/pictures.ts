/** What the language server gives to whoever draws: pictures and recoveries. */
import * as z from 'zod/mini';
import { diagramSchema, layoutSchema } from '../core/diagram/index.ts';
import { recordSchema } from './records.ts';
import { percentilesSchema, rangeSchema } from './shared.ts';

const namedSchema = z.object({ name: z.string(), title: z.string() });

/** A scenario of the file, and the architectures that it runs on. */
export const scenarioEntrySchema = z.object({ ...namedSchema.shape, architectures: z.array(z.string()) });

/** Which zones and groups are folded to one box, and what is in them. */
const foldingSchema = z.object({
  /** Ids of containers; one that is folded within another is seen once the outer one is opened. */
  folded: z.array(z.string()),
  /** Ids of all containers, folded or not, with how many components each holds. */
  all: z.array(z.object({ id: z.string(), components: z.int() })),
  /** What is not seen because of it: `within` names the containers around it, from the inside to the outside. */
  hidden: z.array(
    z.object({
      element: z.string(),
      label: z.string(),
      kind: z.enum(['component', 'group']),
      within: z.array(z.string()),
    }),
  ),
});

const factsSchema = z.object({
  uri: z.string(),
  /** The version of the text that it is about. */
  version: z.int(),
  architecture: z.string(),
  /** All architectures of the file. */
  architectures: z.array(namedSchema),
  scenarios: z.array(scenarioEntrySchema),
  /** Where components, groups, services and hazards are declared: the name alone, and the declaration whole. */
  places: z.array(z.object({ element: z.string(), uri: z.string(), range: rangeSchema, whole: rangeSchema })),
});

export const pictureSchema = z.object({
  ...factsSchema.shape,
  /** As it is seen: folded. */
  diagram: diagramSchema,
  layout: layoutSchema,
  folding: foldingSchema,
  /** Why it is the last good picture and not that of the text as it is, in a sentence; empty where it is that. */
  stale: z.string(),
});

/** What there is to draw and to run, for commands: no picture is laid out for it. */
export const outlineSchema = z.object({
  ...factsSchema.shape,
  services: z.array(z.object({ name: z.string(), label: z.string() })),
});

export const recoverySchema = z.object({
  uri: z.string(),
  version: z.int(),
  scenario: z.object({
    ...namedSchema.shape,
    horizonSeconds: z.number(),
    firstStepSeconds: z.number(),
    steps: z.array(z.object({ atSeconds: z.number(), text: z.string() })),
  }),
  /** What was measured in the outage that the scenario is of, where there is a record. */
  records: z.optional(z.array(recordSchema)),
  /** One for each architecture, side by side. */
  results: z.array(
    z.object({
      architecture: z.string(),
      title: z.string(),
      diagram: diagramSchema,
      layout: layoutSchema,
      runs: z.int(),
      times: z.array(z.number()),
      /** The service levels over all runs, and of the run that is played. */
      services: z.array(
        z.object({
          ...namedSchema.shape,
          p10: z.array(z.number()),
          p50: z.array(z.number()),
          p90: z.array(z.number()),
          played: z.array(z.number()),
          recovery: z.array(z.object({ level: z.number(), ...percentilesSchema.shape })),
        }),
      ),
      /** The seed of the run that is played: of all, the one with the median recovery. */
      playedSeed: z.int(),
      /** Its pools: of components, and of each box of folded ones all as one. `joined` counts since the beginning. */
      pools: z.array(
        z.object({
          name: z.string(),
          up: z.array(z.number()),
          starting: z.array(z.number()),
          down: z.array(z.number()),
          load: z.array(z.number()),
          joined: z.array(z.number()),
        }),
      ),
      expectations: z.array(
        z.object({
          text: z.string(),
          service: z.string(),
          kind: z.enum(['backTo', 'neverBelow']),
          level: z.number(),
          /** Seconds after the first step; for `backTo` alone. */
          withinSeconds: z.optional(z.number()),
          holds: z.boolean(),
          share: z.number(),
          measured: z.nullable(z.number()),
        }),
      ),
    }),
  ),
});

/** Why there is nothing to draw or play, for the reader of the panel. */
const refusalSchema = z.object({ kind: z.literal('refusal'), message: z.string() });

/** Width by height of a panel; what it is drawn for need not be of exactly that shape. */
export const aspectSchema = z.number().check(z.minimum(0.1), z.maximum(10));

export const pictureRequestSchema = z.object({
  uri: z.string(),
  architecture: z.optional(z.string()),
  /** Ids of the containers to be folded; without them a large picture begins folded. */
  folded: z.optional(z.array(z.string())),
  /** What a new layout is to fill; one that is there stays as it is. */
  aspect: z.optional(aspectSchema),
  /** Whose picture it will be: that panel is told what becomes of it; see checked.ts. */
  panel: z.optional(z.int()),
});
export const pictureReplySchema = z.discriminatedUnion('kind', [
  /** With a serial, if it is for a panel. */
  z.object({ kind: z.literal('picture'), picture: pictureSchema, serial: z.optional(z.int()) }),
  refusalSchema,
]);

export const outlineRequestSchema = z.object({ uri: z.string(), architecture: z.optional(z.string()) });
export const outlineReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('outline'), outline: outlineSchema }),
  refusalSchema,
]);

export const recoveryRequestSchema = z.object({
  uri: z.string(),
  scenario: z.string(),
  /** One to four, in the order in which they are shown. */
  architectures: z.array(z.string()).check(z.minLength(1), z.maxLength(4)),
  runs: z.int().check(z.minimum(1), z.maximum(100_000)),
  firstSeed: z.int(),
  /** With one, the server tells of the runs while they go on, under this name; see runs.ts. */
  token: z.optional(z.string()),
  /** Ids of the containers to be folded; without them a large picture is folded as it begins. */
  folded: z.optional(z.array(z.string())),
  /** Of the room that each picture has. */
  aspect: z.optional(aspectSchema),
  /** What if: numbers of the architectures to be taken otherwise than they are written, by the ids of runs.ts. */
  changes: z.optional(z.array(z.object({ id: z.string(), value: z.number().check(z.positive()) }))),
});
export const recoveryReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('recovery'), recovery: recoverySchema }),
  refusalSchema,
]);

export const PICTURE_REQUEST = 'p2parch/picture';
export const OUTLINE_REQUEST = 'p2parch/outline';
/** A panel is being opened: its first picture will be asked for, of an aspect like that in the request. */
export const WARM_NOTIFICATION = 'p2parch/warm';
export const RECOVERY_REQUEST = 'p2parch/recovery';

export type Folding = z.infer<typeof foldingSchema>;
export type Picture = z.infer<typeof pictureSchema>;
export type Recovery = z.infer<typeof recoverySchema>;
export type Outline = z.infer<typeof outlineSchema>;
export type OutlineRequest = z.infer<typeof outlineRequestSchema>;
export type OutlineReply = z.infer<typeof outlineReplySchema>;
export type PictureRequest = z.infer<typeof pictureRequestSchema>;
export type PictureReply = z.infer<typeof pictureReplySchema>;
export type RecoveryRequest = z.infer<typeof recoveryRequestSchema>;
export type RecoveryReply = z.infer<typeof recoveryReplySchema>;
