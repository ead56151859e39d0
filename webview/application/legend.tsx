import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Diagram } from '../../language/core/diagram/index.ts';
import { renderLegend } from '../picture/index.ts';
import { useSize } from './use-size.ts';
import { parseSvg } from './viewport/svg.ts';

export interface LegendProps {
  readonly diagrams: readonly Diagram[];
  readonly recovering: boolean;
}

/** What the signs of the pictures mean, as large however far away the pictures are. */
export function Legend({ diagrams, recovering }: LegendProps) {
  const strip = useRef<HTMLDivElement>(null);
  const { width } = useSize(strip);
  useLayoutEffect(() => {
    const svg = width > 0 ? parseSvg(renderLegend(diagrams, recovering, width)) : undefined;
    strip.current?.replaceChildren(...(svg === undefined ? [] : [svg]));
  }, [diagrams, recovering, width]);
  return <div ref={strip} class="legend-strip" data-testid="legend" />;
}
