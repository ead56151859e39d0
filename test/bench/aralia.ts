import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { analyse, type ServiceFaults, serviceFaults } from '../../language/core/analysis/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import { openPsa } from './aralia-open-psa.ts';

/** What is published of a tree: `expected.tsv`, a line each. */
interface Expected {
  readonly byOrder: string;
  readonly probability: number;
  readonly scramSeconds: number;
}

/** Files of published fault trees (the Aralia set) and `expected.tsv`, each tree one architecture. */
export interface AraliaOptions {
  readonly folder: string;
  readonly parse: (text: string) => Promise<Architecture>;
  /** The command line, for the time of a whole process. */
  readonly cli: string;
}

const RUNS = 5;
/** SCRAM writes out each product that it counts: of trees with more than these it is asked for order 1 alone. */
const MOST_WRITTEN = 1_000_000n;
const SCRAM = ['--bdd', '--probability', '1', '--output-path', '/dev/null', '--limit-order'];
/** The published probabilities are given to 17 digits; ours may differ by the rounding of sums. */
const TOLERANCE = 1e-12;

/**
 * Prints for each published tree whether counts by order and probability are equal, and how long it takes: here alone,
 * as a whole process for the top alone and for every gate, as `expected.tsv` says of SCRAM, and SCRAM itself, writing
 * included, where it is installed.
 * False if any tree differs.
 */
export async function measureAralia({ folder, parse, cli }: AraliaOptions): Promise<boolean> {
  const expected = readExpected(path.join(folder, 'expected.tsv'));
  const scram = spawnSync('scram', ['--version']).status === 0;
  if (!scram) console.log('SCRAM is not installed here; only its published times are shown.');
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'aralia-'));
  const line = (...cells: string[]) =>
    console.log(cells.map((cell, at) => (at === 0 ? cell.padEnd(10) : cell.padStart(12))).join(' '));
  line('tree', 'counts', 'probability', 'analysis ms', 'process s', 'all gates s', 'published s', 'SCRAM s');
  let equal = true;
  try {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.p2parch'))) {
      const name = file.replace(/\.p2parch$/, '');
      const model = await parse(readFileSync(path.join(folder, file), 'utf8'));
      const top = topOf(model);
      const known = expected.get(name);
      const { faults, milliseconds } = analysed(model, top);
      const counts = known === undefined ? '?' : verdict(faults.minimalCutSets.byOrder.join(',') === known.byOrder);
      const error = Math.abs((faults.unavailability ?? 0) / (known?.probability ?? 1) - 1);
      const probability = known === undefined ? '?' : verdict(error < TOLERANCE);
      if (counts === 'DIFFER' || probability === 'DIFFER') equal = false;
      const call = [cli, 'analyze', path.join(folder, file), '--format', 'json'];
      const whole = existsSync(cli);
      const xml = path.join(scratch, `${name}.xml`);
      if (scram) writeFileSync(xml, openPsa(model, top));
      line(
        name,
        faults.minimalCutSets.complete ? counts : `to ${faults.minimalCutSets.completeToOrder}`,
        probability,
        milliseconds.toFixed(1),
        whole ? seconds(process.execPath, [...call, '--service', top]) : '',
        whole ? seconds(process.execPath, call) : '',
        known?.scramSeconds.toFixed(2) ?? '',
        scram ? scramSeconds(faults, xml) : '',
      );
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return equal;
}

const verdict = (same: boolean): string => (same ? 'equal' : 'DIFFER');

function analysed(model: Architecture, top: string): { faults: ServiceFaults; milliseconds: number } {
  const times: number[] = [];
  let faults = serviceFaults(analyse(model), top);
  for (let run = 0; run < RUNS; run++) {
    const begun = performance.now();
    faults = serviceFaults(analyse(model), top);
    times.push(performance.now() - begun);
  }
  return { faults, milliseconds: median(times) };
}

/** The wall time of a whole process, the median of some. */
function seconds(command: string, args: readonly string[]): string {
  const times = Array.from({ length: RUNS }, () => {
    const begun = performance.now();
    const { status, stderr } = spawnSync(command, [...args], { maxBuffer: 1 << 28, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
    return (performance.now() - begun) / 1000;
  });
  return median(times).toFixed(2);
}

/** With a `>` where SCRAM did less than we: all orders would take it longer. */
function scramSeconds({ minimalCutSets }: ServiceFaults, xml: string): string {
  const whole = minimalCutSets.total <= MOST_WRITTEN;
  const limit = whole ? minimalCutSets.byOrder.length : 1;
  return `${whole ? '' : '> '}${seconds('scram', [...SCRAM, String(limit), xml])}`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

/** The service that no other needs. */
function topOf({ services }: Architecture): string {
  const needed = JSON.stringify(services.map(({ needs }) => needs));
  return services.find(({ name }) => !needed.includes(`"name":"${name}"`))?.name ?? services[0]?.name ?? '';
}

function readExpected(file: string): Map<string, Expected> {
  if (!existsSync(file)) return new Map();
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return new Map(
    lines.map((text) => {
      const [name, , , , byOrder, probability, scramSeconds] = text.split('\t') as [string, ...string[]];
      return [
        name,
        { byOrder: byOrder ?? '', probability: Number(probability), scramSeconds: Number(scramSeconds) },
      ] as const;
    }),
  );
}
