import * as vscode from 'vscode';
import type { Outline } from '../language/protocol/pictures.ts';
import type { Range } from '../language/protocol/shared.ts';

/** Whatever says where its elements are declared. */
type Placed = Pick<Outline, 'uri' | 'places'>;

export const toRange = ({ start, end }: Range): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);

/** Selects the name of an element where the text declares it, in the editor that shows the file, if one does. */
export async function revealElement(picture: Placed, element: string): Promise<void> {
  const place = picture.places.find((candidate) => candidate.element === element);
  if (!place) return;
  const uri = vscode.Uri.parse(place.uri);
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  const selection = toRange(place.range);
  const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
  await vscode.window.showTextDocument(uri, { selection, viewColumn });
}

/**
 * The innermost element whose declaration is around a position; null where there is none, undefined where the file
 * is none of the picture's.
 */
export function elementAt(picture: Placed, uri: vscode.Uri, position: vscode.Position): string | null | undefined {
  const inFile = picture.places.filter((place) => place.uri === uri.toString());
  if (inFile.length === 0 && uri.toString() !== picture.uri) return undefined;
  const around = inFile.filter((place) => toRange(place.whole).contains(position));
  // Of two declarations around a position, the one that begins later stands in the other.
  around.sort((left, right) => toRange(right.whole).start.compareTo(toRange(left.whole).start));
  return around[0]?.element ?? null;
}
