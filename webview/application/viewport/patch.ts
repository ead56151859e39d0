import { type PictureParts, SCENE_LISTS } from '../../picture/index.ts';
import { parseSvg } from './svg.ts';

/** Of a picture of which more than this share differs, all is drawn anew: that is quicker. */
const MOST_SHARE = 0.3;

/**
 * Draws anew what differs between the picture that is seen, `before`, and `after`. False, and nothing is touched, where
 * that is too much, or where one has what the other has not.
 */
export function patched(svg: SVGSVGElement, before: PictureParts, after: PictureParts): boolean {
  if (before.frame !== after.frame) return false;
  const changes: { readonly at: Element; readonly text: string }[] = [];
  let all = 0;
  for (const list of SCENE_LISTS) {
    const [old, next] = [before.lists[list], after.lists[list]];
    const seen = svg.querySelector(`.scene > .${list}`)?.children;
    if (seen?.length !== next.length || old.length !== next.length) return false;
    all += next.length;
    for (const [index, text] of next.entries()) {
      const at = seen[index];
      if (text !== old[index] && at !== undefined) changes.push({ at, text });
    }
  }
  if (changes.length > all * MOST_SHARE + 1) return false;
  if (changes.length === 0) return true;
  const texts = changes.map(({ text }) => text).join('');
  const drawn = [...(parseSvg(`<svg xmlns="http://www.w3.org/2000/svg">${texts}</svg>`)?.children ?? [])];
  if (drawn.length !== changes.length) return false;
  for (const [index, { at }] of changes.entries()) at.replaceWith(drawn[index] as Element);
  return true;
}
