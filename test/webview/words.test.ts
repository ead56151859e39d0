import { describe, expect, test } from 'vitest';
import { spanWords } from '../../language/core/diagram/index.ts';
import { chartWords, clockWords, recoveryWords, verdictWords } from '../../webview/application/recovery/words.ts';
import { result } from './samples.ts';

const HOUR = 3600;
const [backTo, neverBelow] = result.expectations as [
  (typeof result.expectations)[number],
  (typeof result.expectations)[number],
];

test('spans are told in two units, hours going on beyond a day, nothing that takes time as 0', () => {
  expect([0, 0.0002, 0.35, 1, 45, 90, 720, 3600, 12_000, 121_800, 119.7 * 60].map(spanWords)).toEqual([
    '0 s',
    '1 ms',
    '350 ms',
    '1 s',
    '45 s',
    '1 min 30 s',
    '12 min',
    '1 h',
    '3 h 20 min',
    '33 h 50 min',
    '2 h',
  ]);
});

test('the clock counts from the first step', () => {
  const words = (seconds: number) => clockWords(seconds, HOUR, 72 * HOUR);
  expect([0, HOUR - 10, HOUR, HOUR + 12_000].map(words)).toEqual([
    'T − 1 h',
    'T + 0 min',
    'T + 0 min',
    'T + 3 h 20 min',
  ]);
  expect([60, 70].map((seconds) => clockWords(seconds, 60, 300))).toEqual(['T + 0 s', 'T + 10 s']);
});

describe('A verdict', () => {
  test('says what was expected and what was measured', () => {
    expect(verdictWords({ ...result, services: [] }, { ...backTo, measured: 121_800, share: 0 })).toEqual({
      met: false,
      expectation: 'Calling back to 95% within 20 s',
      measured: 'Back after 33 h 50 min (90th percentile); held in 0 of 100 runs',
      short: '33 h 50 min',
    });
    expect(verdictWords(result, backTo).measured).toBe(
      'Not back within the run (90th percentile); held in 3 of 100 runs',
    );
    expect(verdictWords(result, backTo).short).toBe('not within the run');
    expect(verdictWords(result, { ...neverBelow, measured: 0.35, holds: true, share: 1 })).toEqual({
      met: true,
      expectation: 'Calling never below 20%',
      measured: 'Lowest level 35% (10th percentile); held in 100 of 100 runs',
      short: '35%',
    });
  });

  test('is followed by how soon the service is back', () => {
    expect(recoveryWords(result)).toEqual([
      'Calling back to 95% after 25 s (median; 10th to 90th percentile: 24 s to never)',
    ]);
    const services = result.services.map((service) => ({
      ...service,
      recovery: [{ level: 0.95, p10: null, p50: null, p90: null }],
    }));
    expect(recoveryWords({ ...result, services })).toEqual(['Calling back to 95%: not within the run (median)']);
    const untouched = services.map((service) => ({ ...service, recovery: [{ level: 0.95, p10: 0, p50: 0, p90: 0 }] }));
    expect(recoveryWords({ ...result, services: untouched })).toEqual(['Calling never below 95% (90th percentile)']);
  });
});

test('the chart has words for those who cannot see it', () => {
  expect(chartWords([result], 'Calling')).toBe(
    'Level of Calling over time, median and 10th to 90th percentile. Telephony: the median falls to 0% at its lowest and ends at 100%.',
  );
});
