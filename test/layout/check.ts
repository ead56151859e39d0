import type { Box, Diagram, Layout, Point } from '../../language/core/diagram/index.ts';

type Rectangle = Omit<Box, 'id'>;

const NEAR = 0.6;

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width - NEAR &&
  b.x < a.x + a.width - NEAR &&
  a.y < b.y + b.height - NEAR &&
  b.y < a.y + a.height - NEAR;

const inside = (inner: Rectangle, outer: Rectangle): boolean =>
  inner.x >= outer.x - NEAR &&
  inner.y >= outer.y - NEAR &&
  inner.x + inner.width <= outer.x + outer.width + NEAR &&
  inner.y + inner.height <= outer.y + outer.height + NEAR;

const onBorder = ({ x, y }: Point, box: Rectangle): boolean =>
  inside({ x, y, width: 0, height: 0 }, box) &&
  !(x > box.x + NEAR && x < box.x + box.width - NEAR && y > box.y + NEAR && y < box.y + box.height - NEAR);

const through = (a: Point, b: Point, box: Rectangle): boolean =>
  Math.max(a.x, b.x) > box.x + NEAR &&
  Math.min(a.x, b.x) < box.x + box.width - NEAR &&
  Math.max(a.y, b.y) > box.y + NEAR &&
  Math.min(a.y, b.y) < box.y + box.height - NEAR;

/** Everything that is wrong with a layout, in words; none of it for a good one. */
export function checkLayout(diagram: Diagram, layout: Layout): string[] {
  const wrong: string[] = [];
  const boxes = new Map([...layout.nodes, ...layout.containers].map((box) => [box.id, box]));
  const all = { x: 0, y: 0, width: layout.width, height: layout.height };
  const things = [...diagram.nodes, ...diagram.containers];

  for (const thing of things) {
    const box = boxes.get(thing.id);
    const outer = thing.container === undefined ? all : boxes.get(thing.container);
    if (box === undefined || outer === undefined) wrong.push(`${thing.id} has no place`);
    else if (!inside(box, outer)) wrong.push(`${thing.id} is not within ${thing.container ?? 'the picture'}`);
  }
  for (const [index, one] of things.entries()) {
    for (const other of things.slice(index + 1)) {
      if (one.container !== other.container) continue;
      const a = boxes.get(one.id);
      const b = boxes.get(other.id);
      if (a !== undefined && b !== undefined && overlap(a, b)) wrong.push(`${one.id} overlaps ${other.id}`);
    }
  }
  for (const node of diagram.nodes) {
    const box = boxes.get(node.id);
    if (box !== undefined && (box.width !== node.width || box.height !== node.height))
      wrong.push(`${node.id} is resized`);
  }
  const headings = new Map(layout.containers.map(({ id, heading }) => [id, heading]));
  for (const { id, headingWidth } of diagram.containers) {
    const heading = headings.get(id);
    const box = boxes.get(id);
    if (heading === undefined || box === undefined) continue;
    if (!inside({ ...heading, width: headingWidth, height: 0 }, box))
      wrong.push(`the heading of ${id} is not within it`);
  }
  return [...wrong, ...checkEdges(diagram, layout, boxes), ...checkLabels(layout)];
}

function checkEdges(diagram: Diagram, layout: Layout, boxes: ReadonlyMap<string, Box>): string[] {
  const routes = new Map(layout.edges.map((route) => [route.id, route]));
  return diagram.edges.flatMap((edge) => {
    const points = routes.get(edge.id)?.points ?? [];
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    const first = points[0];
    const last = points.at(-1);
    if (first === undefined || last === undefined || from === undefined || to === undefined)
      return [`${edge.id} has no way`];
    const wrong: string[] = [];
    if (!onBorder(first, from)) wrong.push(`${edge.id} does not begin at ${edge.from}`);
    if (!onBorder(last, to)) wrong.push(`${edge.id} does not end at ${edge.to}`);
    for (const [index, point] of points.entries()) {
      const next = points[index + 1];
      if (next === undefined) break;
      if (point.x !== next.x && point.y !== next.y) wrong.push(`${edge.id} is not at right angles`);
      for (const node of layout.nodes) if (through(point, next, node)) wrong.push(`${edge.id} runs through ${node.id}`);
    }
    return wrong;
  });
}

function checkLabels(layout: Layout): string[] {
  const labels = layout.edges.flatMap(({ id, label }) => (label === undefined ? [] : [{ id, ...label }]));
  return labels.flatMap((label, index) => [
    ...layout.nodes
      .filter((node) => overlap(label, node))
      .map((node) => `the label of ${label.id} overlaps ${node.id}`),
    ...labels
      .slice(index + 1)
      .filter((other) => overlap(label, other))
      .map((other) => `the label of ${label.id} overlaps that of ${other.id}`),
  ]);
}
