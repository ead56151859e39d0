import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, serviceFaults } from '../../language/core/analysis/index.ts';
import type { Architecture, NeedExpression } from '../../language/core/model/index.ts';
import { openPsa } from '../../language/interchange/index.ts';
import {
  and,
  architecture,
  atLeast,
  component,
  needs,
  or,
  ref,
  service,
  smallArchitectures,
} from '../analysis/generate.ts';
import { bruteForceCutSets, oracle, subsets } from '../analysis/oracle.ts';
import { checkExample, EXAMPLES } from '../examples/load.ts';
import { happens, type ReadModel, readModel, referredTo, tops } from './open-psa.ts';
import { hasScram, scram } from './scram.ts';

const exported = (of: Architecture): string => {
  const text = openPsa(of);
  if (text === undefined) throw new Error('too large');
  return text;
};

/** The tree of a service and its only top gate. */
function topOf(model: ReadModel, name: string): string {
  const tree = model.trees.find(({ label }) => label === name);
  if (tree === undefined) throw new Error(`${name} has no tree`);
  const [top, ...more] = tops(model, tree);
  expect(more).toEqual([]);
  return top as string;
}

describe('an architecture in the Open-PSA format', () => {
  it('loses each service by exactly the sets of events that the equations say', () => {
    fc.assert(
      fc.property(smallArchitectures(4), (generated) => {
        const model = readModel(exported(generated));
        const { events, running } = oracle(generated);
        expect(model.trees.map(({ label }) => label).sort()).toEqual(generated.services.map(({ name }) => name).sort());
        const found = generated.services.map(({ name }) => [name, topOf(model, name)] as const);
        for (const set of subsets(events)) {
          const failed = new Set(set);
          const works = running(failed);
          for (const [name, top] of found) expect(happens(model, top, failed)).toBe(!works.has(name));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('unrolls large circles of needs to the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.infiniteStream(fc.nat()), (size, numbers) => {
        const generated = circle(size, () => numbers.next().value as number);
        const model = readModel(exported(generated));
        const { events, running } = oracle(generated);
        const top = topOf(model, 'S');
        for (let round = 0; round < 60; round++) {
          const failed = new Set(events.filter(() => (numbers.next().value as number) % 4 === 0));
          expect(happens(model, top, failed)).toBe(!running(failed).has('S'));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('has in each tree one gate that no other of the tree refers to, and every gate below it once', () => {
    fc.assert(
      fc.property(smallArchitectures(5), (generated) => {
        const model = readModel(exported(generated));
        for (const { label } of model.trees) topOf(model, label);
        for (const gate of model.gates.keys()) {
          for (const name of referredTo(model, gate)) expect(model.gates.has(name)).toBe(true);
        }
      }),
    );
  });

  it('keeps real names as labels, under identifiers that every reader takes', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 });
    const awkward = fc.constantFrom(
      'loss-of-A',
      'round-1-loss-of-A',
      '_x41_',
      '_',
      '_x',
      'a--b',
      'a-',
      'A',
      'a',
      'é',
      '名',
    );
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(name, awkward), { minLength: 1, maxLength: 8 }), (names) => {
        const generated = architecture({
          name: names[0] as string,
          components: names.map((one) => component(one, 'users', { operator: `${names[0]}<&">` })),
          services: [
            service(
              'S',
              names.map((one) => needs(one)),
            ),
          ],
        });
        const model = readModel(exported(generated));
        expect(model.label).toBe(shown(names[0] as string));
        const labels = [...model.events.values()].map(({ label }) => label);
        // A service needs all its components, and so may not be named as one of them.
        if (!names.includes('S')) expect(labels.sort()).toEqual(oracle(generated).events.map(shown).sort());
      }),
      { numRuns: 300 },
    );
  });

  it('gives different names different identifiers', () => {
    const unit = fc.constantFrom('_', 'x', 'X', '-', 'A', '4', '1', 'é', '😀', 'l', 'loss-of-', 'round-', '_xE9_');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit, minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 40 }),
        (names) => {
          const own = names.filter((name) => name !== 'Top');
          const components = own.map((one) => component(one, 'company'));
          const model = readModel(
            exported(
              architecture({
                components,
                services: [
                  service(
                    'Top',
                    own.map((one) => needs(one)),
                  ),
                ],
              }),
            ),
          );
          // readModel refuses a name that is given twice, among gates and events together.
          expect(model.events.size).toBe(own.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('holds whatever a title or an operator holds', () => {
    const hostile = '</label><!-- ]]> & "quoted" \u0000\u0007\uD800 \n\t end';
    const generated = architecture({
      title: hostile,
      components: [
        component('A', 'vendor', { title: hostile, operator: hostile }),
        component('B', 'vendor', { operator: hostile }),
      ],
      services: [service('S', [needs(or('A', 'B'))], { title: hostile })],
    });
    const model = readModel(exported(generated));
    expect([...model.events.values()].map(({ label }) => label)).toEqual(['A', 'B', `operator:${shown(hostile)}`]);
    expect(model.events.get('A')?.attributes.title).toBe(shown(hostile));
  });

  it('gives each event its probability: the unavailability of a component with figures, 0 for all else', () => {
    const generated = architecture({
      components: [
        component('A', 'company', { mttfSeconds: 99, restart: { distribution: 'exponential', seconds: 1 } }),
        component('B', 'users', { exposures: [{ hazard: 'H', share: 1 }] }),
      ],
      services: [service('S', [needs(and('A', 'B'))])],
      hazards: [{ name: 'H' }],
    });
    const { events } = readModel(exported(generated));
    expect([...events].map(([name, { probability, attributes }]) => [name, probability, attributes.figures])).toEqual([
      ['A', 0.01, undefined],
      ['B', 0, 'none'],
      ['H', 0, 'none'],
    ]);
  });

  it('gives no event a probability where no component has figures', () => {
    const generated = architecture({
      components: [component('A', 'company')],
      services: [service('S', [needs('A')])],
    });
    expect([...readModel(exported(generated)).events.values()].map(({ probability }) => probability)).toEqual([
      undefined,
    ]);
  });

  it('leaves out what no service depends on, and keeps a service that cannot fail', () => {
    const generated = architecture({
      components: [component('A', 'company'), component('Unused', 'company')],
      services: [service('Never', []), service('S', [needs('A')])],
    });
    const model = readModel(exported(generated));
    expect([...model.events.keys()]).toEqual(['A']);
    expect(happens(model, topOf(model, 'Never'), new Set(['A', 'Unused']))).toBe(false);
  });

  it('writes a long chain of needs without a deep stack, in a size that grows with its length', () => {
    const chain = (length: number): string => {
      const name = (at: number): string => `C${String(at).padStart(5, '0')}`;
      const components = Array.from({ length }, (_, at) =>
        component(name(at), 'company', { needs: at === 0 ? [] : [needs(name(at - 1))] }),
      );
      return exported(architecture({ components, services: [service('S', [needs(name(length - 1))])] }));
    };
    expect(chain(20_000).length / chain(10_000).length).toBeCloseTo(2, 2);
  });

  it('writes a `k of` as one gate where its operands differ for certain, else as k × n gates at most', () => {
    const gates = (count: number, size: number, own: boolean): number => {
      const names = Array.from({ length: size }, (_, at) => `C${at}`);
      const either = (at: number) => or(names[at] as string, names[(at + 1) % size] as string);
      const operands = names.map((name, at) => (own ? ref(name) : either(at)));
      const text = exported(
        architecture({
          components: names.map((name) => component(name, 'company', { exposures: [{ hazard: 'Storm', share: 1 }] })),
          services: [service('S', [needs(atLeast(count, ...operands))])],
          hazards: [{ name: 'Storm' }],
        }),
      );
      expect(text.includes('<atleast')).toBe(own);
      return readModel(text).gates.size;
    };
    expect(gates(20, 40, true)).toBe(41);
    // A gate for each component, the service's, and its parts.
    expect(gates(20, 40, false)).toBeLessThan(41 + 20 * 21);
    expect(gates(2, 40, false)).toBeLessThan(41 + 2 * 39);
  });

  it('says that circles of needs are too large instead of filling the disk', () => {
    const names = Array.from({ length: 300 }, (_, at) => `C${at}`);
    const all = names.map((name) => component(name, 'company', { needs: [needs(atLeast(2, ...names.map(ref)))] }));
    expect(openPsa(architecture({ components: all, services: [service('S', [needs('C0')])] }))).toBeUndefined();
  });
});

/** What XML makes of a text: characters that it cannot hold are replaced, line ends and tabs are blanks. */
const shown = (text: string): string =>
  [...text.replace(/[\t\n\r]/g, ' ')]
    .map((character) => (/^[\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]$/u.test(character) ? character : '\uFFFD'))
    .join('');

/** A service on components that all need one another in some way, by the numbers that come. */
function circle(size: number, next: () => number): Architecture {
  const names = Array.from({ length: size }, (_, at) => `C${at}`);
  const some = (): NeedExpression => {
    const picked = Array.from({ length: 2 + (next() % 3) }, () => names[next() % size] as string);
    return [or, and, (...operands: string[]) => atLeast(2, ...operands)][next() % 3]?.(...picked) as NeedExpression;
  };
  return architecture({
    components: names.map((name) =>
      component(name, 'users', { needs: [needs(or(some(), some())), needs(or(some(), some(), some()))] }),
    ),
    services: [service('S', [needs(or(some(), some()))])],
  });
}

const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
const sorted = (sets: readonly (readonly string[])[]): string[] =>
  sets.map((set) => [...set].sort(byText).join(' + ')).sort(byText);

/** What SCRAM finds, with the real names. */
function byScram(
  of: Architecture,
  probability: boolean,
): Map<string, { sets: string[]; probability: number | undefined }> {
  const text = exported(of);
  const model = readModel(text);
  const results = scram(text, { probability });
  return new Map(
    model.trees.map(({ label }) => {
      const result = results.get(topOf(model, label));
      if (result === undefined) throw new Error(`SCRAM did not analyse ${label}`);
      const names = result.sets.map((set) => set.map((name) => model.events.get(name)?.label ?? name));
      return [label, { sets: sorted(names), probability: result.probability }];
    }),
  );
}

/** As though every component failed and came back in its own way, so that there is something to compute. */
const withFigures = (of: Architecture): Architecture => ({
  ...of,
  components: of.components.map((one, at) => ({
    ...one,
    mttfSeconds: 1000 * (at + 1),
    restart: { distribution: 'exponential', seconds: 10 + at },
  })),
});

const relative = (left: number, right: number): number =>
  left === right ? 0 : Math.abs(left - right) / Math.abs(right);

function checkAgainstScram(of: Architecture): ReturnType<typeof byScram> {
  const analysis = analyse(of);
  const ours = of.services.map(({ name }) => [name, serviceFaults(analysis, name)] as const);
  // Of events without any figure in the trees there is nothing to compute.
  const hasFigures = exported(of).includes('<float');
  const theirs = byScram(of, hasFigures);
  for (const [name, { minimalCutSets, unavailability }] of ours) {
    expect(minimalCutSets.allListed).toBe(true);
    expect(theirs.get(name)?.sets).toEqual(sorted(minimalCutSets.sets));
    // SCRAM writes six digits.
    if (hasFigures) expect(relative(theirs.get(name)?.probability ?? -1, unavailability ?? 0)).toBeLessThan(1e-5);
  }
  return theirs;
}

describe.skipIf(!hasScram)(`SCRAM reads it back${hasScram ? '' : ' (skipped: scram is not installed)'}`, () => {
  it.each(Object.keys(EXAMPLES))(
    '%s: the same minimal cut sets, and with figures the same probability',
    async (file) => {
      const { language, document } = await checkExample(file);
      const architectures = language.problems.Problems.models.architectures(document).map(({ model }) => model);
      expect(architectures.length).toBeGreaterThan(0);
      for (const one of architectures) {
        checkAgainstScram(one);
        checkAgainstScram(withFigures(one));
      }
    },
  );

  const checkGenerated = (generated: Architecture): void => {
    const theirs = checkAgainstScram(generated);
    for (const { name } of generated.services) {
      expect(theirs.get(name)?.sets).toEqual(sorted(bruteForceCutSets(generated, name)));
    }
  };

  it('generated architectures: the same minimal cut sets as by brute force, and the same probability', () => {
    fc.assert(fc.property(smallArchitectures(5), checkGenerated), { numRuns: 80 });
  }, 120_000);

  // SCRAM 0.16.2 itself says {X} of "at least 2 of X, G and D" where G is D alone, and it is {D}: it is given no such gate.
  it('generated `k of`, nested and over what is the same: the same, too', () => {
    const withChoices = smallArchitectures(5).filter((of) => /<atleast|-in-loss-of-/.test(exported(of)));
    fc.assert(fc.property(withChoices, checkGenerated), { numRuns: 80 });
  }, 120_000);

  it('`k of` in circles of needs: the same minimal cut sets', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.infiniteStream(fc.nat()), (size, numbers) => {
        checkAgainstScram(circle(size, () => numbers.next().value as number));
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  it('`k of` components: the same minimal cut sets, and the same probability', () => {
    const sites = ['A', 'B', 'C', 'D', 'E'].map((name) =>
      component(name, 'vendor', { operator: name < 'C' ? 'P' : 'Q' }),
    );
    for (const count of [1, 2, 3, 4, 5]) {
      const of = architecture({
        components: sites,
        services: [service('S', [needs(atLeast(count, ...sites.map(({ name }) => ref(name))))])],
      });
      checkAgainstScram(of);
      checkAgainstScram(withFigures(of));
    }
  });
});
