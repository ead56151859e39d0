import { describe, expect, it } from 'vitest';
import { checkExample, EXAMPLES, runnable, simulateMany } from './load.ts';
import { type OutageRecord, type PointOfRecord, RECORDS } from './record.ts';

const RUNS = 15;
/** Beyond so many percentage points an example must say what its model does not show. */
const UNEXPLAINED = 10;

interface Found {
  /** What explains the distances. */
  readonly why: string;
  /** Median of the runs less the record at each of its points, in percentage points, as found. */
  readonly distances: readonly number[];
  /** How far a distance may be from what was found, in percentage points: more where the curve is steep. */
  readonly tolerance: number;
}

/**
 * How far the simulated curve and the record are apart. This says what is, and asks for no closeness: a distance that
 * changes, in either direction, is to be looked at and written down anew.
 */
const FOUND: Readonly<Record<string, Found>> = {
  'skype-2007': {
    why: `Promotion at one rate fills the network in two strokes, slow and fast. The record has three: twelve hours of
      nothing, six hours in which 2.3 million come back, a day of little more. The bug in the allocation of resources,
      of which no more is public, and whatever ended it, are not in the model; neither is the relapse.`,
    distances: [2.9, 25, 7, 36, 36, 33, 25, 17, 0, 90, 0],
    tolerance: 4,
  },
  'skype-2010': {
    why: `Fall and plateau come of the two assumed rates, the rise of the assumed hours of the company's help. That the
      fall is slower than in the record is the model's: it has no flood of log-ins that hastens it.`,
    distances: [5.5, 3.6, 0.3, -1.2, 3.4],
    tolerance: 3,
  },
  'aws-2025-reads': { why: 'The time of the repair is given.', distances: [0, 0, 0], tolerance: 0.5 },
  'aws-2025-launches': {
    why: `A queue that lets in what it can is through in three hours. That the queue for leases collapsed under those
      who waited, and that launches were limited afterwards, is not in the model.`,
    distances: [0, 100, 100, 0],
    tolerance: 1,
  },
  'meta-2021': {
    why: `The front ends let users in as soon as there are names; in the record it took an hour more, and the pace of
      what came then is an assumption.`,
    distances: [0, 11, 26, 0],
    tolerance: 3,
  },
  'tor-2021-consensus': { why: 'The length of the flood is an assumption.', distances: [0, 0, 0], tolerance: 0.5 },
  'tor-2021-onions': {
    why: 'A need holds or does not: that a consensus stays good for hours cannot be said in the language.',
    distances: [-100, -100, 0],
    tolerance: 0.5,
  },
  'content-update-2024': {
    why: `The mean time of repair is taken from the first point; that the second is above the record says that repairs
      have a longer tail than an exponential one.`,
    distances: [0, 0.8],
    tolerance: 0.3,
  },
};

interface Compared {
  readonly point: PointOfRecord;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  /** Percentage points from the record, or from the nearer end of its range, to the median. */
  readonly distance: number;
}

/** The simulated band at each point of a record. */
async function compare({ example, architecture, scenario, service, points }: OutageRecord): Promise<Compared[]> {
  const asked = runnable(await checkExample(example), scenario, architecture);
  const begins = Math.min(...asked.scenario.steps.map(({ atSeconds }) => atSeconds));
  const ends = begins + (points.at(-1)?.hours ?? 0) * 3600;
  const horizonSeconds = Math.max(asked.scenario.horizonSeconds, ends);
  const { times, services } = simulateMany({ ...asked, scenario: { ...asked.scenario, horizonSeconds } }, RUNS);
  return points.map((point) => {
    const at = times.findLastIndex((time) => time <= begins + point.hours * 3600);
    const [p10, p50, p90] = (['p10', 'p50', 'p90'] as const).map((band) => services[service]?.level[band][at] ?? NaN);
    const nearest = Math.min(Math.max(p50 as number, point.low ?? point.level), point.high ?? point.level);
    return { point, p10, p50, p90, distance: 100 * ((p50 as number) - nearest) } as Compared;
  });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

const told = ({ point, p10, p50, p90, distance }: Compared): string =>
  `after ${point.hours} h: ${percent(point.level)} on record, ${percent(p50)} simulated (${percent(p10)} to ${percent(p90)}), ${distance.toFixed(1)} points apart`;

it('every record has its distances written down here', () => {
  expect(Object.keys(FOUND).sort()).toEqual(Object.keys(RECORDS).sort());
});

describe.each(Object.keys(FOUND))('the record %s', (name) => {
  const record = RECORDS[name] as OutageRecord;
  const found = FOUND[name] as Found;

  it('is as far from the simulation as was found', async () => {
    const compared = await compare(record);
    const report = compared.map(told).join('\n');
    expect(compared).toHaveLength(found.distances.length);
    compared.forEach(({ p10, p50, p90, distance }, index) => {
      expect(p10).toBeLessThanOrEqual(p50);
      expect(p50).toBeLessThanOrEqual(p90);
      expect(Math.abs(distance - (found.distances[index] as number)), report).toBeLessThanOrEqual(found.tolerance);
    });
  });

  it('is named in its example, which says what the model does not show', () => {
    const text = EXAMPLES[record.example];
    expect(text).toContain(`record/${name}.json`);
    if (found.distances.some((distance) => Math.abs(distance) > UNEXPLAINED))
      expect(text).toMatch(/What the model does not show/);
  });
});

it('an example without a record says that there is none', () => {
  const recorded = new Set(Object.values(RECORDS).map(({ example }) => example));
  const silent = Object.entries(EXAMPLES).filter(
    ([file, text]) => !recorded.has(file) && !/There\s+is\s+no\s+record/.test(text),
  );
  expect(silent.map(([file]) => file)).toEqual([]);
});
