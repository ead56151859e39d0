/**
 * What a recovery would be with other numbers, as a value. A few runs come first, so that the chart follows the slider;
 * when they are there and the slider rests, as many as the settings ask for. One request is under way at a time: what
 * the slider passes over meanwhile is never asked.
 */
import type { InputOf } from '../../../language/protocol/panel.ts';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import type { Change } from '../../../language/protocol/recovery-messages.ts';

export interface WhatIf {
  readonly changes: readonly Change[];
  /** With the changes that were asked for last and answered. */
  readonly recovery: Recovery | undefined;
  readonly asked: { readonly id: number; readonly changes: readonly Change[]; readonly quick: boolean } | undefined;
}

export const asWritten: WhatIf = { changes: [], recovery: undefined, asked: undefined };

/** As many as take no longer than a tenth of a second. */
export const QUICK_RUNS = 4;

interface Played {
  readonly scenario: string;
  readonly architectures: readonly string[];
  readonly folded?: readonly string[] | undefined;
}

export interface WhatIfUpdate {
  readonly whatIf: WhatIf;
  /** What is to be asked now, under the id that was offered. */
  readonly ask: InputOf<'whatIf'> | undefined;
}

/** Absent `value`: as it is written. */
export function withChange(
  whatIf: WhatIf,
  id: string,
  value: number | undefined,
  played: Played,
  nextId: number,
): WhatIfUpdate {
  const others = whatIf.changes.filter((change) => change.id !== id);
  const changes = value === undefined ? others : [...others, { id, value }];
  return askNext({ ...whatIf, changes }, played, nextId);
}

/** The same changes once more. */
export const triedAnew = (whatIf: WhatIf, played: Played, nextId: number): WhatIfUpdate =>
  askNext({ ...whatIf, changes: [...whatIf.changes] }, played, nextId);

/** An answer, to the last request or to one that nobody waits for. */
export function answered(
  whatIf: WhatIf,
  id: number,
  recovery: Recovery | undefined,
  isWhole: boolean,
  played: Played,
  nextId: number,
): WhatIfUpdate {
  const { asked } = whatIf;
  if (asked?.id !== id) return { whatIf, ask: undefined };
  const known = recovery === undefined ? whatIf : { ...whatIf, recovery };
  if (!isWhole) return { whatIf: known, ask: undefined };
  return askNext({ ...known, asked: undefined }, played, nextId, asked);
}

function askNext(
  whatIf: WhatIf,
  { scenario, architectures, folded }: Played,
  nextId: number,
  last?: NonNullable<WhatIf['asked']>,
): WhatIfUpdate {
  const { changes, asked } = whatIf;
  if (changes.length === 0) return { whatIf: { ...asWritten }, ask: undefined };
  // What is asked slowly is given up for what is asked now; what is quick is waited for.
  if (asked?.quick) return { whatIf, ask: undefined };
  const quick = last?.changes !== changes;
  if (!quick && !last?.quick) return { whatIf, ask: undefined };
  return {
    whatIf: { ...whatIf, asked: { id: nextId, changes, quick } },
    ask: {
      scenario,
      architectures: [...architectures],
      ...(folded && { folded: [...folded] }),
      changes: [...changes],
      ...(quick && { runs: QUICK_RUNS }),
    },
  };
}
