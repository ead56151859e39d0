import { element, group, translate } from './svg.ts';

export interface Fold {
  /** The container's. */
  readonly id: string;
  readonly label: string;
  readonly components: number;
  readonly open: boolean;
}

/** A minus that folds a zone or group, or a plus that opens it: an application reacts to `data-fold`. */
export function drawFold({ id, label, components, open }: Fold, x: number, y: number): string {
  const count = `${components} ${components === 1 ? 'component' : 'components'}`;
  return group(
    {
      class: 'fold',
      'data-fold': id,
      transform: translate(x, y),
      role: 'button',
      tabindex: 0,
      'aria-expanded': open ? 'true' : 'false',
      'aria-label': `${open ? 'Fold' : 'Open'} ${label}, ${count}`,
    },
    element('rect', { class: 'fold-hit', x: -3, y: -3, width: 24, height: 24 }),
    element('rect', { class: 'fold-box', x: 1, y: 1, width: 16, height: 16, rx: 4 }),
    element('path', { class: 'fold-sign', d: open ? 'M5 9h8' : 'M5 9h8M9 5v8' }),
  );
}
