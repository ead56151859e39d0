/** The colours and the type of what plays, as the picture's own style sheet has them in this theme. */
import type { ComponentNode } from '../../../language/core/diagram/index.ts';

type Party = ComponentNode['party'];

export interface StageColours {
  readonly dots: Readonly<Record<Party, string>>;
  readonly bars: Readonly<Record<Party, string>>;
  readonly over: string;
  readonly level: string;
  readonly text: string;
  /** Size in the picture's units. */
  readonly font: string;
  readonly flow: string;
}

/** Read off the elements of the picture that are not seen while the stage stands over it. */
export function stageColours(svg: SVGSVGElement): StageColours {
  const foreground = getComputedStyle(svg).fill;
  const styleOf = (selector: string): CSSStyleDeclaration | undefined => {
    const element = svg.querySelector(selector);
    return element === null ? undefined : getComputedStyle(element);
  };
  const each = (read: (party: Party) => string | undefined): Record<Party, string> => ({
    company: read('company') ?? foreground,
    users: read('users') ?? foreground,
    vendor: read('vendor') ?? foreground,
  });
  const level = styleOf('.service .bar')?.fill ?? foreground;
  const figure = styleOf('.text-figure');
  return {
    dots: each((party) => styleOf(`.party-${party} .dots.up`)?.stroke),
    bars: each((party) => styleOf(`.party-${party} .bar[data-over="no"]`)?.fill),
    over: overColour(svg) ?? foreground,
    level,
    text: figure?.fill ?? foreground,
    font: `${figure?.fontWeight ?? '600'} ${figure?.fontSize ?? '11px'} ${figure?.fontFamily ?? 'sans-serif'}`,
    flow: level,
  };
}

/** No bar need be over its limit now: one is made to be for as long as it takes to look. */
function overColour(svg: SVGSVGElement): string | undefined {
  const bar = svg.querySelector('.bar[data-over]');
  if (bar === null) return undefined;
  const now = bar.getAttribute('data-over') ?? 'no';
  bar.setAttribute('data-over', 'yes');
  const { fill } = getComputedStyle(bar);
  bar.setAttribute('data-over', now);
  return fill;
}
