import type { ComponentChildren } from 'preact';
import { foldedWords } from '../../language/core/diagram/index.ts';
import { Icon } from './icon.tsx';
import { isTreeSeen, textHasChanged } from './selections.ts';
import type { Event, State } from './state.ts';

export interface BannersProps {
  readonly state: State;
  readonly send: (event: Event) => void;
}

/** What the reader should know about what is shown. Said aloud as it comes. */
export function Banners({ state, send }: BannersProps) {
  const { picture, shown, refusal } = state;
  const folded = picture === undefined || shown !== undefined || isTreeSeen(state) ? '' : foldedWords(picture.diagram);
  return (
    <div class="banners" role="status" aria-live="polite">
      {refusal !== undefined && (
        <Banner kind="refused">
          <span>{refusal}</span>
          <button type="button" data-testid="dismiss" onClick={() => send({ type: 'dismiss' })}>
            Dismiss
          </button>
        </Banner>
      )}
      {shown === undefined && picture?.stale && (
        <Banner kind="stale">
          <span>{picture.stale} This is the last good picture.</span>
        </Banner>
      )}
      {folded !== '' && (
        <p class="note" data-testid="folded-words">
          {folded}
        </p>
      )}
      {shown !== undefined && textHasChanged(state) && (
        <Banner kind="changed">
          <span>The text has changed since this run.</span>
          <button
            type="button"
            data-testid="run-again"
            disabled={state.running !== undefined}
            onClick={() => send({ type: 'run', scenario: shown.run.scenario, architectures: shown.run.architectures })}
          >
            <Icon name="again" /> Run again
          </button>
        </Banner>
      )}
    </div>
  );
}

interface BannerProps {
  readonly kind: 'refused' | 'stale' | 'changed';
  readonly children: ComponentChildren;
}

function Banner({ kind, children }: BannerProps) {
  return (
    <div class={`banner ${kind}`} data-testid="banner" data-kind={kind}>
      <Icon name="warning" />
      {children}
    </div>
  );
}
