import { useState } from 'preact/hooks';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import type { Palette } from './colours.ts';
import { Results } from './results.tsx';
import { SensitivityPanel } from './sensitivity-panel.tsx';
import type { RecoveryEvent, Shown } from './state.ts';
import { WhatIfPanel } from './what-if-panel.tsx';

const TABS = [
  { id: 'results', title: 'Results' },
  { id: 'what-if', title: 'What if' },
  { id: 'sensitivity', title: 'What matters' },
] as const;

type Tab = (typeof TABS)[number]['id'];

export interface FiguresTabsProps {
  readonly recovery: Recovery;
  readonly palette: Palette;
  readonly shown: Shown;
  readonly send: (event: RecoveryEvent) => void;
}

/** What came of it, what would come of other numbers, and which of them matter. */
export function FiguresTabs({ recovery, palette, shown, send }: FiguresTabsProps) {
  const [tab, setTab] = useState<Tab>('results');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [first] = shown.run.architectures;
  /** What a tab shows is asked for when it is chosen; what is known already is not asked again. */
  const choose = (next: Tab): void => {
    setTab(next);
    if (next === 'what-if') send({ type: 'wantNumbers' });
    // What moves the recovery most stands first among the numbers, too.
    if (next !== 'results' && first !== undefined) send({ type: 'wantSensitivity', architecture: first });
  };
  const move = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const next = TABS[(TABS.findIndex(({ id }) => id === tab) + by + TABS.length) % TABS.length];
    if (next === undefined) return;
    choose(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="figures-tabs">
      <div role="tablist" aria-label="Figures" class="tabs" onKeyDown={move}>
        {TABS.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            data-testid={`tab-${id}`}
            aria-selected={id === tab}
            aria-controls="figures-panel"
            tabIndex={id === tab ? 0 : -1}
            onClick={() => choose(id)}
          >
            {title}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls is reached by keyboard, whatever is in it */}
      <div role="tabpanel" id="figures-panel" aria-labelledby={`tab-${tab}`} tabIndex={0} class="tab-panel">
        {tab === 'results' && <Results recovery={recovery} palette={palette} />}
        {tab === 'what-if' && <WhatIfPanel shown={shown} chosen={chosen} onChoose={setChosen} send={send} />}
        {tab === 'sensitivity' && <SensitivityPanel shown={shown} send={send} />}
      </div>
    </div>
  );
}
