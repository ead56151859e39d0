/** What of a picture is folded, and how the reader's wishes change that: pure functions. */
import type { PanelPicture } from '../../language/protocol/picture-change.ts';

export type FoldEvent =
  /** Folds a container that is open, and opens one that is folded. */
  | { readonly type: 'fold'; readonly container: string }
  | { readonly type: 'foldAll' | 'unfoldAll' }
  /** Opens what is around an element that is not seen, and goes to it then. */
  | { readonly type: 'reveal'; readonly element: string };

/** Ids of the containers that are to be folded then; undefined if that changes nothing. */
export function foldedAfter({ folding }: PanelPicture, event: FoldEvent): string[] | undefined {
  const { folded, all } = folding;
  switch (event.type) {
    case 'fold':
      return folded.includes(event.container)
        ? folded.filter((id) => id !== event.container)
        : [...folded, event.container];
    case 'foldAll': {
      const foldable = all.filter(({ components }) => components > 1).map(({ id }) => id);
      return foldable.length === 0 ? undefined : foldable;
    }
    case 'unfoldAll':
      return folded.length === 0 ? undefined : [];
    case 'reveal': {
      const within = hiddenIn(folding, event.element)?.within;
      return within === undefined ? undefined : folded.filter((id) => !within.includes(id));
    }
  }
}

const hiddenIn = (
  { hidden }: PanelPicture['folding'],
  element: string,
): PanelPicture['folding']['hidden'][number] | undefined => hidden.find((candidate) => candidate.element === element);

/** The id under which an element of the text is seen: what is hidden is seen as the box that it is in. */
export function seenAs({ diagram, folding }: PanelPicture, element: string | null): string | null {
  if (element === null) return null;
  const box = diagram.nodes.find((node) => node.kind === 'folded' && node.group === element);
  if (box !== undefined) return box.id;
  const within = hiddenIn(folding, element)?.within ?? [];
  return diagram.nodes.find(({ id, kind }) => kind === 'folded' && within.includes(id))?.id ?? element;
}
