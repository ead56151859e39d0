/** The layout: where everything of a diagram stands. All coordinates are absolute, in pixels from the top left. */
import * as z from 'zod/mini';

/** No browser draws anything as long; what is longer, or shorter than nothing, is no layout. */
const MOST_PIXELS = 1e8;
const lengthSchema = z.number().check(z.gte(0), z.lte(MOST_PIXELS));

const pointSchema = z.object({ x: z.number(), y: z.number() });

const boxSchema = z.object({ id: z.string(), x: z.number(), y: z.number(), width: lengthSchema, height: lengthSchema });

const containerBoxSchema = z.object({
  ...boxSchema.shape,
  /** Left end and middle of the heading, put where no edge runs through it. */
  heading: pointSchema,
});

const routeSchema = z.object({
  id: z.string(),
  /** From the source's border to the target's. */
  points: z.array(pointSchema),
  label: z.optional(z.object({ x: z.number(), y: z.number(), width: lengthSchema, height: lengthSchema })),
});

export const layoutSchema = z.object({
  width: lengthSchema,
  height: lengthSchema,
  nodes: z.array(boxSchema),
  containers: z.array(containerBoxSchema),
  edges: z.array(routeSchema),
  /** The strip of hazards below everything; absent where there are none. */
  hazards: z.optional(boxSchema),
});

export type Point = z.infer<typeof pointSchema>;
export type Box = z.infer<typeof boxSchema>;
export type ContainerBox = z.infer<typeof containerBoxSchema>;
export type Route = z.infer<typeof routeSchema>;
export type Layout = z.infer<typeof layoutSchema>;
