import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagramOf, textWidth } from '../../language/core/diagram/index.ts';
import { architecture, component, service } from './systems.ts';

const BOLD = { size: 14, bold: true };

describe('names that are written from right to left', () => {
  const cloud = component('vendor', 'Cloud', { operator: 'חברת הענן', instances: 3, title: 'خدمة' });
  const diagram = diagramOf(
    architecture('A', {
      components: [cloud, component('users', 'Client', { serves: [{ consumer: 'Cloud', capacity: 40 }] })],
      services: [service('S', { population: 'Cloud' })],
    }),
  );
  const words = diagram.nodes.flatMap(({ lines, description }) => [...lines.map(({ text }) => text), description]);

  test('end with a mark, so that what stands behind them stays behind them', () => {
    expect(words.join('\n')).toContain('Vendor · חברת הענן\u200e · 3');
    for (const line of words) expect(line).not.toMatch(/[\u0590-\u08ff](?!\u200e|[ \u0590-\u08ff])/);
  });

  test('take no more room for it', () => {
    expect(textWidth('خدمة\u200e', BOLD)).toBe(textWidth('خدمة', BOLD));
  });

  test('any name that has no such letters is told as it is written', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z\u00c0-\u024f\u4e00-\u4eff][A-Za-z0-9\u00c0-\u024f\u4e00-\u4eff]{0,20}$/),
        (title) => {
          const [node] = diagramOf(architecture('A', { components: [component('company', 'C', { title })] })).nodes;
          expect(node?.label).toBe(title);
        },
      ),
    );
  });
});
