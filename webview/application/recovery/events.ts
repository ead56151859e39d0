/** The moments that a reviewer goes to: what the scenario does, when it should be over, and when it is. */
import { percentWords } from '../../../language/core/diagram/index.ts';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import type { Result } from './timeline.ts';

export interface TimelineEvent {
  readonly atSeconds: number;
  readonly kind: 'start' | 'step' | 'back' | 'deadline' | 'end';
  readonly text: string;
  /** For the time line, where there is little room. */
  readonly short: string;
  /** Which of the results it is an event of; absent for all of them. */
  readonly result?: number;
}

/** In order of time; what coincides is one event, its texts one after the other. */
export function eventsOf({ scenario, results }: Recovery): TimelineEvent[] {
  const { horizonSeconds, firstStepSeconds, steps } = scenario;
  const happening = [
    ...steps.map(({ atSeconds, text }): TimelineEvent => ({ atSeconds, kind: 'step', text, short: text })),
    ...results.flatMap((result, index) => eventsOfResult(result, index, results.length > 1, firstStepSeconds)),
  ].filter(({ atSeconds }) => atSeconds >= 0 && atSeconds <= horizonSeconds);
  const events = merged(happening);
  if (events[0]?.atSeconds !== 0) events.unshift(edge(0, 'start', 'Everything is up'));
  if (events.at(-1)?.atSeconds !== horizonSeconds) events.push(edge(horizonSeconds, 'end', 'The run ends'));
  return events;
}

const edge = (atSeconds: number, kind: 'start' | 'end', text: string): TimelineEvent => ({
  atSeconds,
  kind,
  text,
  short: text,
});

function eventsOfResult(result: Result, index: number, several: boolean, firstStepSeconds: number): TimelineEvent[] {
  return result.expectations.flatMap(({ service, kind, level, withinSeconds }) => {
    if (kind !== 'backTo') return [];
    const events: TimelineEvent[] = [];
    const title = serviceTitle(result, service);
    const percent = percentWords(level);
    if (withinSeconds !== undefined) {
      const text = `${title} should be back to ${percent}`;
      events.push({ atSeconds: firstStepSeconds + withinSeconds, kind: 'deadline', text, short: `${percent} due` });
    }
    const back = backAt(result, service, level, firstStepSeconds);
    if (back !== undefined) {
      const words = `${title} is back to ${percent}`;
      const text = several ? `${result.title}: ${words}` : words;
      events.push({ atSeconds: back, kind: 'back', text, short: `back to ${percent}`, result: index });
    }
    return events;
  });
}

/** The sample from which on the played run stays at the level; nothing if it never fell below or never came back. */
function backAt(result: Result, service: string, level: number, firstStepSeconds: number): number | undefined {
  const played = result.services.find(({ name }) => name === service)?.played ?? [];
  const lastBelow = played.findLastIndex((value) => value < level);
  const back = result.times[lastBelow + 1];
  return lastBelow < 0 || back === undefined || back < firstStepSeconds ? undefined : back;
}

export function serviceTitle(result: Result, name: string): string {
  const service = result.services.find((candidate) => candidate.name === name);
  return service?.title || name;
}

function merged(events: readonly TimelineEvent[]): TimelineEvent[] {
  const together = new Map<number, TimelineEvent[]>();
  for (const event of [...events].sort((a, b) => a.atSeconds - b.atSeconds)) {
    together.set(event.atSeconds, [...(together.get(event.atSeconds) ?? []), event]);
  }
  return [...together.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const texts = [...new Set(group.map(({ text }) => text))];
    if (texts.length === 1) return [first];
    const { result: _, ...all } = first;
    return [{ ...all, text: texts.join('; '), short: inShort([...new Set(group.map(({ short }) => short))]) }];
  });
}

/** Two things have room under the time line, more are counted. */
const inShort = (words: readonly string[]): string =>
  words.length > 2 ? `${words[0]}; ${words.length - 1} more` : words.join('; ');

const SLACK_SECONDS = 1e-6;

export const nextEvent = (events: readonly TimelineEvent[], atSeconds: number): TimelineEvent | undefined =>
  events.find((event) => event.atSeconds > atSeconds + SLACK_SECONDS);

export const previousEvent = (events: readonly TimelineEvent[], atSeconds: number): TimelineEvent | undefined =>
  events.findLast((event) => event.atSeconds < atSeconds - SLACK_SECONDS);

/** What has happened last. */
export const eventAt = (events: readonly TimelineEvent[], atSeconds: number): TimelineEvent | undefined =>
  events.findLast((event) => event.atSeconds <= atSeconds + SLACK_SECONDS);
