import { Icon } from './icon.tsx';
import { chosenScenario, comparedArchitectures, type Event, type State, scenariosOf, titleOf } from './store.ts';
import type { Viewports } from './viewport/viewports.ts';

export interface ToolbarProps {
  readonly state: State;
  readonly send: (event: Event) => void;
  readonly viewports: Viewports;
}

const ZOOM_STEP = 1.25;

export function Toolbar({ state, send, viewports }: ToolbarProps) {
  return (
    <div class="toolbar" role="toolbar" aria-label="Diagram" data-testid="toolbar">
      {state.picture !== undefined && <ArchitectureChoice state={state} send={send} />}
      <RunControls state={state} send={send} />
      <span class="space" />
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
      <button
        type="button"
        data-testid="legend-toggle"
        aria-pressed={state.legend}
        title="Say what colours, lines and signs mean"
        onClick={() => send({ type: 'toggleLegend' })}
      >
        Legend
      </button>
    </div>
  );
}

type Part = Omit<ToolbarProps, 'viewports'>;

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
