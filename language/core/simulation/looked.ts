import type { Level, ServiceLevel } from './levels.ts';
import type { Program } from './program.ts';

/** What the services of a program count: in their levels, or in those that these hang on. */
export interface Counting {
  /** Pools that are counted by any, ascending. */
  readonly pools: readonly number[];
  /** Services that count any. */
  readonly services: readonly number[];
  /** Found when first asked for: of a long chain of services all together would be the square of its length. */
  readonly of: (service: number) => Counted;
}

/** Of one service, ascending. */
export interface Counted {
  readonly pools: readonly number[];
  /** Services that its level hangs on, itself the last. */
  readonly levels: readonly number[];
}

/** The same for every run of a program, and found once. */
const known = new WeakMap<Program, Counting>();

export function countingOf(program: Program): Counting {
  const before = known.get(program);
  if (before) return before;
  const { services } = program;
  const counts = new Uint8Array(services.length);
  const pools = new Set<number>();
  // What is needed stands before what needs it.
  services.forEach((service, index) => {
    eachCounted(
      service,
      (pool) => {
        pools.add(pool);
        counts[index] = 1;
      },
      (needed) => {
        if (counts[needed] === 1) counts[index] = 1;
      },
    );
  });
  const found = new Map<number, Counted>();
  const counting: Counting = {
    pools: ascending(pools),
    services: Array.from(counts.keys()).filter((index) => counts[index] === 1),
    of(service) {
      const one = found.get(service) ?? countedBy(services, service);
      found.set(service, one);
      return one;
    },
  };
  known.set(program, counting);
  return counting;
}

function countedBy(services: readonly ServiceLevel[], service: number): Counted {
  const pools = new Set<number>();
  const levels = new Set([service]);
  // What is added meanwhile is walked through as well.
  for (const index of levels)
    eachCounted(
      services[index] as ServiceLevel,
      (pool) => pools.add(pool),
      (needed) => levels.add(needed),
    );
  return { pools: ascending(pools), levels: ascending(levels) };
}

/** The pools that the level of a service counts itself, and the services that it takes the level of. */
function eachCounted(
  { needs, population }: ServiceLevel,
  pool: (index: number) => void,
  service: (index: number) => void,
): void {
  if (population >= 0) pool(population);
  const walk = (level: Level): void => {
    if (level.kind === 'pool') {
      if (level.capacity > 0 && population >= 0) pool(level.pool);
    } else if (level.kind === 'service') service(level.service);
    else if (level.kind !== 'always') level.operands.forEach(walk);
  };
  needs.forEach(walk);
}

const ascending = (numbers: Iterable<number>): number[] => [...numbers].sort((a, b) => a - b);
