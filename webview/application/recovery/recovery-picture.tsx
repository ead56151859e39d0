import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import type { DrawnPicture } from '../viewport/drawn.ts';
import { PictureView } from '../viewport/picture-view.tsx';
import type { ViewMemory } from '../viewport/viewport.tsx';
import type { Viewports } from '../viewport/viewports.ts';
import type { Palette } from './colours.ts';
import { prefersReducedMotion } from './motion.ts';
import type { Player } from './player.ts';
import { Swatch } from './results.tsx';
import { createStage, type Stage } from './stage.ts';
import { type Result, stateAt } from './timeline.ts';

export interface RecoveryPictureProps {
  readonly recovery: Recovery;
  readonly result: Result;
  readonly index: number;
  readonly player: Player;
  readonly memory: ViewMemory;
  readonly viewports: Viewports;
  readonly palette: Palette;
  readonly selected: string | null;
  readonly onSelect: (element: string, architecture: string) => void;
  readonly onFold?: ((container: string) => void) | undefined;
  /** In pixels; above it stands besides its title what has room there. */
  readonly width: number;
  /** Shows this one alone; absent where it is, and then what stands above it says which one it is. */
  readonly onEnlarge?: (() => void) | undefined;
}

/** One architecture in the crash and on the way back, on the common clock. */
export function RecoveryPicture(props: RecoveryPictureProps) {
  const { result, index, recovery, palette, player, onSelect, onEnlarge } = props;
  const isOneOfMany = recovery.results.length > 1;
  const [drawn, setDrawn] = useState<DrawnPicture>();
  const stage = useRef<Stage>(undefined);
  const keepDrawn = useCallback((picture: DrawnPicture) => {
    setDrawn(picture);
    return () => setDrawn(undefined);
  }, []);
  useLayoutEffect(() => {
    if (drawn === undefined) return;
    const steps = recovery.scenario.steps.map(({ atSeconds }) => atSeconds);
    const created = createStage({ drawn, result, index, steps, still: prefersReducedMotion() });
    stage.current = created;
    drawn.showMoment(() => stateAt(result, steps, player.now().atSeconds));
    created?.show(player.now());
    const unwatch = player.watch((playback) => created?.show(playback));
    return () => {
      unwatch();
      created?.remove();
    };
  }, [drawn, recovery, result, index, player]);
  useLayoutEffect(() => stage.current?.recolour(), [palette]);
  return (
    <section class="recovery-picture" aria-label={result.title}>
      {!(isOneOfMany && onEnlarge === undefined) && (
        <header>
          <h2>
            {isOneOfMany && <Swatch index={index} palette={palette} />} {result.title}
          </h2>
          {props.width >= LEAST_WIDTH_KEY && <PoolKey />}
          {props.width >= LEAST_WIDTH_PLAYED && <Played result={result} />}
          {onEnlarge !== undefined && (
            <button
              type="button"
              class="enlarge"
              data-testid="enlarge"
              aria-label={`Enlarge ${result.title}`}
              title={`Only this picture (${index + 1})`}
              onClick={onEnlarge}
            >
              Enlarge
            </button>
          )}
        </header>
      )}
      <PictureView
        diagram={result.diagram}
        layout={result.layout}
        name={result.architecture}
        memory={props.memory}
        viewports={props.viewports}
        recovering={true}
        stale={false}
        selected={props.selected}
        onSelect={(element) => onSelect(element, result.architecture)}
        {...(props.onFold && { onFold: props.onFold })}
        onDrawn={keepDrawn}
      />
    </section>
  );
}

/** For a title and what the dots and numbers of a pool say. */
const LEAST_WIDTH_KEY = 460;
/** For which run is played, too. */
const LEAST_WIDTH_PLAYED = 720;

/** What the three numbers of each pool count; the legend, where it is open, says the same. */
export const PoolKey = () => (
  <span class="pool-key" aria-hidden="true">
    <i class="up" /> up <i class="starting" /> starting <i class="down" /> down or vacant
  </span>
);

export function Played({ result: { playedSeed, runs } }: { readonly result: Result }) {
  return (
    <span class="detail" title={`Played is run ${playedSeed} of ${runs}, the median of them`}>
      median run ({playedSeed})
    </span>
  );
}
