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
  const shown = new Map<string, { readonly fate: Fate; readonly tag: SVGElement }>();
  let inMode = false;

  return (fates) => {
    // Of a thousand nodes few change at a time, and only those are touched.
    for (const [id, thing] of targets) {
      const fate = fates?.get(id);
      if (shown.get(id)?.fate !== fate) change(id, thing, fate);
    }
    if (inMode === (fates !== undefined)) return;
    inMode = fates !== undefined;
    for (const [id, thing] of targets) press(thing, shown.get(id)?.fate);
  };

  function change(id: string, thing: MarkedThing, fate: Fate | undefined): void {
    const { element, label, x, y } = thing;
    shown.get(id)?.tag.remove();
    shown.delete(id);
    element.classList.toggle('failed', fate === 'failed');
    element.classList.toggle('lost', fate === 'lost' || fate === 'serviceLost');
    element.setAttribute('aria-label', fate === undefined ? label : `${label}. ${FATE_WORDS[fate]}`);
    press(thing, fate);
    if (fate === undefined) return;
    const made = tag(fate, x, y);
    shown.set(id, { fate, tag: made });
    tags.append(made);
  }

  /** In failure mode what can fail is a switch. */
  function press({ element, canFail }: MarkedThing, fate: Fate | undefined): void {
    if (inMode && canFail) element.setAttribute('aria-pressed', String(fate === 'failed'));
    else element.removeAttribute('aria-pressed');
  }
}

const SVG = 'http://www.w3.org/2000/svg';

interface MarkedThing {
  readonly element: Element;
  readonly label: string;
  /** Whether a click fails it: components, hazards and operators. */
  readonly canFail: boolean;
  /** The lower left corner of its tag. */
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
    add(id, element, kind !== 'service', box.x + 14, box.y + box.height + HEIGHT / 2);
  }
  const headings = new Map(layout.containers.map(({ id, heading }) => [id, heading]));
  for (const { id, operator, headingWidth } of diagram.containers) {
    const heading = headings.get(id);
    if (operator === undefined || heading === undefined) continue;
    const element = svg.querySelector(`[data-heading="${CSS.escape(id)}"]`);
    add(`operator:${operator}`, element, true, heading.x + headingWidth + 8, heading.y + HEIGHT / 2);
  }
  return targets;
}

function tag(fate: Fate, x: number, y: number): SVGElement {
  const words = FATE_WORDS[fate];
  const made = create('g', { class: `fate ${fate}`, transform: `translate(${x} ${y})` });
  // Where the picture is far away it grows upwards: over the small print of its node, and over nothing else.
  const body = create('g', { class: 'fate-body' });
  const text = create('text', { x: 23, y: 14 - HEIGHT });
  text.textContent = words;
  body.append(
    create('rect', { y: -HEIGHT, width: textWidth(words, FONT) + 32, height: HEIGHT, rx: 4 }),
    create('path', { class: 'fate-sign', d: SIGNS[fate], transform: `translate(7 ${5 - HEIGHT})` }),
    text,
  );
  made.append(body);
  return made;
}

function create(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
