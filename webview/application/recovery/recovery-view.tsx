import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import type { Progress, Stood } from '../state.ts';
import { useSize } from '../use-size.ts';
import type { ViewMemory } from '../viewport/viewport.tsx';
import type { Viewports } from '../viewport/viewports.ts';
import { within } from '../viewport/within.ts';
import { areTooSmall, arrangementFor, figuresWidth, leastHeight, type Panel } from './arrangement.ts';
import { Chart } from './chart.tsx';
import { chartedServices } from './chart-data.ts';
import { ChartLegend, RecordSources, ServiceChoice } from './chart-words.tsx';
import type { Palette } from './colours.ts';
import { eventsOf } from './events.ts';
import { FiguresTabs } from './figures-tabs.tsx';
import { useRecoveryKeys } from './keys.ts';
import { prefersReducedMotion } from './motion.ts';
import { PictureChoice } from './picture-choice.tsx';
import { createPlayer } from './player.ts';
import { usePresenting } from './presenting.ts';
import { RecoveryPicture } from './recovery-picture.tsx';
import { Results } from './results.tsx';
import { Scrubber } from './scrubber.tsx';
import { useStanding } from './standing.ts';
import type { RecoveryEvent, Shown } from './state.ts';
import type { Result } from './timeline.ts';
import { Transport } from './transport.tsx';
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
  /** Where its pictures stood, and are to be found again; absent where nothing is kept. */
  readonly memory?: ViewMemory | undefined;
  readonly palette: Palette;
  readonly viewports: Viewports;
  readonly selected: string | null;
  readonly onSelect: (element: string, architecture: string) => void;
  /** Opens what is folded, and folds what is open; absent where nobody would run it anew. */
  readonly onFold?: ((container: string) => void) | undefined;
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
  // Beside others, a picture stands in another place than alone.
  const together = results.map(({ architecture }) => architecture).join(' ');
  const memory = useMemo<ViewMemory>(
    () => (props.memory === undefined ? new Map() : within(props.memory, `recovery of ${together}`)),
    [props.memory, together],
  );
  const events = useMemo(() => eventsOf(recovery), [recovery]);
  const services = useMemo(() => chartedServices(results), [results]);
  const [chosen, setChosen] = useState<string>();
  const service = services.find(({ name }) => name === chosen) ?? services[0];

  const records = (recovery.records ?? []).filter((record) => record.service === service?.name);

  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const panel = { ...size, presenting };
  const [alone, see] = usePictureChoice(panel, results);
  const seen = results.filter(({ architecture }) => alone === undefined || architecture === alone);
  const arrangement = arrangementFor(
    panel,
    seen.map(({ layout }) => layout),
  );
  const enlarge = useCallback(
    (place: number): boolean => {
      const chosen = results[place - 1]?.architecture;
      if (results.length < 2 || chosen === undefined) return false;
      see(chosen === alone ? undefined : chosen);
      return true;
    },
    [results, alone, see],
  );

  const isDone = progress === undefined && asking?.shown.whatIf.asked === undefined;
  useEffect(() => {
    if (isDone) announce(resultsWords(results));
  }, [isDone, results, announce]);
  useEffect(() => () => player.stop(), [player]);
  const leave = useCallback(() => (presenting ? present(false) : onClose()), [presenting, present, onClose]);
  const turnPresenting = useCallback(() => present(!presenting), [presenting, present]);
  useRecoveryKeys({ player, events, announce, onClose: leave, present: turnPresenting, enlarge });

  const isBeside = arrangement.figures === 'beside';
  const beside = figuresWidth(panel.width, seen.length);
  const picturesWidth = isBeside ? panel.width - beside : panel.width;
  return (
    <div
      ref={frame}
      class={`recovery ${arrangement.figures}`}
      data-testid="recovery"
      style={isBeside ? { gridTemplateColumns: `minmax(0, 1fr) ${beside}px` } : {}}
    >
      <div class="recovery-seen" style={isBeside ? {} : { minHeight: `${leastHeight(panel)}px` }}>
        {alone !== undefined && seen[0] !== undefined && (
          <PictureChoice results={results} palette={palette} alone={seen[0]} onChoose={see} />
        )}
        <div
          class="recovery-pictures"
          style={{ gridTemplateColumns: `repeat(${arrangement.columns}, minmax(0, 1fr))` }}
        >
          {seen.map((result) => (
            <RecoveryPicture
              key={result.architecture}
              recovery={recovery}
              result={result}
              index={results.indexOf(result)}
              player={player}
              memory={memory}
              viewports={viewports}
              palette={palette}
              selected={props.selected}
              onSelect={props.onSelect}
              onFold={props.onFold}
              width={picturesWidth / arrangement.columns}
              onEnlarge={seen.length > 1 ? () => see(result.architecture) : undefined}
            />
          ))}
        </div>
      </div>
      <Transport
        recovery={recovery}
        events={events}
        player={player}
        announce={announce}
        presenting={presenting}
        onPresent={turnPresenting}
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
            <ChartLegend
              recovery={recovery}
              service={service?.name}
              palette={palette}
              ghost={otherwise !== undefined}
              recorded={records.some(({ points }) => points.length > 0)}
            />
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
          <RecordSources records={records} />
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

/** The architecture that is seen alone, if one is: the reader's choice, or the first where all would be too small. */
function usePictureChoice(
  panel: Panel,
  results: readonly Result[],
): [string | undefined, (architecture: string | undefined) => void] {
  const [chosen, choose] = useState<{ readonly alone: string | undefined }>();
  const see = useCallback((alone: string | undefined) => choose({ alone }), []);
  const first = areTooSmall(
    panel,
    results.map(({ layout }) => layout),
  )
    ? results[0]?.architecture
    : undefined;
  return [chosen === undefined ? first : chosen.alone, see];
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
