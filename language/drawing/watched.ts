import type { LangiumDocument } from 'langium';
import type { Redrawn } from '../protocol/checked.ts';
import { changeOf } from '../protocol/picture-change.ts';
import type { Picture, PictureRequest } from '../protocol/pictures.ts';
import type { Pictures } from './pictures.ts';

/** A panel that was closed without a word is forgotten when so many others were asked for. */
const MOST_PANELS = 16;

/** What panels were sent, so that they are told unasked what a changed text makes of it. */
export class Watched {
  private readonly panels = new Map<number, Sent>();
  private nextSerial = 1;

  constructor(private readonly pictures: Pick<Pictures, 'redrawn'>) {}

  /** The serial of what is sent. */
  sent(panel: number, request: PictureRequest, picture: Picture): number {
    const serial = this.nextSerial++;
    this.panels.delete(panel);
    this.panels.set(panel, { request, picture, serial });
    for (const oldest of this.panels.keys()) {
      if (this.panels.size <= MOST_PANELS) break;
      this.panels.delete(oldest);
    }
    return serial;
  }

  forget(panel: number): void {
    this.panels.delete(panel);
  }

  watches({ uri }: Pick<LangiumDocument, 'uri'>): boolean {
    return [...this.panels.values()].some(({ request }) => request.uri === uri.toString());
  }

  /** For each panel that shows the file and goes on to show the same things in the same places. */
  redrawn(document: LangiumDocument): Redrawn[] {
    const uri = document.uri.toString();
    return [...this.panels].flatMap(([panel, { request, picture: before, serial: since }]) => {
      if (request.uri !== uri) return [];
      const picture = this.pictures.redrawn(document, request);
      const change = picture && changeOf(before, picture);
      if (picture === undefined || change === undefined) return [];
      const { places } = picture;
      const moved = !areSame(before.places, places);
      return [{ panel, since, serial: this.sent(panel, request, picture), change, ...(moved && { places }) }];
    });
  }
}

function areSame(before: Picture['places'], after: Picture['places']): boolean {
  return (
    before.length === after.length &&
    before.every((place, at) => {
      const other = after[at] as Picture['places'][number];
      return (
        place.element === other.element &&
        place.uri === other.uri &&
        isSameRange(place.range, other.range) &&
        isSameRange(place.whole, other.whole)
      );
    })
  );
}

type Range = Picture['places'][number]['range'];

const isSameRange = ({ start, end }: Range, other: Range): boolean =>
  start.line === other.start.line &&
  start.character === other.start.character &&
  end.line === other.end.line &&
  end.character === other.end.character;

interface Sent {
  readonly request: PictureRequest;
  readonly picture: Picture;
  readonly serial: number;
}
