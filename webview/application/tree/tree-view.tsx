import { useCallback, useEffect } from 'preact/hooks';
import type { Layout } from '../../../language/core/diagram/index.ts';
import type { FaultTree } from '../../../language/core/fault-tree/index.ts';
import type { FaultViewProps } from '../failure/fault-view.ts';
import { chosenService } from '../failure/state.ts';
import { plural } from '../failure/words.ts';
import { Icon } from '../icon.tsx';
import { Viewport } from '../viewport/viewport.tsx';
import { drawTree } from './drawn-tree.ts';

/** The fault tree of a service in the panel, with the way back. */
export function TreeView(props: FaultViewProps) {
  const { picture, faults, services, send, announce } = props;
  const { faultTree, refusals } = faults;
  const service = chosenService(faults, services);
  const labels = new Map(picture.diagram.nodes.map(({ id, label }) => [id, label]));
  const tree = faultTree?.tree.service === service ? faultTree : undefined;
  const words = tree === undefined ? '' : treeWords(tree.tree);
  useEffect(() => announce(words), [words, announce]);
  return (
    <div class="tree-view" data-testid="tree">
      <header class="summary">
        <button
          type="button"
          data-testid="close-tree"
          title="Back (Esc)"
          onClick={() => send({ type: 'closeFaultTree' })}
        >
          <Icon name="back" /> {faults.before === 'failures' ? 'Failure mode' : 'Diagram'}
        </button>
        {services.length > 1 ? (
          <label class="field">
            <strong class="always">Fault tree of</strong>
            <select
              data-testid="tree-service"
              value={service}
              onChange={(event) => send({ type: 'chooseService', service: event.currentTarget.value })}
            >
              {services.map((name) => (
                <option key={name} value={name}>
                  {labels.get(name) ?? name}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <strong>Fault tree{service === undefined ? '' : ` of ${labels.get(service) ?? service}`}</strong>
        )}
        <span class="detail" data-testid="tree-words">
          {words}
        </span>
      </header>
      {tree === undefined || tree.tree.top === undefined ? (
        <div class="nothing" data-testid="no-tree">
          <p>{refusals.faultTree ?? whyEmpty(service, tree?.tree)}</p>
        </div>
      ) : (
        <Drawing {...props} tree={tree.tree} layout={tree.layout} />
      )}
    </div>
  );
}

interface DrawingProps extends FaultViewProps {
  readonly tree: FaultTree;
  readonly layout: Layout;
}

function Drawing({ picture, selected, memory, viewports, send, tree, layout }: DrawingProps) {
  const draw = useCallback(() => drawTree(tree, layout), [tree, layout]);
  const choose = (target: Element): boolean => {
    const fold = target.closest('[data-fold]')?.getAttribute('data-fold');
    const id = fold ?? target.closest('[data-node]')?.getAttribute('data-node');
    const node = tree.nodes.find((candidate) => candidate.id === id);
    if (node === undefined) return false;
    if (node.kind === 'folded' || node.kind === 'rest') send({ type: 'openGate', gate: node.id });
    else if (fold != null) send({ type: 'foldGate', gate: node.id });
    else if (node.element !== undefined) {
      send({ type: 'select', element: node.element, architecture: picture.architecture });
    }
    return true;
  };
  return (
    <Viewport
      draw={draw}
      boxOf={(id) => layout.nodes.find((box) => box.id === id)}
      name={`${picture.architecture} ${tree.service}`}
      memory={memory}
      viewports={viewports}
      stale={picture.stale !== ''}
      selected={selected}
      testId="fault-tree"
      architecture={picture.architecture}
      onChoose={choose}
      isChoosing={(key) => key === 'Enter' || key === ' '}
    />
  );
}

/** `3 gates, 5 basic events; 1 gate folded`. */
export function treeWords({ nodes }: FaultTree): string {
  const count = (kind: string) => nodes.filter((node) => node.kind === kind).length;
  const folded = count('folded');
  const closed = folded === 0 ? '' : `; ${plural(folded, 'gate')} folded`;
  return `${plural(nodes.filter((node) => node.kind === 'gate' && node.rule !== '').length, 'gate')}, ${plural(count('event'), 'basic event')}${closed}`;
}

function whyEmpty(service: string | undefined, tree: FaultTree | undefined): string {
  if (service === undefined) return 'A fault tree is of a service, and there is none yet.';
  return tree === undefined ? 'Drawing…' : `Nothing that may fail takes ${tree.title} down.`;
}
