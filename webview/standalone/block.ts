/** A block of the language within a Markdown document, as HTML for a page with the editor's variables and our styles. */
import type { Block } from '../../language/protocol/blocks.ts';
import { renderPicture } from '../picture/index.ts';
import { type Html, none, tag, text, trusted } from './html.ts';

export function blockHtml({ pictures, errors }: Block): string {
  const drawn = pictures.map(({ diagram, layout }) =>
    tag(
      'figure',
      { class: 'p2parch-picture' },
      trusted(
        renderPicture(diagram, layout, {
          theme: 'editor',
          interactive: false,
          title: pictures.length > 1,
          legend: false,
        }),
      ),
    ),
  );
  const empty =
    pictures.length === 0 && errors.length === 0
      ? tag('p', { class: 'p2parch-note' }, text('There is no architecture in this block.'))
      : none;
  return tag('div', { class: 'p2parch-block' }, ...drawn, mistakes(errors), empty);
}

const mistakes = (errors: Block['errors']): Html | undefined =>
  errors.length === 0
    ? undefined
    : tag(
        'ul',
        { class: 'p2parch-errors' },
        ...errors.map(({ line, message }) => tag('li', {}, tag('strong', {}, text(`Line ${line}: `)), text(message))),
      );

/** Until a block is drawn, and where it never is, its text stands in its place. */
export const undrawnHtml = (source: string, words: string): string =>
  tag(
    'div',
    { class: 'p2parch-block' },
    tag('p', { class: 'p2parch-note' }, text(words)),
    tag('pre', {}, tag('code', {}, text(source))),
  );
