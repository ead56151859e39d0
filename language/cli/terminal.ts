import stringWidth from 'string-width';

/** How text looks where it goes: as wide as the terminal, with emphasis where there are colours. */
export interface Page {
  /** Columns; infinite where nobody sees lines wrapped, as in a file. */
  readonly width: number;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

export function pageOf(stream: NodeJS.WriteStream = process.stdout): Page {
  const styled = stream.isTTY && !process.env.NO_COLOR;
  const style = (code: number) => (text: string) => (styled ? `\u001b[${code}m${text}\u001b[0m` : text);
  const width = stream.isTTY && stream.columns > 0 ? stream.columns : Number.POSITIVE_INFINITY;
  return { width, strong: style(1), faint: style(2) };
}

/** Narrower columns would be read letter by letter. */
const NARROWEST = 12;
const GAP = '  ';

/**
 * Rows in columns as wide as they need to be, each row after `indent`, the first naming the columns if `named`. Where a
 * row is too long for the page its last column is wrapped between words; where even that leaves no room, what a row
 * says stands below its first cell.
 */
export function table(
  rows: readonly (readonly string[])[],
  { width }: Page,
  indent: string,
  { named = false } = {},
): string[] {
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(0, ...rows.map((row) => stringWidth(row[at] ?? ''))),
  );
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + GAP.length, stringWidth(indent));
  if (columns > 1 && width - before < Math.min(NARROWEST, widths.at(-1) ?? 0)) {
    const names = named ? (rows[0] ?? []) : [];
    return rows.slice(named ? 1 : 0).flatMap(([first = '', ...cells]) => {
      const words = cells.map((cell, at) => [names[at + 1], cell].filter(Boolean).join(' '));
      return [...wrapped(first, width, indent), ...wrapped(words.join('; '), width, `${indent}${GAP}`)];
    });
  }
  return rows.flatMap((row) => {
    const cells = row.slice(0, -1).map((cell, at) => padded(cell, widths[at] as number) + GAP);
    const lines = wrapped(row.at(-1) ?? '', width, indent + cells.join(''));
    return lines.map((line) => line.trimEnd());
  });
}

/** Text after `first` on as many lines as it needs, broken between words; a word that is too long stays whole. */
export function wrapped(
  text: string,
  width: number,
  first: string,
  others: string = ' '.repeat(stringWidth(first)),
): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line);
      line = others;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)));
