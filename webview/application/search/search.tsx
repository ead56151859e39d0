import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from '../icon.tsx';
import { type Findable, matches } from './matches.ts';

export interface SearchProps {
  readonly all: readonly Findable[];
  readonly onFind: (found: Findable) => void;
}

/** Finds by name or title; Enter goes there. `/` leads here from anywhere. */
export function Search({ all, onFind }: SearchProps) {
  const input = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => matches(all, words), [all, words]);
  const chosen = Math.min(at, found.length - 1);
  const isOpen = words.trim() !== '';

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target } = event;
      const typing = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);

  const take = (entry: Findable | undefined): void => {
    if (entry === undefined) return;
    setWords('');
    setAt(0);
    onFind(entry);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') take(found[chosen]);
    else if (event.key === 'Escape') setWords('');
    else if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, found.length));
    else if (event.key === 'ArrowUp') setAt((chosen + found.length - 1) % Math.max(1, found.length));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="search-field">
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        role="combobox"
        data-testid="search"
        aria-label="Find by name or title"
        aria-expanded={isOpen}
        aria-controls="search-results"
        aria-autocomplete="list"
        {...(isOpen && found.length > 0 && { 'aria-activedescendant': `search-${chosen}` })}
        placeholder="Find"
        title="Find by name or title (/)"
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
        onBlur={() => setWords('')}
      />
      <div class="search-results" hidden={!isOpen}>
        <div id="search-results" role="listbox" aria-label="Found">
          {found.map((entry, index) => (
            // The focus stays in the field, which says what is chosen.
            <div
              key={`${entry.id}${index}`}
              id={`search-${index}`}
              class="search-result"
              role="option"
              tabIndex={-1}
              data-testid="search-result"
              aria-selected={index === chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                take(entry);
              }}
            >
              {entry.label} <small>{entry.detail}</small>
            </div>
          ))}
        </div>
        {found.length === 0 && <p role="status">Nothing of this name</p>}
      </div>
    </div>
  );
}
