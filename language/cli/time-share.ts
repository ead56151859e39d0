/** How long one question may take. Both are asked now and then. */
export interface Share {
  readonly shouldStop: () => boolean;
  /** What was found until then has to be counted and listed, too. */
  readonly shouldStopTelling: () => boolean;
}

/** `performance` is nine modules of Node, which a short call would load for this alone. */
const sinceStart = (): number => Number(process.hrtime.bigint()) / 1e9;

/** Of a share, for finding; the rest is for telling. */
const FOR_FINDING = 0.7;

/**
 * Shares a time limit among questions that are asked one after the other. Each may take half of what is left, the last
 * one all: a hard one leaves something for those behind it, and what easy ones do not need is left for the hard.
 */
export function timeShares(limitSeconds: number, questions: number, now = sinceStart): () => Share {
  const end = now() + limitSeconds;
  let left = questions;
  return () => {
    left -= 1;
    const begun = now();
    const mine = Math.max(0, end - begun) * (left > 0 ? 0.5 : 1);
    return {
      shouldStop: () => now() >= begun + FOR_FINDING * mine,
      shouldStopTelling: () => now() >= begun + mine,
    };
  };
}
