import type { Diagram, Layout } from '../../../language/core/diagram/index.ts';
import {
  FATE_HEIGHT,
  FATE_SIGNS,
  type Fate,
  type FateCorner,
  type FateMark,
  type Fates,
  fateClass,
  fateCorners,
  fateWidth,
  fateWords,
} from '../../picture/index.ts';
import { byAttribute } from './svg.ts';

/** Sets the marks of a drawn picture; `undefined` takes the mode away: then nothing can be failed by a click. */
export function fateMarker(svg: SVGSVGElement, diagram: Diagram, layout: Layout): (fates: Fates | undefined) => void {
  const tags = create('g', { class: 'fates', 'aria-hidden': 'true' });
  let found: ReadonlyMap<string, MarkedThing> | undefined;
  /** What can be marked; nobody looks for it as long as nothing has failed. */
  const targetsIn = (): ReadonlyMap<string, MarkedThing> => {
    if (found !== undefined) return found;
    // Over the edges.
    (svg.querySelector('.scene') ?? svg).append(tags);
    found = targetsOf(svg, diagram, layout);
    return found;
  };
  const shown = new Map<string, { readonly mark: FateMark; readonly tag: SVGElement }>();
  let inMode = false;

  return (fates) => {
    if (fates === undefined && !inMode) return;
    const targets = targetsIn();
    // Of a thousand nodes few change at a time, and only those are touched.
    for (const [id, thing] of targets) {
      const mark = fates?.get(id);
      const known = shown.get(id)?.mark;
      if (known?.fate !== mark?.fate || known?.words !== mark?.words) change(id, thing, mark);
    }
    if (inMode === (fates !== undefined)) return;
    inMode = fates !== undefined;
    for (const [id, thing] of targets) press(thing, shown.get(id)?.mark.fate);
  };

  function change(id: string, thing: MarkedThing, mark: FateMark | undefined): void {
    const fate = mark?.fate;
    const { element, label, corner } = thing;
    shown.get(id)?.tag.remove();
    shown.delete(id);
    for (const name of ['failed', 'lost']) element.classList.toggle(name, fateClass(fate) === name);
    element.setAttribute('aria-label', mark === undefined ? label : `${label}. ${fateWords(mark)}`);
    press(thing, fate);
    if (mark === undefined) return;
    const made = tag(mark, corner);
    shown.set(id, { mark, tag: made });
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
  /** Of its tag. */
  readonly corner: FateCorner;
}

function targetsOf(svg: SVGSVGElement, diagram: Diagram, layout: Layout): Map<string, MarkedThing> {
  const targets = new Map<string, MarkedThing>();
  const corners = fateCorners(diagram, layout);
  const nodes = byAttribute(svg, 'data-node');
  const headings = byAttribute(svg, 'data-heading');
  const add = (id: string, element: Element | undefined, canFail: boolean): void => {
    const corner = corners.get(id);
    if (element === undefined || corner === undefined) return;
    targets.set(id, { element, label: element.getAttribute('aria-label') ?? '', canFail, corner });
  };
  for (const node of diagram.nodes) {
    const canFail = node.kind === 'folded' ? node.operator !== undefined : node.kind !== 'service';
    add(node.id, nodes.get(node.id), canFail);
  }
  for (const { id, operator } of diagram.containers) {
    add(`operator:${operator}`, headings.get(id), true);
  }
  return targets;
}

function tag(mark: FateMark, { x, y, before, after, above }: FateCorner): SVGElement {
  const { fate } = mark;
  const made = create('g', { class: `fate ${fate}`, transform: `translate(${x} ${y})` });
  // Where the picture is far away it grows upwards: over the small print of its node, and over nothing else.
  const body = create('g', { class: 'fate-body' });
  const width = fateWidth(mark);
  const most = Math.max(1, Math.min((before + after) / width, above / FATE_HEIGHT));
  body.style.setProperty('--most', most.toFixed(2));
  for (const [name, pixels] of Object.entries({ before, after, width }))
    body.style.setProperty(`--${name}`, `${pixels}px`);
  const text = create('text', { x: 23, y: 14 - FATE_HEIGHT });
  text.textContent = fateWords(mark);
  body.append(
    create('rect', { y: -FATE_HEIGHT, width, height: FATE_HEIGHT, rx: 4 }),
    create('path', { class: 'fate-sign', d: FATE_SIGNS[fate], transform: `translate(7 ${5 - FATE_HEIGHT})` }),
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
