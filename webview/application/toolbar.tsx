import { Icon } from './icon.tsx';
import type { Findable } from './search/matches.ts';
import { Search } from './search/search.tsx';
import { chosenScenario, comparedArchitectures, isTreeSeen, scenariosOf, servicesOf, titleOf } from './selections.ts';
import type { Event, State } from './state.ts';
import type { Viewports } from './viewport/viewports.ts';

export interface ToolbarProps {
  readonly state: State;
  readonly send: (event: Event) => void;
  readonly viewports: Viewports;
  /** What of the picture can be found by name. */
  readonly findable: readonly Findable[];
  readonly onFind: (found: Findable) => void;
  readonly onHelp: () => void;
}

const ZOOM_STEP = 1.25;

export function Toolbar({ state, send, viewports, findable, onFind, onHelp }: ToolbarProps) {
  return (
    <div class="toolbar" role="toolbar" aria-label="Diagram" data-testid="toolbar">
      {state.picture !== undefined && <ArchitectureChoice state={state} send={send} />}
      <RunControls state={state} send={send} />
      <div class="tools">
        {state.shown !== undefined && (
          <button
            type="button"
            data-testid="close-recovery"
            title="Back to the diagram (Esc)"
            onClick={() => send({ type: 'closeRecovery' })}
          >
            <Icon name="close" /> Close recovery
          </button>
        )}
        {state.picture !== undefined && <FaultControls state={state} send={send} />}
        {state.picture !== undefined && <FoldControls state={state} send={send} />}
        {findable.length > 0 && <Search all={findable} onFind={onFind} />}
        <div class="button-group">
          <button
            type="button"
            data-testid="zoom-out"
            aria-label="Zoom out"
            title="Zoom out (−)"
            onClick={() => viewports.zoom(1 / ZOOM_STEP)}
          >
            −
          </button>
          <button type="button" data-testid="fit" title="Show all of it (0)" onClick={() => viewports.fit()}>
            Fit
          </button>
          <button
            type="button"
            data-testid="zoom-in"
            aria-label="Zoom in"
            title="Zoom in (+)"
            onClick={() => viewports.zoom(ZOOM_STEP)}
          >
            +
          </button>
        </div>
        {!isTreeSeen(state) && (
          <button
            type="button"
            data-testid="legend-toggle"
            aria-pressed={state.legend}
            title="Say what colours, lines and signs mean"
            onClick={() => send({ type: 'toggleLegend' })}
          >
            Legend
          </button>
        )}
        <button type="button" data-testid="help-toggle" aria-label="Help: keys" title="Keys (?)" onClick={onHelp}>
          <Icon name="help" />
        </button>
      </div>
    </div>
  );
}

type Part = Pick<ToolbarProps, 'state' | 'send'>;

function FaultControls({ state, send }: Part) {
  const { faults, shown } = state;
  const mode = shown === undefined ? faults.mode : undefined;
  return (
    <>
      <button
        type="button"
        data-testid="failures-toggle"
        aria-label="Failure mode"
        aria-pressed={mode === 'failures'}
        title="Failure mode: click what is to fail (f)"
        onClick={() => send({ type: 'toggleFailures' })}
      >
        <Icon name="flash" /> <span class="label">Failure mode</span>
      </button>
      {servicesOf(state).length > 0 && (
        <button
          type="button"
          data-testid="tree-toggle"
          aria-label="Fault tree"
          aria-pressed={mode === 'faultTree'}
          title="What takes a service down, as a fault tree (t)"
          onClick={() =>
            send(mode === 'faultTree' ? { type: 'closeFaultTree' } : { type: 'showFaultTree', service: undefined })
          }
        >
          <Icon name="tree" /> <span class="label">Fault tree</span>
        </button>
      )}
    </>
  );
}

/** What plays is seen whole, and a fault tree folds by itself. */
function FoldControls({ state, send }: Part) {
  const { picture, shown } = state;
  if (picture === undefined || shown !== undefined || isTreeSeen(state)) return null;
  const { all, folded } = picture.folding;
  if (!all.some(({ components }) => components > 1)) return null;
  return (
    <div class="button-group">
      <button
        type="button"
        data-testid="fold-all"
        aria-label="Fold all"
        title="Fold every zone and group to one box"
        disabled={all.every(({ id, components }) => components < 2 || folded.includes(id))}
        onClick={() => send({ type: 'foldAll' })}
      >
        <Icon name="fold" />
      </button>
      <button
        type="button"
        data-testid="unfold-all"
        aria-label="Unfold all"
        title="Open every zone and group"
        disabled={folded.length === 0}
        onClick={() => send({ type: 'unfoldAll' })}
      >
        <Icon name="unfold" />
      </button>
    </div>
  );
}

function ArchitectureChoice({ state, send }: Part) {
  const { architecture = '', architectures = [] } = state.picture ?? {};
  if (architectures.length < 2) return null;
  return (
    <label class="field">
      <span>Architecture</span>
      <select
        data-testid="architecture-select"
        aria-label="Architecture"
        value={architecture}
        onChange={(event) => send({ type: 'show', architecture: event.currentTarget.value })}
      >
        {architectures.map((entry) => (
          <option key={entry.name} value={entry.name}>
            {titleOf(entry)}
          </option>
        ))}
      </select>
    </label>
  );
}

function RunControls({ state, send }: Part) {
  const scenarios = scenariosOf(state);
  const chosen = chosenScenario(state);
  const { running, picture } = state;
  if (running !== undefined) return <Running state={state} send={send} />;
  if (chosen === undefined || picture === undefined) return null;
  const compared = comparedArchitectures(state);
  const run = (architectures: readonly string[]) => send({ type: 'run', scenario: chosen.name, architectures });
  return (
    <>
      {scenarios.length > 1 && (
        <label class="field">
          <span>Scenario</span>
          <select
            data-testid="scenario-select"
            aria-label="Scenario"
            value={chosen.name}
            onChange={(event) => send({ type: 'chooseScenario', scenario: event.currentTarget.value })}
          >
            {scenarios.map((entry) => (
              <option key={entry.name} value={entry.name}>
                {titleOf(entry)}
              </option>
            ))}
          </select>
        </label>
      )}
      <button
        type="button"
        class="primary"
        data-testid="run"
        title={`Play “${titleOf(chosen)}” on this architecture`}
        onClick={() => run([picture.architecture])}
      >
        <Icon name="play" /> {scenarios.length > 1 ? 'Run' : `Run “${titleOf(chosen)}”`}
      </button>
      {compared.length > 1 && (
        <button
          type="button"
          data-testid="compare"
          title={`Play “${titleOf(chosen)}” side by side on ${compared.map((name) => architectureTitle(state, name)).join(', ')}`}
          onClick={() => run(compared)}
        >
          <Icon name="compare" /> Compare
        </button>
      )}
    </>
  );
}

function Running({ state, send }: Part) {
  const { running, picture } = state;
  if (running === undefined) return null;
  const scenario = picture?.scenarios.find(({ name }) => name === running.scenario);
  const title = scenario === undefined ? running.scenario : titleOf(scenario);
  const on = running.architectures.length > 1 ? ` on ${running.architectures.length} architectures` : '';
  return (
    <span class="running" data-testid="running">
      <span class="spinner" aria-hidden="true" />
      <span role="status">
        Running “{title}”{on}…
      </span>
      <button type="button" data-testid="cancel" onClick={() => send({ type: 'cancel' })}>
        Cancel
      </button>
    </span>
  );
}

function architectureTitle({ picture }: State, name: string): string {
  const entry = picture?.architectures.find((candidate) => candidate.name === name);
  return entry === undefined ? name : titleOf(entry);
}
