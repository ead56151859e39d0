/**
 * The models of a file as plain data, for other programs: an output format of the command line, version 1, and an
 * interface. Times are seconds, rates are by the second, shares and levels 0…1.
 */
import * as z from 'zod/mini';

const named = { name: z.string(), title: z.optional(z.string()), documentation: z.optional(z.string()) };

/** What must work for something else to work; `atLeast` is the language's `k of (…)`. */
export const needExpressionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reference'), name: z.string() }),
  z.object({
    kind: z.enum(['and', 'or']),
    get operands() {
      return z.array(needExpressionSchema);
    },
  }),
  z.object({
    kind: z.literal('atLeast'),
    count: z.int(),
    get operands() {
      return z.array(needExpressionSchema);
    },
  }),
]);

const needSchema = z.object({ expression: needExpressionSchema, toStart: z.boolean() });

export const componentSchema = z.object({
  ...named,
  party: z.enum(['company', 'users', 'vendor']),
  operator: z.optional(z.string()),
  control: z.enum(['full', 'physical', 'programmatic', 'none']),
  /** The innermost group that it stands in. */
  group: z.optional(z.string()),
  instances: z.number(),
  needs: z.array(needSchema),
  serves: z.array(z.object({ consumer: z.string(), capacity: z.number() })),
  admits: z.array(z.object({ consumer: z.string(), ratePerSecond: z.number() })),
  /** Absent: a crashed instance stays down. The mean for `exponential`, the bound for `uniform`. */
  restart: z.optional(z.object({ distribution: z.enum(['exponential', 'fixed', 'uniform']), seconds: z.number() })),
  promotion: z.optional(
    z.object({ source: z.string(), rate: z.object({ kind: z.enum(['count', 'share']), perSecond: z.number() }) }),
  ),
  overload: z.optional(z.object({ limit: z.number(), lossPerSecond: z.number() })),
  retry: z.optional(z.object({ firstSeconds: z.number(), maxSeconds: z.number() })),
  mttfSeconds: z.optional(z.number()),
  /** Its own and those of the groups around it. */
  exposures: z.array(z.object({ hazard: z.string(), share: z.number() })),
});

export const architectureSchema = z.object({
  ...named,
  /** The architecture that it extends; its members are merged in here. */
  base: z.optional(z.string()),
  components: z.array(componentSchema),
  groups: z.array(z.object({ ...named, group: z.optional(z.string()) })),
  services: z.array(
    z.object({
      ...named,
      population: z.optional(z.string()),
      needs: z.array(needSchema),
      traffic: z.array(z.object({ share: z.number(), component: z.string() })),
    }),
  ),
  hazards: z.array(z.object(named)),
  requirements: z.array(
    z.object({
      service: z.string(),
      survives: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('anyFailures'), count: z.int(), externalOnly: z.boolean() }),
        z.object({ kind: z.literal('lossOf'), name: z.string() }),
      ]),
    }),
  ),
  acceptances: z.array(
    z.object({
      rule: z.string(),
      on: z.string(),
      service: z.optional(z.string()),
      because: z.string(),
      until: z.optional(z.string()),
    }),
  ),
});

export const scenarioSchema = z.object({
  ...named,
  /** The architecture that it runs on. */
  architecture: z.string(),
  steps: z.array(
    z.object({
      atSeconds: z.number(),
      action: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('crash'), target: z.string(), share: z.number() }),
        z.object({ kind: z.literal('strike'), hazard: z.string() }),
        z.object({ kind: z.literal('restore'), target: z.string() }),
        z.object({ kind: z.literal('add'), target: z.string(), count: z.number() }),
      ]),
    }),
  ),
  horizonSeconds: z.number(),
  expectations: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('backTo'), service: z.string(), level: z.number(), withinSeconds: z.number() }),
      z.object({ kind: z.literal('neverBelow'), service: z.string(), level: z.number() }),
    ]),
  ),
});

export const exportReportSchema = z.object({
  version: z.literal(1),
  file: z.string(),
  architectures: z.array(architectureSchema),
  scenarios: z.array(scenarioSchema),
});

/** What is read is not written to: models are given as they are. */
type Readonlys<Value> = Value extends object ? { readonly [Key in keyof Value]: Readonlys<Value[Key]> } : Value;

export type ExportReport = Readonlys<z.infer<typeof exportReportSchema>>;
