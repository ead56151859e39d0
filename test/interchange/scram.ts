import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** SCRAM, an engine for fault trees by others (Debian's package `scram`), where it is installed. */
export const hasScram = spawnSync('scram', ['--version']).status === 0;

/** By the label of its tree, what SCRAM finds: minimal cut sets as names of basic events, and the probability of loss. */
export type ScramResults = ReadonlyMap<string, { readonly sets: string[][]; readonly probability: number | undefined }>;

/** Analyses a model with its decision diagrams, exactly and to any order. */
export function scram(model: string, { probability = false } = {}): ScramResults {
  const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-scram-'));
  try {
    const file = path.join(folder, 'model.xml');
    writeFileSync(file, model);
    const options = ['--bdd', '--limit-order', '64', ...(probability ? ['--probability', '1'] : [])];
    const { stdout, stderr, status } = spawnSync('scram', [...options, file], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0 || stderr !== '') throw new Error(`scram ended with ${status}: ${stderr}`);
    return readReport(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** SCRAM writes its reports line by line, so they are read so. Names are identifiers of the model. */
function readReport(report: string): ScramResults {
  const results = new Map<string, { sets: string[][]; probability: number | undefined }>();
  for (const [, attributes = '', products = ''] of report.matchAll(
    /<sum-of-products ([^>]*?)(?:\/>|>(.*?)<\/sum-of-products>)/gs,
  )) {
    const attribute = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
    const sets = [...products.matchAll(/<product [^>]*?(?:\/>|>(.*?)<\/product>)/gs)].map(([, literals = '']) =>
      [...literals.matchAll(/<basic-event name="([^"]*)"\/>/g)].map(([, name = '']) => name),
    );
    const probability = attribute('probability');
    results.set(attribute('name') ?? '', {
      sets,
      probability: probability === undefined ? undefined : Number(probability),
    });
  }
  return results;
}
