import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import type { Diagram, Layout } from '../../../language/core/diagram/index.ts';
import type { Fates } from '../../picture/index.ts';
import { type DrawnPicture, drawPicture } from './drawn.ts';
import type { Target } from './relations.ts';
import { type ViewMemory, Viewport } from './viewport.tsx';
import type { Viewports } from './viewports.ts';

export interface PictureViewProps {
  readonly diagram: Diagram;
  readonly layout: Layout;
  /** Under which name `memory` holds the view. */
  readonly name: string;
  readonly memory: ViewMemory;
  readonly viewports: Viewports;
  readonly recovering: boolean;
  readonly stale: boolean;
  readonly selected: string | null;
  /** A name that stands in the text; of a zone of one vendor, `operator:` and the vendor's. */
  readonly onSelect: (element: string) => void;
  /** Folds a zone or group that is open, and opens one that is folded. */
  readonly onFold?: (container: string) => void;
  readonly onPoint?: (target: Target | undefined) => void;
  /** What has failed; absent unless in failure mode. */
  readonly fates?: Fates;
  /** Called with each picture that is drawn, before it is seen. Returns how to let go of it. */
  readonly onDrawn?: (drawn: DrawnPicture) => () => void;
}

/** The picture of an architecture in its viewport. */
export function PictureView(props: PictureViewProps) {
  const { diagram, layout, recovering, fates, onDrawn, onSelect, onPoint } = props;
  const foldable = props.onFold !== undefined;
  const current = useRef<DrawnPicture>(undefined);
  const latestFates = useRef(fates);
  latestFates.current = fates;
  const draw = useCallback(() => {
    const drawn = drawPicture(diagram, layout, { recovering, foldable }, current.current);
    current.current = drawn;
    drawn?.mark(latestFates.current);
    return drawn;
  }, [diagram, layout, recovering, foldable]);
  useLayoutEffect(() => current.current?.mark(fates), [fates]);
  return (
    <Viewport
      draw={draw}
      boxOf={(id) => layout.nodes.find((box) => box.id === id)}
      name={props.name}
      memory={props.memory}
      viewports={props.viewports}
      stale={props.stale}
      selected={props.selected}
      testId="picture"
      architecture={diagram.architecture}
      onChoose={(target) => {
        const chosen = chosenAt(target, fates !== undefined);
        if (chosen?.kind === 'fold') props.onFold?.(chosen.id);
        else if (chosen !== undefined) onSelect(chosen.id);
        return chosen !== undefined;
      }}
      // While a recovery plays, Space is its clock's.
      isChoosing={(key) => key === 'Enter' || (key === ' ' && !recovering)}
      onPoint={onPoint}
      onDrawn={onDrawn}
    />
  );
}

interface Chosen {
  readonly kind: 'element' | 'fold';
  readonly id: string;
}

/** A name that stands in the text: of a junction, that of what needs it. Or what is to be folded or opened. */
function chosenAt(target: Element, failing: boolean): Chosen | undefined {
  const folding = target.closest('[data-fold]')?.getAttribute('data-fold');
  if (folding != null) return { kind: 'fold', id: folding };
  const node = target.closest('[data-node]');
  if (node?.classList.contains('folded')) return chosenOfFolded(node, failing);
  const name = node?.getAttribute('data-owner') ?? node?.getAttribute('data-node');
  if (name != null) return { kind: 'element', id: name };
  const operator = target.closest('[data-operator]')?.getAttribute('data-operator');
  if (operator != null) return { kind: 'element', id: `operator:${operator}` };
  const group = target.closest('[data-group]')?.getAttribute('data-group');
  return group == null ? undefined : { kind: 'element', id: group };
}

/** A group stands in the text, an operator can be failed; of other zones all that can be chosen is what is in them. */
function chosenOfFolded(node: Element, failing: boolean): Chosen {
  const group = node.getAttribute('data-group');
  const operator = node.getAttribute('data-operator');
  if (failing && operator !== null) return { kind: 'element', id: `operator:${operator}` };
  if (!failing && group !== null) return { kind: 'element', id: group };
  return { kind: 'fold', id: node.getAttribute('data-node') ?? '' };
}
