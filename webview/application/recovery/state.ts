/** The recovery that is shown, and all that is asked about it, as one value. Pure. */
import type { HostMessage, InputOf } from '../../../language/protocol/panel.ts';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import type { ReportedNumber, ReportedSensitivity } from '../../../language/protocol/runs.ts';
import { answered, asWritten, triedAnew, type WhatIf, withChange } from './what-if.ts';

export interface Run {
  readonly id: number;
  readonly scenario: string;
  readonly architectures: readonly string[];
  /** As the reader had folded and opened the picture, if at all. */
  readonly folded?: readonly string[] | undefined;
  /** The run that is shown anew with other boxes open. */
  readonly anew?: number | undefined;
}

/** The same as long as the reader looks at the same run, whatever of it is folded. */
export const viewOf = ({ id, anew }: Run): number => anew ?? id;

export interface Shown {
  readonly run: Run;
  readonly recovery: Recovery;
  readonly whatIf: WhatIf;
  /** By architecture, as far as they were asked for. */
  readonly numbers: ReadonlyMap<string, readonly ReportedNumber[]>;
  readonly sensitivity: ReadonlyMap<string, SensitivityState>;
  /** What was put into the text last. */
  readonly written: string | undefined;
  /** Why something that was asked for did not come. */
  readonly refusal: string | undefined;
  /** Requests under way, with what they are about. */
  readonly asked: Readonly<Record<number, { readonly kind: 'numbers' | 'sensitivity' | 'write'; readonly of: string }>>;
}

/** The version of the text that the values which are moved were tried on. */
export const triedOn = ({ whatIf, recovery }: Shown): number => (whatIf.recovery ?? recovery).version;

export type SensitivityState =
  | { readonly kind: 'asked'; readonly done: number; readonly total: number }
  | { readonly kind: 'known'; readonly sensitivity: ReportedSensitivity }
  | { readonly kind: 'refused'; readonly message: string };

/** What was moved in a recovery that is seen anew, as it is to be asked. */
export function retried(shown: Shown, nextId: number): ShownUpdate {
  const { whatIf, run } = shown;
  if (whatIf.changes.length === 0 || whatIf.asked !== undefined || whatIf.recovery !== undefined)
    return { shown, ask: [] };
  return changing(shown, triedAnew(whatIf, run, nextId));
}

/** What is folded in it as it is seen, and what was meant to be. */
export const foldedIn = ({ run, recovery }: Shown): string[] => [
  ...new Set([
    ...(run.folded ?? []),
    ...recovery.results.flatMap(({ diagram }) =>
      diagram.nodes.flatMap(({ id, kind }) => (kind === 'folded' ? [id] : [])),
    ),
  ]),
];

export type RecoveryEvent =
  /** Which numbers there are, of all architectures that are shown. */
  | { readonly type: 'wantNumbers' }
  | { readonly type: 'wantSensitivity'; readonly architecture: string }
  /** Without a value, as it is written. */
  | { readonly type: 'changeNumber'; readonly number: string; readonly value?: number }
  | { readonly type: 'resetNumbers' }
  | { readonly type: 'writeNumber'; readonly architecture: string; readonly number: string };

/** What is to be asked, each under the next id. */
export type Question = {
  [Kind in 'whatIf' | 'numbers' | 'sensitivity' | 'write']: { readonly kind: Kind; readonly input: InputOf<Kind> };
}['whatIf' | 'numbers' | 'sensitivity' | 'write'];

export interface ShownUpdate {
  readonly shown: Shown;
  /** The first under the id that was offered, the others under those that follow. */
  readonly ask: readonly Question[];
  /** A request that nobody waits for any more. */
  readonly cancel?: number;
}

export const showing = (run: Run, recovery: Recovery, before: Shown | undefined): Shown =>
  before?.run.id === run.id
    ? { ...before, recovery }
    : before !== undefined && viewOf(before.run) === viewOf(run)
      ? // What was tried was tried on a picture that is gone: it is to be tried anew.
        { ...before, run, recovery, whatIf: { ...asWritten, changes: before.whatIf.changes } }
      : {
          run,
          recovery,
          whatIf: asWritten,
          numbers: new Map(),
          sensitivity: new Map(),
          written: undefined,
          refusal: undefined,
          asked: {},
        };

export function updateShown(shown: Shown, event: RecoveryEvent, nextId: number): ShownUpdate {
  const { run } = shown;
  switch (event.type) {
    case 'wantNumbers': {
      const known = new Set([...shown.numbers.keys(), ...Object.values(shown.asked).map(({ of }) => of)]);
      const missing = run.architectures.filter((architecture) => !known.has(architecture));
      return asking(
        shown,
        missing.map((architecture) => ({ kind: 'numbers', input: { architecture, scenario: run.scenario } })),
        nextId,
      );
    }
    case 'wantSensitivity': {
      const { architecture } = event;
      const known = shown.sensitivity.get(architecture);
      if (known !== undefined && known.kind !== 'refused') return { shown, ask: [] };
      // One at a time: a later one takes the place of an earlier one.
      const others = [...shown.sensitivity].filter(([, state]) => state.kind === 'known');
      const sensitivity = new Map<string, SensitivityState>([
        ...others,
        [architecture, { kind: 'asked', done: 0, total: 0 }],
      ]);
      return asking(
        { ...shown, sensitivity },
        [{ kind: 'sensitivity', input: { architecture, scenario: run.scenario } }],
        nextId,
      );
    }
    case 'changeNumber':
      return changing(shown, withChange(shown.whatIf, event.number, event.value, run, nextId));
    case 'resetNumbers':
      return changing(shown, { whatIf: asWritten, ask: undefined });
    case 'writeNumber': {
      const value = shown.whatIf.changes.find(({ id }) => id === event.number)?.value;
      if (value === undefined) return { shown, ask: [] };
      const { architecture, number } = event;
      return asking(
        { ...shown, written: undefined, refusal: undefined },
        [{ kind: 'write', input: { architecture, scenario: run.scenario, number, value } }],
        nextId,
      );
    }
  }
}

function changing(shown: Shown, { whatIf, ask }: ReturnType<typeof withChange>): ShownUpdate {
  const { asked } = shown.whatIf;
  const isGivenUp = asked !== undefined && whatIf.asked === undefined;
  return {
    shown: { ...shown, whatIf, written: undefined, refusal: undefined },
    ask: ask === undefined ? [] : [{ kind: 'whatIf', input: ask }],
    ...(isGivenUp && { cancel: asked.id }),
  };
}

function asking(shown: Shown, ask: readonly Question[], nextId: number): ShownUpdate {
  const asked = Object.fromEntries(
    ask.flatMap(({ kind, input }, index) => {
      if (kind === 'whatIf') return [];
      return [[nextId + index, { kind, of: input.architecture }]];
    }),
  );
  return { shown: { ...shown, asked: { ...shown.asked, ...asked } }, ask };
}

type Reply = Extract<HostMessage, { type: 'reply' | 'partial' | 'refusal' | 'progress' }>;

/** What came in answer to something that was asked about what is shown. */
export function receiveShown(shown: Shown, message: Reply, nextId: number): ShownUpdate {
  const { id } = message;
  if (shown.whatIf.asked?.id === id) return receiveWhatIf(shown, message, nextId);
  const asked = shown.asked[id];
  if (asked === undefined) return { shown, ask: [] };
  if (message.type === 'progress') {
    if (asked.kind !== 'sensitivity') return { shown, ask: [] };
    const state: SensitivityState = { kind: 'asked', done: message.done, total: message.total };
    return { shown: { ...shown, sensitivity: withOne(shown.sensitivity, asked.of, state) }, ask: [] };
  }
  const { [id]: _, ...others } = shown.asked;
  const left = { ...shown, asked: others };
  if (message.type === 'refusal') {
    if (asked.kind !== 'sensitivity') return { shown: { ...left, refusal: message.message }, ask: [] };
    const state: SensitivityState = { kind: 'refused', message: message.message };
    return { shown: { ...left, sensitivity: withOne(left.sensitivity, asked.of, state) }, ask: [] };
  }
  if (message.kind === 'numbers') {
    const numbers = withOne(left.numbers, asked.of, message.reply.numbers);
    return { shown: settled({ ...left, numbers }), ask: [] };
  }
  if (message.kind === 'sensitivity') {
    const state: SensitivityState = { kind: 'known', sensitivity: message.reply.sensitivity };
    return { shown: { ...left, sensitivity: withOne(left.sensitivity, asked.of, state) }, ask: [] };
  }
  if (message.kind !== 'write') return { shown: left, ask: [] };
  // What is moved is tried anew, on the text as it is now, and what is written there is read again.
  const { whatIf, ask } = triedAnew(left.whatIf, left.run, nextId);
  return asking(
    { ...left, whatIf, written: message.reply.text },
    [
      ...(ask === undefined ? [] : [{ kind: 'whatIf', input: ask } as const]),
      ...[...left.numbers.keys()].map(
        (architecture) => ({ kind: 'numbers', input: { architecture, scenario: left.run.scenario } }) as const,
      ),
    ],
    nextId,
  );
}

const withOne = <Value>(
  all: ReadonlyMap<string, Value>,
  architecture: string,
  value: Value,
): ReadonlyMap<string, Value> => new Map([...all, [architecture, value]]);

/** Numbers that are all written by now are tried no more: the recovery with them is that of the text. */
function settled(shown: Shown): Shown {
  const { changes, asked, recovery } = shown.whatIf;
  if (asked !== undefined || recovery === undefined || changes.length === 0) return shown;
  const numbers = [...shown.numbers.values()].flat();
  const isWritten = changes.every(({ id, value }) => {
    const written = numbers.filter((number) => number.id === id);
    return written.length > 0 && written.every((number) => Math.abs(number.value / value - 1) < SAME);
  });
  return isWritten ? { ...shown, recovery, whatIf: asWritten } : shown;
}

/** A value that went through the text and back is the same to this. */
const SAME = 1e-9;

function receiveWhatIf(shown: Shown, message: Reply, nextId: number): ShownUpdate {
  if (message.type === 'progress') return { shown, ask: [] };
  const recovery = message.type !== 'refusal' && message.kind === 'whatIf' ? message.reply : undefined;
  const isWhole = message.type !== 'partial';
  const { whatIf, ask } = answered(shown.whatIf, message.id, recovery, isWhole, shown.run, nextId);
  return {
    shown: settled({ ...shown, whatIf, ...(message.type === 'refusal' && { refusal: message.message }) }),
    ask: ask === undefined ? [] : [{ kind: 'whatIf', input: ask }],
  };
}
