import { performance } from 'node:perf_hooks';

export interface Row {
  readonly what: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly runs: number;
  /** Milliseconds that design/experience.md allows, where it says. */
  readonly atMost?: number;
}

/** Median, least and most of so many runs after a warm-up, in milliseconds: the machine is shared, so one time says nothing. */
export async function measure(
  what: string,
  work: () => unknown,
  { runs = 15, warmUp = 3, atMost }: { runs?: number; warmUp?: number; atMost?: number } = {},
): Promise<Row> {
  for (let index = 0; index < warmUp; index++) await work();
  const times: number[] = [];
  for (let index = 0; index < runs; index++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return rowOf(what, times, atMost);
}

/** Of milliseconds measured in whatever way. */
export function rowOf(what: string, times: readonly number[], atMost?: number): Row {
  const sorted = [...times].sort((left, right) => left - right);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] as number;
  return {
    what,
    median: at(0.5),
    least: at(0),
    most: at(1),
    runs: times.length,
    ...(atMost !== undefined && { atMost }),
  };
}

export function printTable(rows: readonly Row[]): void {
  const cells = rows.map(({ what, median, least, most, runs, atMost }) => [
    what,
    median.toFixed(1),
    least.toFixed(1),
    most.toFixed(1),
    String(runs),
    atMost === undefined ? '' : String(atMost),
  ]);
  const table = [['what', 'median ms', 'least', 'most', 'runs', 'at most'], ...cells];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => (row[column] as string).length))) ?? [];
  for (const row of table) {
    console.log(
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number),
        )
        .join('  '),
    );
  }
}
