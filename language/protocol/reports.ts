/**
 * The output formats of the command line, version 1: an interface that other programs depend on. Times are seconds,
 * levels and shares 0…1, lines and characters zero-based as in the language server protocol.
 */
import * as z from 'zod/mini';
import { modelNumberSchema, movedSchema, sensitivitySchema } from './runs.ts';
import { bandSchema, percentilesSchema, rangeSchema, severitySchema } from './shared.ts';

const version = z.literal(1);

export const problemSchema = z.object({
  kind: z.enum(['error', 'finding']),
  rule: z.optional(z.string()),
  severity: severitySchema,
  message: z.string(),
  range: rangeSchema,
  architecture: z.optional(z.string()),
  service: z.optional(z.string()),
  subject: z.optional(z.string()),
  accepted: z.boolean(),
  related: z.array(z.object({ file: z.string(), range: rangeSchema, message: z.string() })),
});

export const checkReportSchema = z.object({
  version,
  files: z.array(z.object({ file: z.string(), problems: z.array(problemSchema) })),
  summary: z.object({
    error: z.int(),
    warning: z.int(),
    information: z.int(),
    hint: z.int(),
    accepted: z.int(),
  }),
});

/** A number, or its decimal digits where a number would not be exact. */
export const exactCountSchema = z.union([z.number(), z.string()]);

export const serviceAnalysisSchema = z.object({
  name: z.string(),
  minimalCutSets: z.object({
    total: exactCountSchema,
    /** How many there are of order 1, 2, 3 … */
    byOrder: z.array(exactCountSchema),
    /** Whether `sets` holds every minimal cut set. Where it does not and `total` is larger, only the list was cut. */
    complete: z.boolean(),
    /** Where to find larger sets would have taken too much time or memory: up to this order all are counted. Otherwise the counts are exact. */
    completeToOrder: z.optional(z.int()),
    /** In order of size, then of names. */
    sets: z.array(z.array(z.string())),
  }),
  unavailability: z.nullable(z.number()),
  /** There where it is the time that leaves the unavailability unknown, and not that a component has no figures. */
  unavailabilityCut: z.optional(z.literal(true)),
  withoutFigures: z.array(z.string()),
  importance: z.array(
    z.object({
      event: z.string(),
      birnbaum: z.number(),
      /** These three are ratios: null where what they are divided by is 0. */
      fussellVesely: z.nullable(z.number()),
      riskAchievementWorth: z.nullable(z.number()),
      riskReductionWorth: z.nullable(z.number()),
    }),
  ),
  control: z.nullable(z.object({ company: z.number(), users: z.number(), vendor: z.number() })),
});

export const analyzeReportSchema = z.object({
  version,
  file: z.string(),
  architectures: z.array(
    z.object({
      name: z.string(),
      services: z.array(serviceAnalysisSchema),
      coldStart: z.object({
        startable: z.array(z.string()),
        notStartable: z.array(z.string()),
        cycles: z.array(z.array(z.string())),
      }),
    }),
  ),
});

export const simulationSchema = z.object({
  architecture: z.string(),
  scenario: z.string(),
  runs: z.int(),
  firstSeed: z.int(),
  horizon: z.number(),
  firstStep: z.number(),
  times: z.array(z.number()),
  services: z.record(z.string(), z.object({ ...bandSchema.shape, recovery: z.record(z.string(), percentilesSchema) })),
  components: z.record(z.string(), z.object({ up: bandSchema, starting: bandSchema, down: bandSchema })),
  expectations: z.array(
    z.object({
      text: z.string(),
      range: rangeSchema,
      holds: z.boolean(),
      share: z.number(),
      measured: z.nullable(z.number()),
    }),
  ),
});

export const simulateReportSchema = z.object({ version, file: z.string(), results: z.array(simulationSchema) });

const { services, expectations, runs, variedRuns, firstSeed } = sensitivitySchema.shape;

/** `simulate --sensitivity`: as the server tells it, without what only an editor needs. */
export const sensitivityReportSchema = z.object({
  version,
  file: z.string(),
  results: z.array(
    z.object({
      architecture: z.string(),
      scenario: z.string(),
      runs,
      variedRuns,
      firstSeed,
      services,
      expectations,
      numbers: z.array(
        z.object({
          number: z.pick(modelNumberSchema, { id: true, component: true, words: true, value: true, text: true }),
          ...movedSchema.shape,
        }),
      ),
    }),
  ),
});

export type SensitivityReport = z.infer<typeof sensitivityReportSchema>;
export type ReportedProblem = z.infer<typeof problemSchema>;
export type CheckReport = z.infer<typeof checkReportSchema>;
export type ServiceAnalysis = z.infer<typeof serviceAnalysisSchema>;
export type AnalyzeReport = z.infer<typeof analyzeReportSchema>;
export type SimulateReport = z.infer<typeof simulateReportSchema>;
export type ReportedSimulation = z.infer<typeof simulationSchema>;
