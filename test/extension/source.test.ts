import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';

/** Positions and ranges as the editor compares them. */
vi.mock('vscode', () => {
  class Position {
    constructor(
      readonly line: number,
      readonly character: number,
    ) {}
    compareTo(other: Position): number {
      return this.line - other.line || this.character - other.character;
    }
  }
  class Range {
    readonly start: Position;
    readonly end: Position;
    constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
      this.start = new Position(startLine, startCharacter);
      this.end = new Position(endLine, endCharacter);
    }
    contains(position: Position): boolean {
      return this.start.compareTo(position) <= 0 && position.compareTo(this.end) <= 0;
    }
  }
  return { Position, Range };
});
const { Position } = await import('vscode');
const { elementAt } = await import('../../extension/source.ts');

const FILE = 'file:///telephony.p2parch';
const uri = (text: string) => ({ toString: () => text }) as vscode.Uri;
const lines = (from: number, to: number) => ({ start: { line: from, character: 0 }, end: { line: to, character: 0 } });
const place = (element: string, from: number, to: number, at = FILE) => ({
  element,
  uri: at,
  range: lines(from, from),
  whole: lines(from, to),
});
const picture = {
  uri: FILE,
  places: [place('Core', 2, 9), place('Server', 4, 6), place('Storm', 1, 2, 'file:///hazards.p2parch')],
};
const at = (line: number, file = FILE) => elementAt(picture, uri(file), new Position(line, 1));

test('The innermost element around the cursor is the one that is lit', () => {
  expect([1, 3, 5, 7].map((line) => at(line))).toEqual([null, 'Core', 'Server', 'Core']);
  const turned = { ...picture, places: picture.places.toReversed() };
  expect(elementAt(turned, uri(FILE), new Position(5, 1))).toBe('Server');
});

test('A file that the picture shows nothing of changes nothing of what is lit', () => {
  expect(at(1, 'file:///hazards.p2parch')).toBe('Storm');
  expect(at(5, 'file:///hazards.p2parch')).toBeNull();
  expect(at(5, 'file:///elsewhere.p2parch')).toBeUndefined();
});
