import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withScenarioNumbers } from '../../language/core/simulation/index.ts';
import { edit, roundedInUnit } from '../../language/core/words/index.ts';
import { reportedScenarioNumbers } from '../../language/drawing/numbers.ts';
import { open } from '../navigation/at.ts';

const share = fc.constantFrom('', '40% of ', '12.5 % of ', '100% of ', '0.5%of ');
const action = fc.oneof(
  fc.tuple(share, fc.constantFrom('Server', 'Site', 'Client')).map(([of, target]) => `crash ${of}${target}`),
  fc.integer({ min: 1, max: 5000 }).map((count) => `add ${count} Server`),
  fc.constantFrom('strike Storm', 'restore Server'),
);
const texts = fc.array(fc.tuple(fc.integer({ min: 0, max: 59 }), action), { minLength: 1, maxLength: 5 }).map(
  (steps) => `
hazard Storm
architecture A {
  users Client { instances 1000 needs Server restarts in 10 min exposed to Storm 50% }
  group Site { company Server { instances 40 serves 50 Client restarts in 5 min } }
  service Calling for Client { needs Server }
}
scenario Bad "A bad day" on A { ${steps.map(([minutes, one]) => `at ${minutes} min ${one}`).join('  ')} run 1 h }
`,
);

async function read(text: string) {
  const { language, document } = await open({ 'main.p2parch': text });
  const [scenario] = language.problems.Problems.models.scenarios(document);
  if (!scenario) throw new Error(text);
  return { document: document.textDocument, model: scenario.model, numbers: reportedScenarioNumbers(scenario) };
}

describe('a number of a scenario', () => {
  it('put into the text at its place is the scenario with that number, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(), fc.double({ min: 0.05, max: 3, noNaN: true }), async (text, at, factor) => {
        const { document, model, numbers } = await read(text);
        const hits = model.steps.filter(({ action: { kind } }) => kind === 'crash' || kind === 'add');
        expect(numbers.length).toBe(hits.length);
        const number = numbers[at % Math.max(1, numbers.length)];
        if (!number) return;
        const { id, value, notation, source, most } = number;
        const wanted = Math.min(most, roundedInUnit(value * factor, notation));
        const { range, before, after } = source ?? expect.fail();
        const [begin, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
        const edited = text.slice(0, begin) + edit(wanted, notation, { before, after }) + text.slice(end);
        const changed = await read(edited);
        expect(changed.model).toEqual(withScenarioNumbers(model, [{ id, value: wanted }]));
        expect(changed.numbers.find((one) => one.id === id)?.value).toBe(wanted);
      }),
      { numRuns: 80, seed: 2010 },
    );
  });

  it('is told in the words of its step', async () => {
    const { numbers } = await read(`
architecture A { company Server { instances 9 } service S needs Server }
scenario Help "Help comes" on A { at 90 min add 20 Server at 1 h crash 40% of Server run 3 h }`);
    expect(numbers.map(({ title, words, text, least, most }) => [title, words, text, least, most])).toEqual([
      ['Help comes', 'at 1 h, Server: crash', '40%', 0.02, 1],
      ['Help comes', 'at 1 h 30 min, Server: add', '20', 1, 400],
    ]);
  });

  it('is never more than all, less than one, or another step’s', () => {
    const model = {
      name: 'S',
      horizonSeconds: 60,
      expectations: [],
      steps: [
        { atSeconds: 0, action: { kind: 'crash', target: 'A', share: 0.5 } },
        { atSeconds: 1, action: { kind: 'restore', target: 'A' } },
        { atSeconds: 2, action: { kind: 'add', target: 'A', count: 3 } },
      ],
    } as const;
    const changes = [0, 1, 2, 7].map((step) => ({ id: `scenario/${step}`, value: 0.2 + step * step }));
    expect(withScenarioNumbers(model, changes).steps.map(({ action: one }) => one)).toEqual([
      { kind: 'crash', target: 'A', share: 0.2 },
      { kind: 'restore', target: 'A' },
      { kind: 'add', target: 'A', count: 4 },
    ]);
    const most = withScenarioNumbers(model, [
      { id: 'scenario/0', value: 3 },
      { id: 'scenario/2', value: 0.1 },
    ]);
    expect(most.steps.map(({ action: one }) => ('share' in one ? one.share : 'count' in one ? one.count : 0))).toEqual([
      1, 0, 1,
    ]);
  });
});
