import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { analysisText } from '../../language/cli/analyze-text.ts';
import { blastRadii } from '../../language/cli/blast-radius.ts';
import { type Page, table, wrapped } from '../../language/cli/terminal.ts';
import { analyse, serviceFaults, trafficControl } from '../../language/core/analysis/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import { architecture, component, needs, or, service, skype2007, smallArchitectures } from '../analysis/generate.ts';
import { oracle } from '../analysis/oracle.ts';

const page = (width: number): Page => ({ width, strong: (text) => text, faint: (text) => text });

function textOf(
  model: Architecture,
  {
    width = Number.POSITIVE_INFINITY,
    most = 20,
    maxSets = 1000,
    maxNodes = 1_000_000,
    shouldStop = (): boolean => false,
  } = {},
): string {
  const analysis = analyse(model);
  const services = model.services.map((one) => ({
    service: one,
    faults: serviceFaults(analysis, one.name, { maxSets, maxNodes, shouldStop }),
    control: trafficControl(model, one),
  }));
  const analyzed = { model, services, coldStart: analysis.coldStart(), blastRadii: blastRadii(analysis.graph) };
  return analysisText([analyzed], { page: page(width), most });
}

describe('the blast radius of an event', () => {
  it('is what no longer works once the event has happened, and no less', () => {
    fc.assert(
      fc.property(smallArchitectures(5), (generated) => {
        const { events, running } = oracle(generated);
        const found = new Map(blastRadii(analyse(generated).graph).map((radius) => [radius.event.name, radius]));
        for (const event of events) {
          const works = running(new Set([event]));
          const lost = (all: readonly { readonly name: string }[]): string[] =>
            all.map(({ name }) => name).filter((name) => name !== event && !works.has(name));
          const expected = { components: lost(generated.components), services: lost(generated.services) };
          const radius = found.get(event);
          expect(radius?.names() ?? { components: [], services: [] }).toEqual(expected);
          expect([radius?.components ?? 0, radius?.services ?? 0]).toEqual([
            expected.components.length,
            expected.services.length,
          ]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('stands with the widest first', () => {
    const model = architecture({
      components: [
        component('Low', 'company'),
        component('Mid', 'company', { needs: [needs('Low')] }),
        component('Top', 'company', { needs: [needs('Mid')] }),
        component('Alone', 'company'),
      ],
      services: [service('S', [needs(or('Top', 'Alone'))]), service('T', [needs('Alone')])],
    });
    expect(blastRadii(analyse(model).graph).map(({ event }) => event.name)).toEqual(['Alone', 'Low', 'Mid']);
  });
});

describe('an analysis as text', () => {
  it('says what takes Skype of 2007 down, who can do what about it, and what cannot start', () => {
    const text = textOf(skype2007);
    for (const line of [
      'service Calling',
      '  2 minimal cut sets: what takes it down, with nothing in it to spare',
      '    order 1: 2',
      '  in sets of order 1 and 2: 2 events, 2 of them external',
      '    SuperNode   users                           the company cannot restore it',
      '  unavailability: not known; no component gives both `fails every` and `restarts`',
      '  traffic carried by: company 5%, users 95%, vendors 0%',
      '  SuperNode   1 service: Calling; 1 component: Client',
      '  cannot start: Client, SuperNode',
      '    each waits for the next: Client → SuperNode → Client',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  it('fits the terminal, but for words that are longer than it', () => {
    fc.assert(
      fc.property(smallArchitectures(5), fc.integer({ min: 40, max: 120 }), (generated, width) => {
        for (const line of textOf(generated, { width }).split('\n'))
          expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('has the same words at every width', () => {
    fc.assert(
      fc.property(smallArchitectures(4), (generated) => {
        const cutSets = (text: string): string[] => text.replace(/\s+/g, ' ').match(/\bC\d( \+ \S+)*/g) ?? [];
        const wide = new Set(cutSets(textOf(generated)));
        expect(new Set(cutSets(textOf(generated, { width: 60 })))).toEqual(wide);
      }),
    );
  });

  it('says what the time or the nodes did not suffice for, and that alone', () => {
    const restart = { distribution: 'fixed', seconds: 1 } as const;
    const names = ['A', 'B', 'C'];
    const model = architecture({
      components: names.map((name) => component(name, 'vendor', { mttfSeconds: 3, restart })),
      services: [service('S', [needs(or('A', 'B', 'C'))])],
    });
    const late = textOf(model, { shouldStop: () => true });
    const time = 'takes more time (--time-limit)\n';
    expect(late).toContain(`  no minimal cut set up to order 1; to find those of higher order ${time}`);
    expect(late).toContain(`  unavailability: not known; to compute it ${time}`);
    const large = textOf(model, { maxNodes: 1 });
    const nodes = 'takes decision diagrams of more than 4 million nodes, the most that there may be\n';
    expect(large).toContain(`  no minimal cut set up to order 2; to find those of higher order ${nodes}`);
    expect(large).toContain(`  unavailability: not known; to compute it ${nodes}`);
  });

  it('says how many it leaves out', () => {
    const pairs = Array.from({ length: 30 }, (_, at) => [`A${at}`, `B${at}`] as const);
    const model = architecture({
      components: pairs.flat().map((name) => component(name, 'company')),
      services: [
        service(
          'S',
          pairs.map((pair) => needs(or(...pair))),
        ),
      ],
    });
    const text = textOf(model, { most: 3 });
    expect(text).toContain('  30 minimal cut sets');
    expect(text).toContain('    order 2: 30\n');
    expect(text).toContain('    … and 27 more; --max-sets N lists up to N\n');
    expect(text).toContain('    … and 57 more\n');
  });

  it('says so where only some of the small cut sets are looked at', () => {
    const names = ['A', 'B', 'C'];
    const model = architecture({
      components: names.map((name) => component(name, 'vendor')),
      services: [
        service(
          'S',
          names.map((name) => needs(name)),
        ),
      ],
    });
    expect(textOf(model, { maxSets: 2 })).toContain(
      '  in the first 2 sets of order 1 and 2: 2 events, 2 of them external\n',
    );
  });

  it('calls harmless only what takes down nothing, and not what it leaves out', () => {
    const model = architecture({
      components: ['A', 'B'].map((name) => component(name, 'company')),
      services: [service('S', [needs('A'), needs('B')])],
    });
    const text = textOf(model, { most: 1 });
    expect(text).toContain('    … and 1 that take down no more; --max-sets lists them\n');
    expect(text).toContain('  What is not among these takes down nothing but itself.\n');
    expect(textOf(model, { most: 0 })).toContain('    … and 2 that --max-sets lists\n');
    expect(textOf(model)).toContain('  What is not named here takes down nothing but itself.\n');
  });

  it('names services that wait for each other, though every component can start', () => {
    const model = architecture({
      components: [component('A', 'company')],
      services: [service('S', [needs('T'), needs('A')]), service('T', [needs('S')])],
    });
    const text = textOf(model);
    expect(text).not.toContain('Everything can start again');
    expect(text).toContain('  Every component can start again, but not every service.\n');
    expect(text).toContain('    each waits for the next: S → T → S\n');
  });
});

describe('a table', () => {
  it('has its columns under one another, whatever the names are written in', () => {
    const rows = [
      ['A', 'x'],
      ['電力網', 'y'],
      ['é🇫🇷', 'z'],
    ];
    const starts = table(rows, page(80), '').map((line) => stringWidth(line.slice(0, -1)));
    expect(starts).toEqual([8, 8, 8]);
  });

  it('wraps its last column, and stacks where there is no room, with the names of the columns', () => {
    const rows = [
      ['name', 'number', 'words'],
      ['a-name', '1', 'several words that are long'],
    ];
    expect(table(rows, page(32), '')).toEqual([
      'name    number  words',
      'a-name  1       several words',
      '                that are long',
    ]);
    expect(table(rows, page(20), '', { named: true })).toEqual([
      'a-name',
      '  number 1; words',
      '  several words that',
      '  are long',
    ]);
  });

  it('keeps every word that it wraps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^\S{1,9}$/), { minLength: 1 }),
        fc.integer({ min: 10, max: 40 }),
        (words, width) => {
          expect(wrapped(words.join(' '), width, '  ').flatMap((line) => line.trim().split(/ +/))).toEqual(words);
        },
      ),
    );
  });
});
