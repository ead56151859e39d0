import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import type { Progress, Stood } from '../store.ts';
import { useSize } from '../use-size.ts';
import type { DrawnPicture } from '../viewport/drawn.ts';
import { PictureView } from '../viewport/picture-view.tsx';
import type { ViewMemory } from '../viewport/viewport.tsx';
import type { Viewports } from '../viewport/viewports.ts';
import { arrangementFor, figuresWidth } from './arrangement.ts';
import { Chart } from './chart.tsx';
import { chartedServices } from './chart-data.ts';
import { ChartLegend, RecordSources, ServiceChoice } from './chart-words.tsx';
import { toggled } from './clock.ts';
import type { Palette } from './colours.ts';
import { eventsOf, nextEvent, previousEvent } from './events.ts';
import { FiguresTabs } from './figures-tabs.tsx';
import { createPlayer, type Player } from './player.ts';
import { Results, Swatch } from './results.tsx';
import { Scrubber } from './scrubber.tsx';
import { createStage, type Stage } from './stage.ts';
import type { RecoveryEvent, Shown } from './state.ts';
import { type Result, stateAt } from './timeline.ts';
import { goTo, Transport } from './transport.tsx';
import { resultsWords } from './words.ts';

export interface RecoveryViewProps {
  /** Of the runs that are done; with the same scenario and architectures it may be replaced as more are. */
  readonly recovery: Recovery;
  /** While runs go on: how many of them are done. */
  readonly progress?: Progress | undefined;
  readonly onCancel?: (() => void) | undefined;
  /** Where it stood before, and whoever is to know where it stands. */
  readonly from?: Stood | undefined;
  readonly onStand?: ((stood: Stood) => void) | undefined;
  /** Told when it is to have the whole window, and when no longer. */
  readonly onPresent?: ((on: boolean) => void) | undefined;
  /** What can be asked about it; absent where nobody answers. */
  readonly asking?: Asking | undefined;
  readonly palette: Palette;
  readonly viewports: Viewports;
  readonly selected: string | null;
  readonly onSelect: (element: string, architecture: string) => void;
  readonly onClose: () => void;
  readonly announce: (text: string) => void;
}

export interface Asking {
  readonly shown: Shown;
  readonly send: (event: RecoveryEvent) => void;
}

/** The crash and the way back: pictures, time line, chart and verdicts on one clock. */
export function RecoveryView(props: RecoveryViewProps) {
  const { palette, viewports, progress, onCancel, onPresent, asking, onClose, announce } = props;
  const [presenting, present] = usePresenting(onPresent);
  const otherwise = asking?.shown.whatIf.recovery;
  const recovery = useStable(otherwise ?? props.recovery);
  const { scenario, results } = recovery;
  const { horizonSeconds } = scenario;
  const player = useMemo(() => createPlayer(horizonSeconds, !prefersReducedMotion(), props.from), [horizonSeconds]);
  useStanding(player, props.onStand);
  const memory = useMemo<ViewMemory>(() => new Map(), []);
  const events = useMemo(() => eventsOf(recovery), [recovery]);
  const services = useMemo(() => chartedServices(results), [results]);
  const [chosen, setChosen] = useState<string>();
  const service = services.find(({ name }) => name === chosen) ?? services[0];

  const frame = useRef<HTMLDivElement>(null);
  const panel = useSize(frame);
  const arrangement = arrangementFor(
    panel,
    results.map(({ layout }) => layout),
  );
  const columns = arrangement === 'beside' ? `minmax(0, 1fr) ${figuresWidth(panel.width)}px` : undefined;

  const isDone = progress === undefined && asking?.shown.whatIf.asked === undefined;
  useEffect(() => {
    if (isDone) announce(resultsWords(results));
  }, [isDone, results, announce]);
  useEffect(() => () => player.stop(), [player]);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (
        pressRecoveryKey(event, {
          player,
          events,
          announce,
          onClose: presenting ? () => present(false) : onClose,
          present: () => present(!presenting),
        })
      )
        event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [player, events, announce, onClose, presenting, present]);

  return (
    <div
      ref={frame}
      class={`recovery ${arrangement}`}
      data-testid="recovery"
      style={columns === undefined ? {} : { gridTemplateColumns: columns }}
    >
      <div class={`recovery-pictures count-${results.length}`}>
        {results.map((result, index) => (
          <RecoveryPicture
            key={result.architecture}
            {...props}
            recovery={recovery}
            result={result}
            index={index}
            player={player}
            memory={memory}
            viewports={viewports}
          />
        ))}
      </div>
      <Transport
        recovery={recovery}
        events={events}
        player={player}
        announce={announce}
        presenting={presenting}
        onPresent={() => present(!presenting)}
      />
      <div class="recovery-figures">
        <figure class="chart-figure">
          <figcaption>
            <ServiceChoice
              services={services}
              chosen={service?.name}
              scenario={scenario.title || scenario.name}
              onChoose={setChosen}
            />
            <ChartLegend results={results} palette={palette} ghost={otherwise !== undefined} />
            {progress !== undefined && <RunProgress progress={progress} onCancel={onCancel} />}
          </figcaption>
          {service !== undefined && (
            <Chart
              recovery={recovery}
              ghost={otherwise === undefined ? undefined : props.recovery}
              service={service.name}
              player={player}
              palette={palette}
            />
          )}
          <Scrubber recovery={recovery} events={events} player={player} palette={palette} />
          <RecordSources records={(recovery.records ?? []).filter((record) => record.service === service?.name)} />
        </figure>
        {asking === undefined ? (
          <Results recovery={recovery} palette={palette} />
        ) : (
          <FiguresTabs recovery={recovery} palette={palette} {...asking} />
        )}
      </div>
    </div>
  );
}

/** Pictures that say the same are the same: then they are not drawn anew when more runs are done. */
function useStable(recovery: Recovery): Recovery {
  const last = useRef(recovery);
  return useMemo(() => {
    const results = recovery.results.map((result) => {
      const before = last.current.results.find(({ architecture }) => architecture === result.architecture);
      const same = before !== undefined && samePicture(before, result);
      return same ? { ...result, diagram: before.diagram, layout: before.layout } : result;
    });
    last.current = { ...recovery, results };
    return last.current;
  }, [recovery]);
}

const samePicture = (a: Result, b: Result): boolean =>
  a.diagram === b.diagram || JSON.stringify([a.diagram, a.layout]) === JSON.stringify([b.diagram, b.layout]);

interface RunProgressProps {
  readonly progress: Progress;
  readonly onCancel: (() => void) | undefined;
}

/** First results are seen already; how many runs they are of, and how to be content with them. */
function RunProgress({ progress: { done, total }, onCancel }: RunProgressProps) {
  return (
    <span class="run-progress" data-testid="run-progress">
      <progress max={total} value={done} aria-label="Runs done" />
      {done} of {total} runs
      {onCancel !== undefined && (
        <button type="button" data-testid="cancel-rest" title="Stay with the runs that are done" onClick={onCancel}>
          Stop
        </button>
      )}
    </span>
  );
}

const prefersReducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Presenting is large type and nothing but the recovery; whoever is told gives it the whole window, too. The body says
 * it, for it is the page that changes.
 */
function usePresenting(onPresent: ((on: boolean) => void) | undefined): [boolean, (on: boolean) => void] {
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

const STAND_MILLISECONDS = 1000;

/** Says now and then where the clock stands, and soon after it has come to rest. */
function useStanding(player: Player, onStand: ((stood: Stood) => void) | undefined): void {
  useEffect(() => {
    if (onStand === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      timer = undefined;
      const { atSeconds, speed } = player.now();
      onStand({ atSeconds, speed });
    };
    const later = (): void => {
      timer ??= setTimeout(tell, STAND_MILLISECONDS);
    };
    later();
    const unwatch = player.watch(later);
    return () => {
      unwatch();
      clearTimeout(timer);
    };
  }, [player, onStand]);
}

interface RecoveryKeys extends Pick<RecoveryViewProps, 'announce' | 'onClose'> {
  readonly player: Player;
  readonly events: ReturnType<typeof eventsOf>;
  readonly present: () => void;
}

/** Whether the key meant something. What a control does with a key by itself goes first. */
function pressRecoveryKey(event: KeyboardEvent, { player, events, announce, onClose, present }: RecoveryKeys): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLSelectElement) return false;
  // But the time line's arrow keys go to the events, as everywhere.
  if (event.target instanceof HTMLInputElement && event.target.dataset.testid !== 'scrub') return false;
  const onButton = event.target instanceof HTMLButtonElement;
  if (event.key === ' ' && !onButton) player.change(toggled);
  else if (event.key === 'ArrowLeft') goTo(previousEvent(events, player.now().atSeconds), player, announce);
  else if (event.key === 'ArrowRight') goTo(nextEvent(events, player.now().atSeconds), player, announce);
  else if (event.key === 'p') present();
  else if (event.key === 'Escape') onClose();
  else return false;
  return true;
}

interface RecoveryPictureProps extends RecoveryViewProps {
  readonly result: Result;
  readonly index: number;
  readonly player: Player;
  readonly memory: ViewMemory;
}

function RecoveryPicture(props: RecoveryPictureProps) {
  const { result, index, recovery, palette, player, onSelect } = props;
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
      <header>
        <h2>
          {recovery.results.length > 1 && <Swatch index={index} palette={palette} />} {result.title}
        </h2>
        <span class="detail">
          played: run {result.playedSeed}, the median of {result.runs}
        </span>
      </header>
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
        onDrawn={keepDrawn}
      />
    </section>
  );
}
