import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';

export interface RowsProps<Row> {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly label: string;
  readonly isPressed: (row: Row) => boolean;
  readonly onPress: (row: Row) => void;
  /** Whether a row's parts stand below one another. */
  readonly stacked?: boolean;
  readonly onPoint?: (row: Row | undefined) => void;
  readonly children: (row: Row) => ComponentChildren;
}

/** So many are drawn at once; the rest when they are asked for. */
const PAGE = 200;

/** A list of buttons that takes one stop of the Tab key: within, arrows, Home and End lead from one to the next. */
export function Rows<Row>({
  rows,
  keyOf,
  label,
  isPressed,
  onPress,
  onPoint,
  stacked = false,
  children,
}: RowsProps<Row>) {
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const [pages, setPages] = useState(1);
  const shown = rows.slice(0, pages * PAGE);
  const stop = Math.min(at, shown.length - 1);
  const go = (to: number): void => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setAt(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    const to = { ArrowDown: stop + 1, ArrowUp: stop - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  return (
    <>
      <ul ref={list} class="rows" aria-label={label} onKeyDown={press}>
        {shown.map((row, index) => (
          <li key={keyOf(row)}>
            <button
              type="button"
              class={stacked ? 'row stacked' : 'row'}
              tabIndex={index === stop ? 0 : -1}
              aria-pressed={isPressed(row)}
              onClick={() => onPress(row)}
              onFocus={() => {
                setAt(index);
                onPoint?.(row);
              }}
              onBlur={() => onPoint?.(undefined)}
              onPointerEnter={() => onPoint?.(row)}
              onPointerLeave={() => onPoint?.(undefined)}
            >
              {children(row)}
            </button>
          </li>
        ))}
      </ul>
      {rows.length > shown.length && (
        <button type="button" class="more" onClick={() => setPages(pages + 1)}>
          Show {Math.min(PAGE, rows.length - shown.length)} more
        </button>
      )}
    </>
  );
}
