/** What a review says, in words that a page and a Markdown file share. */
import { percentWords, writtenSpan } from '../../language/core/diagram/index.ts';
import type { Recovery } from '../../language/protocol/pictures.ts';
import type { ReviewedArchitecture, ReviewedFile, ReviewedFinding } from '../../language/protocol/reviews.ts';
import { countWords, cutWords } from '../application/failure/words.ts';
import { clockWords } from '../application/recovery/words.ts';
import type { RecoveryState } from '../picture/index.ts';

type Service = ReviewedArchitecture['services'][number];

/** `2 warnings, 1 hint, 3 accepted`; `No findings`. */
export function findingCounts(findings: readonly ReviewedFinding[]): string {
  const open = findings.filter(({ accepted }) => !accepted);
  const counts = (['error', 'warning', 'information', 'hint'] as const).flatMap((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === 'information' ? '' : 's'}`];
  });
  const accepted = findings.length - open.length;
  if (accepted > 0) counts.push(`${accepted} accepted`);
  return counts.length === 0 ? 'No findings' : counts.join(', ');
}

export const SEVERITY_WORDS: Readonly<Record<ReviewedFinding['severity'], string>> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Information',
  hint: 'Hint',
};

/** Of one architecture; those of none, or of an architecture of another file, for `undefined`. */
export const findingsOf = (
  { findings, architectures }: ReviewedFile,
  architecture: string | undefined,
): ReviewedFinding[] => {
  const known = new Set(architectures.map(({ name }) => name));
  return findings.filter((finding) =>
    architecture === undefined
      ? finding.architecture === undefined || !known.has(finding.architecture)
      : finding.architecture === architecture,
  );
};

/** `95% of the traffic goes through what users run, 5% through what the company runs.` */
export function controlWords({ control }: Service): string | undefined {
  if (control === null) return undefined;
  const parties = [
    { share: control.company, words: 'the company runs' },
    { share: control.users, words: 'users run' },
    { share: control.vendor, words: 'vendors run' },
  ].filter(({ share }) => share > 0);
  const [first, ...others] = parties.sort((left, right) => right.share - left.share);
  if (first === undefined) return undefined;
  const rest = others.map(({ share, words }) => `, ${percentWords(share)} through what ${words}`).join('');
  return `${percentWords(first.share)} of the traffic goes through what ${first.words}${rest}.`;
}

export interface CutSetWords {
  /** How many there are, and how far that is known. */
  readonly summary: string;
  /** Each set in the names that readers know, the smallest sets first. */
  readonly sets: readonly { readonly order: number; readonly events: readonly EventLabel[] }[];
  /** Empty where all are listed. */
  readonly cut: string;
}

export interface EventLabel {
  readonly label: string;
  /** Who runs it, or what it is. */
  readonly caption: string;
}

export function cutSetWords({ cutSets }: Service, { failures }: ReviewedArchitecture): CutSetWords {
  if (cutSets === undefined) return { summary: 'The minimal cut sets took too long to find.', sets: [], cut: '' };
  const known = new Map(failures.failures.map((failure) => [failure.name, failure]));
  const labelOf = (name: string): EventLabel => {
    const failure = known.get(name);
    return { label: failure?.label ?? name.replace(/^operator:/, ''), caption: failure?.caption ?? '' };
  };
  return {
    summary: `${countWords(cutSets)}.`,
    sets: cutSets.sets.map((set) => ({ order: set.length, events: set.map(labelOf) })),
    cut: cutWords(cutSets),
  };
}

export const recoveryTitle = ({ scenario, results }: Recovery): string =>
  `${scenario.title || scenario.name}: ${results.map(({ title }) => title).join(' · ')}`;

/** `On A · B, for 72 h: at 1 h strike MassReboot; at 2 h add 100 Server.` */
export function storyWords({ scenario, results }: Recovery): string {
  const steps = scenario.steps.map(({ atSeconds, text }) => `at ${writtenSpan(atSeconds)} ${text}`);
  const on = results.map(({ title }) => title).join(' · ');
  return `On ${on}, for ${writtenSpan(scenario.horizonSeconds)}: ${steps.join('; ')}.`;
}

/** When a moment of a run is, as the clock of the recovery says it. */
export const whenWords = ({ scenario }: Recovery, atSeconds: number): string =>
  clockWords(atSeconds, scenario.firstStepSeconds, scenario.horizonSeconds);

export const levelWords = (level: number): string => `${Math.round(level * 1000) / 10}%`;

export interface Moment {
  readonly state: RecoveryState;
  readonly atSeconds: number;
  /** `T + 1 h 12 min` */
  readonly clock: string;
}

/**
 * The run that is played, when its first service is lowest for the first time since something happened: the picture for
 * those who see but one. A service that nothing takes down is shown at the first step, with what is down then.
 */
export function lowestMoment(result: Recovery['results'][number], scenario: Recovery['scenario']): Moment {
  const levels = result.services[0]?.played ?? [];
  const since = Math.max(
    0,
    result.times.findIndex((seconds) => seconds >= scenario.firstStepSeconds),
  );
  const index = Math.max(since, levels.indexOf(Math.min(...levels.slice(since)), since));
  const at = (values: readonly number[]): number => values[index] ?? 0;
  const atSeconds = at(result.times);
  return {
    atSeconds,
    clock: clockWords(atSeconds, scenario.firstStepSeconds, scenario.horizonSeconds),
    state: {
      pools: Object.fromEntries(
        result.pools.map(({ name, up, starting, down, load }) => [
          name,
          { up: at(up), starting: at(starting), down: at(down), load: at(load) },
        ]),
      ),
      levels: Object.fromEntries(result.services.map(({ name, played }) => [name, at(played)])),
    },
  };
}
