import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { exportReportSchema } from '../../language/protocol/models.ts';
import { checkExample, EXAMPLES } from '../examples/load.ts';
import { happens, readModel } from '../interchange/open-psa.ts';
import { p2parch } from './run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('p2parch export --to json', () => {
  it.each(Object.keys(EXAMPLES))('%s: gives the whole model, in the form of its schema', async (file) => {
    const { status, stdout } = await p2parch(['export', file, '--to', 'json', '-o', '-']);
    expect(status).toBe(0);
    const { language, document } = await checkExample(file);
    const { models } = language.problems.Problems;
    // What the schema does not know it leaves out, so nothing may be missing from what it has read.
    expect(exportReportSchema.parse(JSON.parse(stdout))).toEqual({
      version: 1,
      file,
      architectures: models.architectures(document).map(({ model }) => model),
      scenarios: models
        .scenarios(document)
        .map(({ model, architecture }) => ({ architecture: architecture.name, ...model })),
    });
  });

  it('gives every form that a need, a step and a property can have', async () => {
    const text = `hazard H "Storm"
/** A site. */
architecture A "Title" {
  group G { company X by "P" { control physical fails every 1 d restarts after 5 min } }
  vendor Y by "P" { serves 2 X  admits 3 X/min exposed to H 50% retries every 1 s up to 1 min needs X to start }
  users Z { instances 9 promoted from Y at 1%/min overloads above 150% losing 2%/min }
  service S "Service" for Z { needs 2 of (X, Y, Z) and (X or Y) traffic 100% through X }
  require S survives any 1 external failure
  require S survives G
  accept shared-fate on S for S because "Known." until 2030-01-01
}
scenario T on A { at 1 s crash 10% of X at 2 s strike H at 3 s add 2 X run 1 h expect S never below 1% expect S back to 50% within 1 h }
`;
    const { status, stdout, stderr } = await p2parch(['export', '-', '--to', 'json', '-o', '-'], text);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const read = exportReportSchema.parse(JSON.parse(stdout));
    expect(read).toEqual(JSON.parse(stdout));
    // As a program by others reads it, by the schema that is published.
    const schema = path.resolve(import.meta.dirname, '../../extension/schemas/export.schema.json');
    const validate = new Ajv2020().compile(JSON.parse(readFileSync(schema, 'utf8')));
    expect(validate(JSON.parse(stdout)) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...JSON.parse(stdout), architectures: [{ name: 'A' }] })).toBe(false);
    expect(read.scenarios.map(({ steps }) => steps.map(({ action }) => action.kind))).toEqual([
      ['crash', 'strike', 'add'],
    ]);
  });

  it('gives one architecture, and the scenarios on it', async () => {
    const { stdout } = await p2parch([
      'export',
      'skype-2007.p2parch',
      '--to',
      'json',
      '--architecture',
      'Skype2007',
      '-o',
      '-',
    ]);
    const { architectures, scenarios } = exportReportSchema.parse(JSON.parse(stdout));
    expect(architectures.map(({ name }) => name)).toEqual(['Skype2007']);
    expect(scenarios.map(({ name, architecture }) => [name, architecture])).toEqual([['PatchTuesday', 'Skype2007']]);
  });
});

describe('p2parch export --to open-psa', () => {
  it('writes the fault trees of one architecture', async () => {
    const into = path.join(folder, 'kazaa.xml');
    expect(await p2parch(['export', 'kazaa.p2parch', '--to', 'open-psa', '-o', into])).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    const model = readModel(readFileSync(into, 'utf8'));
    expect(model.trees.map(({ label }) => label)).toEqual(['Search']);
    expect([...model.events.values()].map(({ label }) => label)).toEqual(['SuperNode', 'BadUpdate']);
    expect(happens(model, 'loss-of-Search', new Set(['BadUpdate']))).toBe(true);
    expect(happens(model, 'loss-of-Search', new Set())).toBe(false);
  });

  it('ends with 1 where the file has errors', async () => {
    const { status, stderr } = await p2parch(
      ['export', '-', '--to', 'open-psa', '-o', '-'],
      'architecture A { service S needs Nobody }',
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^p2parch: -:1:34 error/);
  });

  it('is refused where there is no service', async () => {
    const { status, stderr } = await p2parch(
      ['export', '-', '--to', 'open-psa', '-o', '-'],
      'architecture A { company X }',
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/A has no service/);
  });
});
