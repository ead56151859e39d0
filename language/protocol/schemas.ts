import * as z from 'zod/mini';
import { analyzeReportSchema, checkReportSchema, simulateReportSchema } from './reports.ts';

/** The output formats of the command line as JSON Schema (draft 2020-12), by file name. */
export function jsonSchemas(): Readonly<Record<string, object>> {
  const of = (command: string, schema: z.ZodMiniType): object => ({
    title: `p2parch ${command} --format json, version 1`,
    ...z.toJSONSchema(schema),
  });
  return {
    'check.schema.json': of('check', checkReportSchema),
    'analyze.schema.json': of('analyze', analyzeReportSchema),
    'simulate.schema.json': of('simulate', simulateReportSchema),
  };
}
