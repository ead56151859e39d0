import * as z from 'zod/mini';
import { exportReportSchema } from './models.ts';
import { analyzeReportSchema, checkReportSchema, sensitivityReportSchema, simulateReportSchema } from './reports.ts';
import { shardSchema } from './shards.ts';

/** The output formats of the command line as JSON Schema (draft 2020-12), by file name. */
export function jsonSchemas(): Readonly<Record<string, object>> {
  const of = (command: string, schema: z.ZodMiniType): object => ({
    title: `p2parch ${command}, version 1`,
    ...z.toJSONSchema(schema),
  });
  return {
    'check.schema.json': of('check --format json', checkReportSchema),
    'analyze.schema.json': of('analyze --format json', analyzeReportSchema),
    'simulate.schema.json': of('simulate --format json', simulateReportSchema),
    'sensitivity.schema.json': of('simulate --sensitivity --format json', sensitivityReportSchema),
    'shard.schema.json': of('simulate --shard', shardSchema),
    'export.schema.json': of('export --to json', exportReportSchema),
  };
}
