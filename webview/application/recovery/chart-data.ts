/** The recovery's curves and lines as the chart takes them: one service at a time, all architectures on one time axis. */
import { textWidth, writtenSpan } from '../../../language/core/diagram/index.ts';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import { type Result, resampled } from './timeline.ts';

/** From the lower to the upper edge of the plot: a curve at all or nothing is seen whole, and off the frame. */
export const LEVEL_RANGE = [-0.04, 1.06] as const;

export interface Curve {
  readonly title: string;
  readonly p10: readonly number[];
  readonly p50: readonly number[];
  readonly p90: readonly number[];
}

export interface Curves {
  readonly times: readonly number[];
  /** One an architecture, in their order; absent for one without this service. */
  readonly curves: readonly (Curve | undefined)[];
  /** The medians with the numbers as they are written, one an architecture, where the curves are with others. */
  readonly ghosts: readonly (readonly number[] | undefined)[];
}

export function curvesOf({ scenario, results }: Recovery, service: string, ghost?: Recovery): Curves {
  const times = results[0]?.times ?? [];
  const steps = scenario.steps.map(({ atSeconds }) => atSeconds);
  const curves = results.map((result) => {
    const found = result.services.find(({ name }) => name === service);
    if (found === undefined) return undefined;
    const onAxis = (values: readonly number[]) =>
      sameTimes(times, result.times) ? values : resampled(values, result.times, steps, times);
    return { title: result.title, p10: onAxis(found.p10), p50: onAxis(found.p50), p90: onAxis(found.p90) };
  });
  const ghosts = results.map(({ architecture }) => {
    const before = ghost?.results.find((result) => result.architecture === architecture);
    const median = before?.services.find(({ name }) => name === service)?.p50;
    return before && median && resampled(median, before.times, steps, times);
  });
  return { times, curves, ghosts };
}

/** Whether the runs differ by so much, and for so long, that a band is seen: on a steep flank none is. */
export const hasBand = ({ curves }: Curves): boolean =>
  curves.some((curve) => {
    const wide = curve?.p90.filter((level, at) => level - (curve.p10[at] ?? level) > LEAST_SEEN) ?? [];
    return wide.length > LEAST_SHARE_SEEN * (curve?.p90.length ?? 0);
  });

const LEAST_SEEN = 0.02;
const LEAST_SHARE_SEEN = 0.03;

const sameTimes = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((seconds, index) => seconds === b[index]);

export interface ExpectationLine {
  readonly kind: 'backTo' | 'neverBelow';
  readonly level: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** The expectations on a service: the same for every architecture, so each once. */
export function expectationLines({ scenario, results }: Recovery, service: string): ExpectationLine[] {
  const lines = new Map<string, ExpectationLine>();
  for (const result of results) {
    for (const { kind, level, withinSeconds, service: on } of result.expectations) {
      if (on !== service) continue;
      const fromSeconds = scenario.firstStepSeconds;
      const toSeconds =
        kind === 'backTo' && withinSeconds !== undefined ? fromSeconds + withinSeconds : scenario.horizonSeconds;
      lines.set(`${kind} ${level} ${toSeconds}`, { kind, level, fromSeconds, toSeconds });
    }
  }
  return [...lines.values()];
}

/** Every service of any of the architectures; first what an expectation asks for. */
export function chartedServices(results: readonly Result[]): { name: string; title: string }[] {
  const titles = new Map<string, string>();
  for (const { services } of results) for (const { name, title } of services) titles.set(name, title || name);
  const asked = new Set(results.flatMap(({ expectations }) => expectations.map(({ service }) => service)));
  const names = [...titles.keys()];
  return [...names.filter((name) => asked.has(name)), ...names.filter((name) => !asked.has(name))].map((name) => ({
    name,
    title: titles.get(name) ?? name,
  }));
}

const TICK_STEPS_SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
];
const TICK_FONT = { size: 12, bold: false };
const TICK_GAP = 16;

/** `T` for the first step, `+6 h`, `−30 min`. */
export const tickWords = (sinceSeconds: number): string =>
  Math.abs(sinceSeconds) < 1e-6 ? 'T' : `${sinceSeconds < 0 ? '−' : '+'}${writtenSpan(Math.abs(sinceSeconds))}`;

/** Round times from the first step on, as many as have room for their words on so many pixels. */
export function timeTicks(firstStepSeconds: number, horizonSeconds: number, pixels: number): number[] {
  if (!(horizonSeconds > 0) || !(pixels > 0)) return [0];
  const most = Math.max(1, Math.floor(pixels / TICK_GAP));
  for (const step of [...TICK_STEPS_SECONDS, horizonSeconds]) {
    if (horizonSeconds / step > most) continue;
    const ticks = ticksBy(step, firstStepSeconds, horizonSeconds);
    const widest = Math.max(...ticks.map((seconds) => textWidth(tickWords(seconds - firstStepSeconds), TICK_FONT)));
    if ((step / horizonSeconds) * pixels >= widest + TICK_GAP || step === horizonSeconds) return ticks;
  }
  return [firstStepSeconds];
}

function ticksBy(step: number, firstStepSeconds: number, horizonSeconds: number): number[] {
  const first = firstStepSeconds - Math.floor(firstStepSeconds / step) * step;
  const count = Math.floor((horizonSeconds - first) / step + 1e-6) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index * step);
}
