import { describe, expect, it } from 'vitest';
import { layoutSchema } from '../../language/core/diagram/index.ts';

describe('A layout that comes through a door', () => {
  const layout = {
    width: 400,
    height: 300,
    nodes: [{ id: 'a', x: 1, y: 2, width: 3, height: 4 }],
    containers: [],
    edges: [],
  };

  it('is taken with lengths that a browser can draw', () => {
    expect(layoutSchema.safeParse(layout).success).toBe(true);
    expect(layoutSchema.safeParse({ ...layout, width: 0 }).success).toBe(true);
  });

  it.each([-1, 1.7e308, 1e9, Number.NaN, Infinity])('is refused if it is %s wide', (width) => {
    expect(layoutSchema.safeParse({ ...layout, width }).success).toBe(false);
    expect(layoutSchema.safeParse({ ...layout, nodes: [{ ...layout.nodes[0], width }] }).success).toBe(false);
  });
});
