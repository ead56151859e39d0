import type { Chain } from './chains.ts';

/** As many paths as a sentence bears. */
const PATHS = 4;

/**
 * A chain as a reader sees it, `Calling → Client → SuperNode`; a long one without its middle. Where it comes to a
 * choice, all ways are told, for one falling alone would harm nobody: `S → C or D → X` where both fall by X in the same
 * way, else `S → C or D; C → X; D → Y → X`.
 */
export function chainText(chain: Chain): string {
  const paths = pathsOf(chain);
  return [...paths.slice(0, PATHS), ...(paths.length > PATHS ? ['…'] : [])].join('; ');
}

/** As much of it as one path tells; `S → C or D → …` where it comes to a choice whose ways differ. */
export function firstPathText(chain: Chain): string {
  const [first = '', ...more] = pathsOf(chain);
  return more.length === 0 ? first : `${first} → …`;
}

function pathsOf({ steps, length, choice }: Chain): string[] {
  const names = steps.flatMap((step) => (step.owner === step.from ? [step.from] : [step.from, step.owner]));
  const fork = choice?.ways[0]?.step;
  if (choice !== undefined && fork !== undefined) {
    names.push(...(fork.owner === fork.from ? [fork.from] : [fork.from, fork.owner]), choice.text);
  } else {
    const last = steps.at(-1);
    if (last !== undefined) names.push(last.to);
  }
  const whole = names.length <= 7 && steps.length === length;
  const path = (whole ? names : [...names.slice(0, 3), '…', ...names.slice(-3)]).join(' → ');
  if (choice === undefined) return [path];
  const tails = choice.ways.map(({ chain }) => pathsOf(chain));
  // Where all of them go on in the same way, it is said once.
  const rests = new Set(
    tails.map(([tail = '', ...more]) => (more.length > 0 ? more : tail.split(' → ').slice(1)).join(' → ')),
  );
  const [rest = ''] = rests;
  if (choice.isWhole && rests.size === 1 && tails.every((tail) => tail.length === 1)) {
    return [rest === '' ? path : `${path} → ${rest}`];
  }
  return [path, ...tails.flat().filter((tail) => tail !== '')];
}
