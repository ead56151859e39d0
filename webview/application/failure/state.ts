/**
 * What the panel knows of failures, in failure mode and with a fault tree open, and how each event changes it. The
 * server answers what falls with what; here is only what was asked, what was answered and what has to be asked next.
 */
import type {
  CutSets,
  Failures,
  FaultAnswer,
  FaultQuestion,
  FaultTreePicture,
  Losses,
} from '../../../language/protocol/faults.ts';

export type FaultMode = 'failures' | 'faultTree';

export interface FaultState {
  /** Absent: the plain diagram is seen. */
  readonly mode: FaultMode | undefined;
  /** What is seen again when the fault tree is closed. */
  readonly before: 'failures' | undefined;
  /** Names of basic events that the user has failed. */
  readonly failed: readonly string[];
  /** The service whose cut sets or fault tree are seen; it may have gone from the text since. */
  readonly service: string | undefined;
  readonly externalOnly: boolean;
  readonly maxSets: number;
  /** Ids of gates that the user opened and folded. */
  readonly open: readonly string[];
  readonly closed: readonly string[];
  /** Whether the lists stand beside the picture. */
  readonly lists: boolean;
  readonly failures: Failures | undefined;
  readonly losses: Losses | undefined;
  readonly cutSets: CutSets | undefined;
  readonly faultTree: FaultTreePicture | undefined;
  /** Why the last question of a kind has no answer. */
  readonly refusals: Readonly<Partial<Record<FaultQuestion['kind'], string>>>;
  /** The ids of the questions that are not answered yet. */
  readonly asked: Readonly<Partial<Record<FaultQuestion['kind'], number>>>;
}

export type FaultEvent =
  | { readonly type: 'toggleFailures' | 'closeFaultTree' | 'mendAll' | 'moreCutSets' | 'toggleLists' }
  /** Fails a basic event, or mends it. */
  | { readonly type: 'fail'; readonly event: string }
  /** Exactly these have happened. */
  | { readonly type: 'failExactly'; readonly events: readonly string[] }
  | { readonly type: 'chooseService'; readonly service: string }
  | { readonly type: 'chooseExternal'; readonly externalOnly: boolean }
  | { readonly type: 'showFaultTree'; readonly service: string | undefined }
  | { readonly type: 'openGate' | 'foldGate'; readonly gate: string };

export interface FaultUpdate {
  readonly faults: FaultState;
  /** What has to be asked now. */
  readonly ask: readonly FaultQuestion[];
}

const FIRST_SETS = 50;
const MOST_SETS = 10_000;

export const noFaults: FaultState = {
  mode: undefined,
  before: undefined,
  failed: [],
  service: undefined,
  externalOnly: false,
  maxSets: FIRST_SETS,
  open: [],
  closed: [],
  lists: true,
  failures: undefined,
  losses: undefined,
  cutSets: undefined,
  faultTree: undefined,
  refusals: {},
  asked: {},
};

/** `services` are those of the picture, in its order: the first is chosen until another is. */
export function updateFaults(faults: FaultState, event: FaultEvent, services: readonly string[]): FaultUpdate {
  const service = chosenService(faults, services);
  switch (event.type) {
    case 'toggleFailures':
      if (faults.mode === 'failures') return quiet({ ...faults, mode: undefined });
      return asking({ ...faults, mode: 'failures' }, services);
    case 'fail': {
      const failed = faults.failed.includes(event.event)
        ? faults.failed.filter((name) => name !== event.event)
        : [...faults.failed, event.event];
      return fail(faults, failed);
    }
    case 'failExactly':
      return fail(faults, event.events);
    case 'mendAll':
      return fail(faults, []);
    case 'chooseService':
      if (event.service === service) return quiet(faults);
      return asking({ ...forgotten(faults), service: event.service }, services, [
        faults.mode === 'faultTree' ? 'faultTree' : 'cutSets',
      ]);
    case 'chooseExternal':
      return asking(
        { ...faults, externalOnly: event.externalOnly, maxSets: FIRST_SETS, cutSets: undefined },
        services,
        ['cutSets'],
      );
    case 'moreCutSets':
      return asking({ ...faults, maxSets: Math.min(MOST_SETS, faults.maxSets * 4) }, services, ['cutSets']);
    case 'showFaultTree': {
      const wanted = event.service ?? service;
      const kept = wanted === service ? faults : forgotten(faults);
      const before = faults.mode === 'faultTree' ? faults.before : faults.mode;
      return asking({ ...kept, mode: 'faultTree', before, service: wanted }, services);
    }
    case 'closeFaultTree':
      return asking({ ...faults, mode: faults.before }, services);
    case 'openGate':
      return asking(toggled(faults, event.gate, 'open'), services, ['faultTree']);
    case 'foldGate':
      return asking(toggled(faults, event.gate, 'closed'), services, ['faultTree']);
    case 'toggleLists':
      return quiet({ ...faults, lists: !faults.lists });
  }
}

/** The text has changed, or another architecture is seen: `same` if what was failed and opened is still to be found. */
export function renewFaults(faults: FaultState, services: readonly string[], same: boolean): FaultUpdate {
  const { mode, before, lists, externalOnly } = faults;
  const kept = same ? faults : { ...noFaults, mode, before, lists, externalOnly, asked: {} };
  return asking(kept, services);
}

/** Late answers are dropped: `id` has to be that of the last question of its kind. */
export function receiveAnswer(faults: FaultState, id: number, answer: FaultAnswer): FaultState {
  const kind = (Object.keys(faults.asked) as FaultQuestion['kind'][]).find((asked) => faults.asked[asked] === id);
  if (kind === undefined || (answer.kind !== 'refusal' && answer.kind !== kind)) return faults;
  const { [kind]: _answered, ...asked } = faults.asked;
  const { [kind]: _refused, ...refusals } = faults.refusals;
  if (answer.kind === 'refusal') {
    return { ...faults, asked, [kind]: undefined, refusals: { ...refusals, [kind]: answer.message } };
  }
  return { ...faults, asked, refusals, [kind]: answer };
}

/** The service whose cut sets or tree are seen. */
export const chosenService = ({ service }: FaultState, services: readonly string[]): string | undefined =>
  service !== undefined && services.includes(service) ? service : services[0];

const quiet = (faults: FaultState): FaultUpdate => ({ faults, ask: [] });

/** With nothing failed there is nothing to be asked: nothing falls. */
function fail(faults: FaultState, failed: readonly string[]): FaultUpdate {
  if (failed.length > 0) return { faults: { ...faults, failed }, ask: [{ kind: 'losses', failed: [...failed] }] };
  const { losses: _asked, ...asked } = faults.asked;
  return quiet({ ...faults, failed, losses: undefined, asked });
}

/** What was opened and listed for one service says nothing of another. */
const forgotten = (faults: FaultState): FaultState => ({
  ...faults,
  open: [],
  closed: [],
  maxSets: FIRST_SETS,
  cutSets: undefined,
  faultTree: undefined,
});

function toggled(faults: FaultState, gate: string, into: 'open' | 'closed'): FaultState {
  const without = (list: readonly string[]): string[] => list.filter((id) => id !== gate);
  const open = without(faults.open);
  const closed = without(faults.closed);
  return {
    ...faults,
    open: into === 'open' ? [...open, gate] : open,
    closed: into === 'closed' ? [...closed, gate] : closed,
  };
}

const KINDS: Readonly<Record<FaultMode, readonly FaultQuestion['kind'][]>> = {
  failures: ['failures', 'losses', 'cutSets'],
  faultTree: ['faultTree'],
};

/** All that the mode shows, unless only some of it has changed. */
function asking(
  faults: FaultState,
  services: readonly string[],
  kinds: readonly FaultQuestion['kind'][] = faults.mode === undefined ? [] : KINDS[faults.mode],
): FaultUpdate {
  return { faults, ask: kinds.flatMap((kind) => questionOf(faults, services, kind) ?? []) };
}

function questionOf(
  faults: FaultState,
  services: readonly string[],
  kind: FaultQuestion['kind'],
): FaultQuestion | undefined {
  const service = chosenService(faults, services);
  const { failed, externalOnly, maxSets, open, closed } = faults;
  switch (kind) {
    case 'failures':
      return { kind };
    case 'losses':
      return failed.length === 0 ? undefined : { kind, failed: [...failed] };
    case 'cutSets':
      return service === undefined ? undefined : { kind, service, externalOnly, maxSets };
    case 'faultTree':
      return service === undefined ? undefined : { kind, service, open: [...open], closed: [...closed] };
  }
}
