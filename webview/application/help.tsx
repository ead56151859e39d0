import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

const KEYS: readonly (readonly [keys: readonly string[], words: string])[] = [
  [['/'], 'find by name or title'],
  [['f'], 'failure mode: Enter or a click fails a component, hazard or operator'],
  [['t'], 'fault tree of the service'],
  [['+', '−'], 'larger, smaller'],
  [['0'], 'show all of it'],
  [['←', '↑', '→', '↓'], 'move the picture; from row to row in a list'],
  [['Tab'], 'from part to part of the picture, lines included'],
  [['Enter'], 'select in the text what has the focus'],
  [['Space'], 'play or pause a recovery; ← and → then lead from event to event'],
  [['1'], 'to 4: only this one of the recoveries that are compared; the same key shows all again'],
  [['Enter'], 'on − or + beside a name: fold a zone or group to one box, or open it'],
  [['Esc'], 'back'],
  [['?'], 'this help'],
];

export interface HelpProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The keys of the panel. */
export function Help({ isOpen, onClose }: HelpProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    if (current === null || current.open === isOpen) return;
    if (isOpen) current.showModal();
    else current.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} class="keys" data-testid="help" aria-labelledby="help-title" onClose={onClose}>
      <header>
        <h2 id="help-title">Keys</h2>
        <button type="button" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <dl>
        {KEYS.map(([keys, words]) => (
          <div key={words}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
