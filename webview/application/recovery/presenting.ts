import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/**
 * Presenting is large type and nothing but the recovery; whoever is told gives it the whole window, too. The body says
 * it, for it is the page that changes.
 */
export function usePresenting(onPresent: ((on: boolean) => void) | undefined): [boolean, (on: boolean) => void] {
  const [presenting, setPresenting] = useState(false);
  const latest = useRef(onPresent);
  latest.current = onPresent;
  const present = useCallback((on: boolean): void => {
    document.body.classList.toggle('presenting', on);
    setPresenting(on);
    latest.current?.(on);
  }, []);
  useEffect(
    () => () => {
      if (!document.body.classList.contains('presenting')) return;
      document.body.classList.remove('presenting');
      latest.current?.(false);
    },
    [],
  );
  return [presenting, present];
}
