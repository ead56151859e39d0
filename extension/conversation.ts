/**
 * Answers the requests of a panel. Each ends in exactly one way, unless the panel itself cancels it: with its reply,
 * with a refusal in words for the reader, or dropped for a later one. Knows neither VS Code nor what is asked about.
 */
import {
  ANSWER_SECONDS,
  type HostMessage,
  type PanelRequest,
  type ReplyOf,
  type RequestKind,
  type RequestOf,
} from '../language/protocol/panel.ts';
import type { Recovery } from '../language/protocol/pictures.ts';

export type Answer<Kind extends RequestKind> =
  /** `version` is that of the text of which the reply holds. */
  | { readonly kind: 'reply'; readonly reply: ReplyOf<Kind>; readonly version: number }
  | { readonly kind: 'refusal'; readonly message: string };

export interface Waiting {
  /** Aborted as soon as nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Tells the reader how far it is; what goes on is waited for. */
  readonly progress: (done: number, total: number) => void;
  /** What is known of a recovery before all of its runs are done. */
  readonly partial: (reply: Recovery, version: number) => void;
}

export interface Handler<Kind extends RequestKind> {
  /** A later request of the same kind and lane takes the place of an earlier one. */
  readonly lane: (request: RequestOf<Kind>) => string;
  /** Without an answer, the server is said to have given none. */
  readonly answer: (request: RequestOf<Kind>, waiting: Waiting) => Promise<Answer<Kind> | undefined>;
}

export type Handlers = { readonly [Kind in RequestKind]: Handler<Kind> };

export interface Conversation {
  request(request: PanelRequest): void;
  cancel(id: number): void;
  /** Ends all that is under way, and says nothing more. */
  dispose(): void;
}

interface Lane {
  readonly request: PanelRequest;
  readonly abort: AbortController;
  cancelled: boolean;
  next: PanelRequest | undefined;
}

export interface ConversationOptions {
  readonly seconds?: Readonly<Record<RequestKind, number>>;
  readonly warn?: (text: string) => void;
}

export function converse(
  handlers: Handlers,
  post: (message: HostMessage) => void,
  { seconds = ANSWER_SECONDS, warn = () => {} }: ConversationOptions = {},
): Conversation {
  const lanes = new Map<string, Lane>();
  let disposed = false;

  /** The same question of a newer text waits for the older one: to end a job at every keystroke costs more than it. */
  function request(asked: PanelRequest): void {
    const key = `${asked.kind} ${laneOf(handlers, asked.kind, asked)}`;
    const lane = lanes.get(key);
    if (lane === undefined) {
      void run(key, asked);
      return;
    }
    if (lane.next !== undefined) post({ type: 'dropped', id: lane.next.id });
    lane.next = asked;
    if (JSON.stringify(lane.request.input) !== JSON.stringify(asked.input)) lane.abort.abort();
  }

  async function run(key: string, asked: PanelRequest): Promise<void> {
    const lane: Lane = { request: asked, abort: new AbortController(), cancelled: false, next: undefined };
    lanes.set(key, lane);
    const ending = await endOf(lane);
    lanes.delete(key);
    if (disposed) return;
    const { id } = asked;
    if (lane.next !== undefined) {
      if (!lane.cancelled) post({ type: 'dropped', id });
      void run(key, lane.next);
    } else if (!lane.cancelled) post(ending);
  }

  /** Whatever the handler does, there is an end: it may throw, and it may never come back. */
  async function endOf({ request: asked, abort }: Lane): Promise<HostMessage> {
    const { id, kind } = asked;
    const refusal = (message: string): HostMessage => ({ type: 'refusal', id, message });
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await new Promise<HostMessage>((resolve, reject) => {
        const end = (): void => {
          resolve(
            refusal(`No answer came within ${seconds[kind]} seconds. Ask again, or restart the language server.`),
          );
          abort.abort();
        };
        const wait = (): void => {
          clearTimeout(timer);
          timer = setTimeout(end, seconds[kind] * 1000);
        };
        wait();
        abort.signal.addEventListener('abort', () => resolve(refusal('It is no longer wanted.')));
        const progress = (done: number, total: number): void => {
          if (abort.signal.aborted || disposed) return;
          wait();
          post({ type: 'progress', id, done, total });
        };
        const partial = (reply: Recovery, version: number): void => {
          if (abort.signal.aborted || disposed) return;
          wait();
          if (kind === 'recovery' || kind === 'whatIf')
            post({ type: 'partial', id, kind, about: { ...asked.about, version }, reply });
        };
        answerOf(handlers, kind, asked, { signal: abort.signal, progress, partial }).then(
          (message) => resolve(message ?? refusal('The language server gave no answer. Ask again.')),
          reject,
        );
      });
    } catch (error) {
      warn(`${kind}: ${error instanceof Error ? error.message : error}`);
      return refusal('It could not be answered. The output channel P2P Arch says why.');
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    request,
    cancel(id) {
      for (const lane of lanes.values()) {
        if (lane.next?.id === id) lane.next = undefined;
        if (lane.request.id !== id) continue;
        lane.cancelled = true;
        lane.abort.abort();
      }
    },
    dispose() {
      disposed = true;
      for (const { abort } of lanes.values()) abort.abort();
    },
  };
}

const laneOf = <Kind extends RequestKind>(handlers: Handlers, kind: Kind, request: RequestOf<Kind>): string =>
  handlers[kind].lane(request);

async function answerOf<Kind extends RequestKind>(
  handlers: Handlers,
  kind: Kind,
  request: RequestOf<Kind>,
  waiting: Waiting,
): Promise<HostMessage | undefined> {
  const answer = await handlers[kind].answer(request, waiting);
  const { id, about } = request;
  if (answer === undefined) return undefined;
  if (answer.kind === 'refusal') return { type: 'refusal', id, message: answer.message };
  const { version, reply } = answer;
  // The two are of one kind, which a union does not say.
  return { type: 'reply', id, about: { ...about, version }, kind, reply } as HostMessage;
}
