import type { Diagnostic } from 'vscode-languageserver-types';
import type { Slip } from '../parsing/slips.ts';

/** What is wrong, apart from the words for it: quick fixes go by this, so the words may change. */
export interface Mistake {
  readonly kind:
    | Slip['kind']
    | 'given-twice'
    | 'unreadable-import'
    | 'promoted-restarts'
    | 'shares'
    | 'missing-run'
    | 'missing-on'
    | 'needless-on'
    | 'nothing-to-leave-out'
    | 'left-behind'
    | 'extends-itself';
  /** The word or name that it is about, where the words at its place do not say it. */
  readonly word?: string;
}

/** The data of a diagnostic that has one mistake. */
export const mistake = (kind: Mistake['kind'], word?: string) => ({
  code: kind,
  mistakes: [{ kind, ...(word !== undefined && { word }) }] satisfies Mistake[],
});

/** The mistakes that a diagnostic of ours tells of. */
export function mistakesOf({ data }: Diagnostic): readonly Mistake[] {
  const told: unknown = data;
  return typeof told === 'object' && told !== null && 'mistakes' in told ? (told.mistakes as readonly Mistake[]) : [];
}
