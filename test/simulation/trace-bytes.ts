import { compile, run, sensitivity, summarise, type Trace } from '../../language/core/simulation/index.ts';
import { chanceWithin, exp, log, log1p } from '../../language/core/simulation/real.ts';
import {
  and,
  architecture,
  atLeast,
  component,
  crash,
  HOUR,
  MINUTE,
  or,
  PATCH_TUESDAY,
  SKYPE_2007,
  scenario,
  service,
} from './build.ts';

/** Every byte of the traces of some runs, in bulk and one by one, through every sampler: for any engine. */
export function traceBytes(): Uint8Array {
  const pieces: Uint8Array[] = [];
  const add = (values: Float64Array): void => {
    // Little-endian whatever the machine.
    const bytes = new Uint8Array(8 * values.length);
    const view = new DataView(bytes.buffer);
    values.forEach((value, at) => {
      view.setFloat64(8 * at, value, true);
    });
    pieces.push(bytes);
  };
  const addText = (text: string): void => {
    pieces.push(new TextEncoder().encode(text));
  };
  for (const { model, story } of [SKYPE, MIXED, ALONE]) {
    const program = compile(model, story);
    const traces: Trace[] = [];
    for (const seed of [1, 2, 2 ** 32 + 7]) {
      const trace = run(program, seed);
      traces.push(trace);
      add(trace.times);
      for (const [name, { up, starting, down, load, joined }] of Object.entries(trace.components)) {
        addText(name);
        for (const samples of [up, starting, down, load, joined]) add(samples);
      }
      for (const [name, { level, lowest, recovery }] of Object.entries(trace.services)) {
        addText(name);
        add(level);
        add(Float64Array.of(lowest, ...recovery.map((seconds) => seconds ?? -1)));
      }
    }
    addText(JSON.stringify(summarise(traces, story)));
  }
  addText(JSON.stringify(sensitivity(MIXED.model, { ...MIXED.story, horizonSeconds: HOUR }, { runs: 2, seed: 5 })));
  // A last bit of a logarithm seldom reaches a trace, but does in the end: so they are here on their own as well.
  const numbers = Float64Array.from({ length: 2_000 }, (_, index) => (index + 1) / 7);
  for (const of of [log, log1p, (x: number) => exp(-x), chanceWithin]) add(numbers.map(of));
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

const SKYPE = { model: SKYPE_2007, story: { ...PATCH_TUESDAY, horizonSeconds: 12 * HOUR } };

const MIXED = {
  model: architecture(
    [
      component('A', 40, { serves: { X: 9 }, fails: 2 * HOUR, restarts: ['in', 5 * MINUTE] }),
      component('B', 400, { serves: { X: 1, Y: 40 }, fails: 2 * HOUR, restarts: ['over', 5 * MINUTE] }),
      component('C', 4_000, { serves: { X: 1 }, promotedFrom: ['Y', 0.01 / MINUTE, 'share'], overloads: [1.5, 0.01] }),
      component('Door', 3, {
        admits: { X: 0.1, Y: 100 },
        overloads: [2, 0.5 / MINUTE],
        restarts: ['after', 3 * MINUTE],
      }),
      component('X', 390, {
        needs: atLeast(2, 'A', 'B', 'C'),
        toStart: 'Door',
        retries: [15, 2 * MINUTE],
        restarts: ['over', MINUTE],
      }),
      component('Y', 15_000, {
        needs: and('B', or('A', 'C')),
        restarts: ['in', 10 * MINUTE],
        fails: 20 * HOUR,
        retries: [15],
      }),
    ],
    [service('S', atLeast(2, 'A', 'B', 'C'), 'X'), service('T', ['S', 'B'], 'Y')],
  ),
  story: scenario(
    3 * HOUR,
    [
      [MINUTE, crash('Y', 0.4)],
      [HOUR, crash('B', 0.5)],
    ],
    [{ kind: 'backTo', service: 'S', level: 0.9, withinSeconds: 10 * MINUTE }],
  ),
};

/** A few, whose way back is a sum of exponential times to the last digit. */
const ALONE = {
  model: architecture([component('X', 20, { restarts: ['in', 10 * MINUTE] })], [service('S', [], 'X')]),
  story: scenario(6 * HOUR, [[MINUTE, crash('X')]]),
};
