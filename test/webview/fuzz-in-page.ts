/** Runs in the panel's page itself: what comes goes through a structured clone, as what an editor posts does. */
import fc from 'fast-check';
import { enveloped, receive } from '../../language/protocol/contract.ts';
import { hostMessageSchema, type PanelRequest, panelMessageSchema } from '../../language/protocol/panel.ts';
import { mutated } from './mutations.ts';
import { cloneable, NEXT_EPOCH, THIS_EPOCH } from './odd-values.ts';
import type { Recorder } from './opened-page.ts';

export interface Outcome {
  readonly fit: number;
  readonly unfit: number;
  /** What went wrong, with what. */
  readonly wrong: readonly string[];
}

/** Good messages of the host, and good replies by what is asked for, to be made odd. */
export interface Good {
  readonly picture: unknown;
  readonly messages: readonly unknown[];
  readonly replies: Readonly<Record<string, unknown>>;
}

const recorder = window as unknown as Recorder;
const thrown: string[] = [];
window.addEventListener('error', ({ message }) => thrown.push(message));
window.addEventListener('unhandledrejection', ({ reason }) => thrown.push(`rejected: ${reason}`));

/** Posts to this page, as the editor does; ends when the page has dealt with it, and gives what it has posted then. */
function post(value: unknown): Promise<unknown[]> {
  return new Promise((resolve) => {
    // The page's own listener was there first.
    window.addEventListener('message', () => resolve(recorder.posted.splice(0)), { once: true });
    window.postMessage(value);
  });
}

const shown = (): string => document.getElementById('app')?.innerHTML ?? '';

// Later than what a mutation puts there, but for very few.
let epoch = 1e12;
const base = (picture: unknown): Promise<unknown[]> => post(enveloped({ type: 'picture', epoch: ++epoch, picture }));

/** What does not fit changes nothing; what fits and makes no sense is drawn or dropped. */
export async function fuzzMessages(good: Good, count: number, seed: number): Promise<Outcome> {
  const wrong: string[] = [];
  const counts = { fit: 0, unfit: 0 };
  const oddMessages = fc.oneof(...good.messages.map((message) => mutated(message, cloneable))).map(enveloped);
  const values = fc.sample(fc.oneof(cloneable, cloneable.map(enveloped), oddMessages, oddMessages), {
    numRuns: count,
    seed,
  });
  await base(good.picture);
  for (const each of values) {
    const value = inTime(each);
    const clone = cloned(value);
    // What is told to be of the far future would make all that comes after it too late.
    if (clone === undefined || epochOf(value) > epoch + 1) continue;
    const fits = receive(hostMessageSchema, clone.value).kind === 'message';
    counts[fits ? 'fit' : 'unfit'] += 1;
    const before = fits ? '' : shown();
    const posted = await post(value);
    const complaints = thrown.splice(0);
    if (!fits && (posted.length > 0 || shown() !== before)) complaints.push('it was acted on');
    if (!posted.every((message) => receive(panelMessageSchema, message).kind === 'message'))
      complaints.push('it posted what does not fit');
    if (isPolluted()) complaints.push('all objects have become other ones');
    if (complaints.length > 0) wrong.push(`${complaints.join('; ')}: ${described(value)}`);
    if (fits) {
      await post(enveloped({ type: 'nothing', epoch: ++epoch, uri: 'file:///other.p2parch', message: '' }));
      await base(good.picture);
    }
  }
  return { ...counts, wrong };
}

/** Answers what the page asks for, once it is shown `view`, with replies that are made odd. */
export async function fuzzReplies(good: Good, view: string, count: number, seed: number): Promise<Outcome> {
  const wrong: string[] = [];
  const counts = { fit: 0, unfit: 0 };
  for (let turn = 0; turn < count; turn++) {
    await base(good.picture);
    let asked: PanelRequest[] = requestsIn(await begin(view));
    for (let round = 0; round < 3 && asked.length > 0; round++) {
      const next: PanelRequest[] = [];
      for (const { id, kind, about, input } of asked) {
        const what = 'kind' in input ? `${kind} ${input.kind}` : kind;
        // The first of a view is as it should be, so that what comes later has something to stand on.
        const odd = turn % 2 === 0 || round > 0;
        const given = good.replies[what];
        const [reply] = odd
          ? fc.sample(mutated(given, cloneable), { numRuns: 1, seed: seed + turn * 7 + id })
          : [given];
        const message = enveloped({ type: 'reply', kind, id, about, reply });
        const clone = cloned(message);
        if (clone === undefined) continue;
        counts[receive(hostMessageSchema, clone.value).kind === 'message' ? 'fit' : 'unfit'] += 1;
        next.push(...requestsIn(await post(message)));
        // What is drawn with the next frame may throw then.
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const complaints = thrown.splice(0);
        if (complaints.length > 0) wrong.push(`${complaints.join('; ')}: ${described(reply)}`);
      }
      for (const tab of ['tab-what-if', 'tab-sensitivity', 'tab-results', 'tab-reach', 'tab-cut-sets', 'present'])
        press(tab);
      next.push(...requestsIn(recorder.posted.splice(0)));
      asked = next;
    }
    press('close-recovery');
    press('close-tree');
    if (document.querySelector('[data-testid="failure"]') !== null) press('failures-toggle');
    recorder.posted.splice(0);
  }
  const complaints = thrown.splice(0);
  if (complaints.length > 0) wrong.push(complaints.join('; '));
  return { ...counts, wrong };
}

const messageOf = (value: unknown): Readonly<Record<string, unknown>> =>
  ((value as { message?: unknown } | null | undefined)?.message ?? {}) as Readonly<Record<string, unknown>>;

function epochOf(value: unknown): number {
  const { epoch } = messageOf(value);
  return typeof epoch === 'number' ? epoch : 0;
}

function inTime(value: unknown): unknown {
  const message = messageOf(value);
  if (message.epoch !== NEXT_EPOCH) return value;
  return enveloped({ ...message, epoch: ++epoch, ...(message.since === THIS_EPOCH && { since: epoch - 1 }) });
}

async function begin(view: string): Promise<unknown[]> {
  if (view === 'failures') {
    press('failures-toggle');
    return recorder.posted.splice(0);
  }
  if (view === 'faultTree') return post(enveloped({ type: 'showFaultTree', service: 'Calling' }));
  return post(enveloped({ type: 'play', scenario: 'Crash', architectures: ['Telephony'] }));
}

function press(testId: string): void {
  document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.click();
}

function requestsIn(posted: readonly unknown[]): PanelRequest[] {
  return posted.flatMap((message) => {
    const received = receive(panelMessageSchema, message);
    return received.kind === 'message' && received.message.type === 'request' ? [received.message] : [];
  });
}

/** Not everything goes through a clone, and an undefined that does is still a value. */
function cloned(value: unknown): { readonly value: unknown } | undefined {
  try {
    return { value: structuredClone(value) };
  } catch {
    return undefined;
  }
}

const isPolluted = (): boolean => (Object.prototype as { polluted?: unknown }).polluted !== undefined;

const described = (value: unknown): string => {
  try {
    return fc.stringify(value).slice(0, 1500);
  } catch {
    return 'something that cannot be written';
  }
};
