import type { Architecture, Scenario } from '../../language/core/model/index.ts';
import { compile, run } from '../../language/core/simulation/index.ts';
import { dense, PATCH_TUESDAY, regions, SKYPE_2007, woven } from './simulation-models.ts';

const HOUR = 3600;

/**
 * Cost against components and horizon, no worse than linear. In time of the processor, as the machine is shared, and the
 * least of several rounds in which all sizes take turns, once they have run long enough to run at full speed: a first run
 * costs several times the next, the most where there is least to do. Beside it stands how many steps a run takes: what
 * happens one by one ends a step for all, and more components have more of it.
 */
export function printScaling(): void {
  const SIZES = [10, 30, 100, 300, 1000];
  const bySize = (title: string, modelOf: (size: number) => { model: Architecture; story: Scenario }): void =>
    printCosts(
      title,
      SIZES.map((size) => {
        const { model, story } = modelOf(size);
        return [size, model, story] as const;
      }),
    );
  bySize('simulation: components, in regions of ten (6 h)', (size) => regions(size, 100_000));
  bySize('simulation: components, small and woven together (72 h)', woven);
  bySize('simulation: pools that serve one population (6 h)', (size) => dense(size - 1));
  const HOURS = [1, 6, 24, 72, 240, 720];
  const steps = PATCH_TUESDAY.steps.map((step) => ({ ...step, atSeconds: HOUR / 6 }));
  printCosts(
    'simulation: hours of the example',
    HOURS.map((hours) => [hours, SKYPE_2007, { ...PATCH_TUESDAY, steps, horizonSeconds: hours * HOUR }]),
  );
}

const WARM_MILLISECONDS = 600;
/** The processor's time is counted in pieces of some milliseconds. */
const ROUND_MILLISECONDS = 150;
const ROUNDS = 7;

type Sized = readonly [size: number, model: Architecture, story: Scenario];

function printCosts(title: string, cases: readonly Sized[]): void {
  const warm = cases.map(([size, model, story]) => {
    const program = compile(model, story);
    let steps = 0;
    run(program, 0, (state) => {
      steps = state.steps;
    });
    let runs = 0;
    const begun = performance.now();
    while (performance.now() - begun < WARM_MILLISECONDS) run(program, ++runs);
    return {
      size,
      program,
      steps,
      runs: Math.max(1, Math.round((runs * ROUND_MILLISECONDS) / WARM_MILLISECONDS)),
      least: Infinity,
    };
  });
  for (let round = 0; round < ROUNDS; round++)
    for (const one of warm) {
      const begun = process.cpuUsage();
      for (let seed = 1; seed <= one.runs; seed++) run(one.program, seed);
      const { user, system } = process.cpuUsage(begun);
      one.least = Math.min(one.least, (user + system) / 1000 / one.runs);
    }
  console.log(title);
  const [first] = warm;
  for (const { size, steps, least } of warm) {
    const linear = first ? least / size / (first.least / first.size) : 1;
    console.log(
      `${String(size).padStart(8)}${least.toFixed(2).padStart(12)} ms${((1000 * least) / size).toFixed(0).padStart(10)} µs each${linear.toFixed(2).padStart(8)} × linear${String(steps).padStart(8)} steps`,
    );
  }
  console.log('');
}
