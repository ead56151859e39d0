/** What failures do to what is seen: told on each thing by a sign and words, and not by colour alone. */
import { type Diagram, type Layout, textWidth } from '../../../language/core/diagram/index.ts';

/** Failed itself, falls with what failed, or is a service that is lost. */
export type Fate = 'failed' | 'lost' | 'serviceLost';

/** By the id of a node, or `operator:` and a vendor's name for its zone. Other things are up. */
export type Fates = ReadonlyMap<string, Fate>;

export const FATE_WORDS: Readonly<Record<Fate, string>> = {
  failed: 'Fails',
  lost: 'Falls with it',
  serviceLost: 'Service lost',
};

/** Signs in a square of 10 by 10. */
const SIGNS: Readonly<Record<Fate, string>> = {
  failed: 'M1 1l8 8M9 1l-8 8',
  lost: 'M5 0.5v8M1.5 5.5L5 9l3.5-3.5',
  serviceLost: 'M5 0.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM1.8 8.2L8.2 1.8',
};

const FONT = { size: 11.5, bold: true };
const HEIGHT = 20;

/** Sets the marks of a drawn picture; `undefined` takes the mode away: then nothing can be failed by a click. */
export function fateMarker(svg: SVGSVGElement, diagram: Diagram, layout: Layout): (fates: Fates | undefined) => void {
  const tags = svg.ownerDocument.createElementNS(SVG, 'g');
  tags.setAttribute('class', 'fates');
  tags.setAttribute('aria-hidden', 'true');
  // Over the edges.
  (svg.querySelector('.scene') ?? svg).append(tags);
  const targets = targetsOf(svg, diagram, layout);
  let marked = new Map<string, Fate>();
  let inMode = false;
  return (fates) => {
    const next = new Map([...(fates ?? [])].filter(([id]) => targets.has(id)));
    const same = next.size === marked.size && [...next].every(([id, fate]) => marked.get(id) === fate);
    if (same && inMode === (fates !== undefined)) return;
    marked = next;
    inMode = fates !== undefined;
    tags.replaceChildren();
    for (const [id, { element, label, canFail, x, y }] of targets) {
      const fate = marked.get(id);
      element.classList.toggle('failed', fate === 'failed');
      element.classList.toggle('lost', fate === 'lost' || fate === 'serviceLost');
      element.setAttribute('aria-label', fate === undefined ? label : `${label}. ${FATE_WORDS[fate]}`);
      if (inMode && canFail) element.setAttribute('aria-pressed', String(fate === 'failed'));
      else element.removeAttribute('aria-pressed');
      if (fate !== undefined) tags.append(tag(fate, x, y));
    }
  };
}

const SVG = 'http://www.w3.org/2000/svg';

interface MarkedThing {
  readonly element: Element;
  readonly label: string;
  /** Whether a click fails it: components, hazards and operators. */
  readonly canFail: boolean;
  /** Where its tag begins. */
  readonly x: number;
  readonly y: number;
}

function targetsOf(svg: SVGSVGElement, diagram: Diagram, layout: Layout): Map<string, MarkedThing> {
  const targets = new Map<string, MarkedThing>();
  const add = (id: string, element: Element | null, canFail: boolean, x: number, y: number): void => {
    if (element !== null) targets.set(id, { element, label: element.getAttribute('aria-label') ?? '', canFail, x, y });
  };
  const boxes = new Map(layout.nodes.map((box) => [box.id, box]));
  for (const { id, kind } of diagram.nodes) {
    const box = boxes.get(id);
    if (box === undefined || kind === 'junction' || kind === 'folded') continue;
    const element = svg.querySelector(`[data-node="${CSS.escape(id)}"]`);
    add(id, element, kind !== 'service', box.x + 22, box.y - HEIGHT / 2);
  }
  const headings = new Map(layout.containers.map(({ id, heading }) => [id, heading]));
  for (const { id, operator, headingWidth } of diagram.containers) {
    const heading = headings.get(id);
    if (operator === undefined || heading === undefined) continue;
    const element = svg.querySelector(`[data-heading="${CSS.escape(id)}"]`);
    add(`operator:${operator}`, element, true, heading.x + headingWidth + 8, heading.y - HEIGHT / 2);
  }
  return targets;
}

function tag(fate: Fate, x: number, y: number): SVGElement {
  const words = FATE_WORDS[fate];
  const made = create('g', { class: `fate ${fate}`, transform: `translate(${x} ${y})` });
  const text = create('text', { x: 23, y: 14 });
  text.textContent = words;
  made.append(
    create('rect', { width: textWidth(words, FONT) + 32, height: HEIGHT, rx: 4 }),
    create('path', { class: 'fate-sign', d: SIGNS[fate], transform: 'translate(7 5)' }),
    text,
  );
  return made;
}

function create(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
