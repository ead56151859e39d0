import { describe, expect, test } from 'vitest';
import { type Diagram, diagramOf } from '../../language/core/diagram/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import { architecture, component, need, service } from './systems.ts';

/** Every place of a picture where a reader writes words of his own. */
const worded = (words: string): Architecture =>
  architecture('A', {
    hazards: [{ name: 'H', title: words }],
    groups: [{ name: 'G', title: words }],
    components: [
      component('vendor', 'C', {
        title: words,
        operator: words,
        group: 'G',
        exposures: [{ hazard: 'H', share: 0.5 }],
      }),
      component('users', 'U', {
        title: words,
        needs: [need('C')],
        serves: [{ consumer: 'C', capacity: 3 }],
        promotion: { source: 'C', rate: { kind: 'count', perSecond: 1 } },
      }),
    ],
    services: [service('S', { title: words, population: 'U', needs: [need('U')] })],
  });

const sizesOf = ({ nodes, containers }: Diagram): number[] => [
  ...nodes.flatMap(({ width, height }) => [width, height]),
  ...containers.map(({ headingWidth }) => headingWidth),
];

describe('Words without end', () => {
  test.each(['w', 'word ', '\u202e', '语', '👩‍🚀'])('make no picture without end: %j', (unit) => {
    const [long, endless] = [1_000, 100_000].map((length) =>
      sizesOf(diagramOf(worded(unit.repeat(Math.ceil(length / unit.length))))),
    );
    expect(endless).toEqual(long);
    expect(Math.max(...(endless ?? []))).toBeLessThan(1500);
  });
});
