import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PanelPicture } from '../../../language/protocol/picture-change.ts';
import { PictureView } from '../viewport/picture-view.tsx';
import type { Target } from '../viewport/relations.ts';
import { CutSetList } from './cut-set-list.tsx';
import { fatesOf } from './fates-of.ts';
import type { FaultViewProps } from './fault-view.ts';
import { ReachList } from './reach-list.tsx';
import { chosenService } from './state.ts';
import { Summary } from './summary.tsx';
import { lossWords, namesOf, reachWords } from './words.ts';

/** The diagram in failure mode: a click fails what it meets, and what falls with it is seen and said. */
export function FailureView(props: FaultViewProps) {
  const { picture, faults, services, send, announce } = props;
  const { failures, losses, failed } = faults;
  const [pointed, setPointed] = useState<string>();
  const [list, setList] = useState<'cutSets' | 'reach'>('cutSets');
  const nameOf = useMemo(() => namesOf(picture.diagram, failures), [picture.diagram, failures]);
  const known = useMemo(() => new Map(failures?.failures.map((failure) => [failure.name, failure])), [failures]);
  const fates = useMemo(() => fatesOf(failed, losses, picture.diagram.nodes), [failed, losses, picture.diagram]);
  const service = chosenService(faults, services);

  useEffect(() => {
    if (losses !== undefined) announce(lossWords(losses, nameOf));
    // What is known anew of names is no news.
  }, [losses, announce]);

  const choose = (name: string): void => {
    if (known.has(name)) send({ type: 'fail', event: name });
    else if (services.includes(name)) {
      send({ type: 'chooseService', service: name });
      setList('cutSets');
    }
  };
  const point = (target: Target | undefined): void => setPointed(eventAt(picture, target));
  const preview = pointed === undefined ? undefined : known.get(pointed);

  return (
    <div class="failure-view" data-testid="failure">
      <Summary faults={faults} nameOf={nameOf} send={send} />
      <div class="failure-body">
        <div class="failure-picture">
          <PictureView
            diagram={picture.diagram}
            layout={picture.layout}
            name={picture.architecture}
            memory={props.memory}
            viewports={props.viewports}
            recovering={false}
            stale={picture.stale !== ''}
            selected={props.selected}
            onSelect={choose}
            onFold={(container) => send({ type: 'fold', container })}
            onPoint={point}
            fates={fates}
          />
          {preview !== undefined && failures !== undefined && (
            <p class="preview" data-testid="preview">
              {reachWords(preview, failures)}
            </p>
          )}
        </div>
        {faults.lists && (
          <aside class="lists" aria-label="Failures" data-testid="lists">
            <div class="tabs" role="tablist" aria-label="Lists" onKeyDown={(event) => stepTabs(event, list, setList)}>
              <Tab name="cutSets" chosen={list} onChoose={setList}>
                Cut sets
              </Tab>
              <Tab name="reach" chosen={list} onChoose={setList}>
                What takes most down
              </Tab>
            </div>
            <div class="list-panel" role="tabpanel" id="list-panel" aria-labelledby={`tab-${list}`}>
              {list === 'reach' ? (
                <ReachList faults={faults} send={send} onPoint={setPointed} />
              ) : service === undefined ? (
                <p class="count">A cut set is of a service, and there is none yet.</p>
              ) : (
                <CutSetList
                  faults={faults}
                  service={service}
                  services={services}
                  nameOf={nameOf}
                  known={known}
                  send={send}
                />
              )}
            </div>
          </aside>
        )}
      </div>
    </div>
  );
}

type List = 'cutSets' | 'reach';

interface TabProps {
  readonly name: List;
  readonly chosen: List;
  readonly onChoose: (list: List) => void;
  readonly children: string;
}

function Tab({ name, chosen, onChoose, children }: TabProps) {
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${name}`}
      data-testid={`tab-${name}`}
      aria-selected={name === chosen}
      aria-controls="list-panel"
      tabIndex={name === chosen ? 0 : -1}
      onClick={() => onChoose(name)}
    >
      {children}
    </button>
  );
}

function stepTabs(event: KeyboardEvent, chosen: List, choose: (list: List) => void): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  event.preventDefault();
  const next = chosen === 'reach' ? 'cutSets' : 'reach';
  choose(next);
  document.getElementById(`tab-${next}`)?.focus();
}

/** The basic event of what is pointed at, if it is one. */
function eventAt({ diagram }: PanelPicture, target: Target | undefined): string | undefined {
  if (target?.kind === 'node') {
    const node = diagram.nodes.find(({ id }) => id === target.id);
    if (node?.kind !== 'folded') return target.id;
    return node.operator === undefined ? undefined : `operator:${node.operator}`;
  }
  if (target?.kind !== 'container') return undefined;
  const operator = diagram.containers.find(({ id }) => id === target.id)?.operator;
  return operator === undefined ? undefined : `operator:${operator}`;
}
