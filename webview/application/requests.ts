/**
 * The panel's requests that are not answered yet. A reply that nobody waits for, one of another kind and one of another
 * or an older text are dropped; one that never comes ends in words for the reader.
 */
import { type About, GRACE_SECONDS } from '../../language/protocol/contract.ts';
import {
  ANSWER_SECONDS,
  type HostMessage,
  type PanelMessage,
  type RequestKind,
} from '../../language/protocol/panel.ts';

export interface Requests {
  /** To be told of all that is posted. */
  posted(message: PanelMessage): void;
  /** Whether a message is to be acted on. */
  admits(message: HostMessage): boolean;
}

export interface RequestOptions {
  /** Called in place of the extension when it does not answer. */
  readonly receive: (message: HostMessage) => void;
  readonly warn?: (text: string, detail: unknown) => void;
  /** Calls back later; returns how to call it off. */
  readonly after?: (seconds: number, act: () => void) => () => void;
}

interface Open {
  readonly kind: RequestKind;
  readonly about: About;
  stop: () => void;
}

export function openRequests({ receive, warn = console.warn, after = afterSeconds }: RequestOptions): Requests {
  const open = new Map<number, Open>();
  const close = (id: number): void => {
    open.get(id)?.stop();
    open.delete(id);
  };
  const wait = (id: number, kind: RequestKind): (() => void) =>
    after(ANSWER_SECONDS[kind] + GRACE_SECONDS, () => {
      receive({ type: 'refusal', id, message: 'No answer came from the editor. Ask again, or open the panel anew.' });
      close(id);
    });

  function admits(message: HostMessage): boolean {
    if (message.type === 'dropped' || message.type === 'refusal' || message.type === 'progress') {
      const known = open.get(message.id);
      if (known === undefined) return false;
      known.stop();
      if (message.type === 'progress') known.stop = wait(message.id, known.kind);
      else close(message.id);
      return message.type !== 'dropped';
    }
    if (message.type !== 'reply' && message.type !== 'partial') return true;
    const asked = open.get(message.id);
    // Cancelled, or asked by a page that was here before.
    if (asked === undefined) return false;
    const why = misfit(asked, message);
    if (why !== undefined) {
      warn(`P2P Arch: dropped a reply ${why}`, message.about);
      return false;
    }
    if (message.type === 'reply') close(message.id);
    else {
      asked.stop();
      asked.stop = wait(message.id, asked.kind);
    }
    return true;
  }

  return {
    posted(message) {
      if (message.type === 'cancel') close(message.id);
      if (message.type !== 'request') return;
      const { id, kind, about } = message;
      close(id);
      open.set(id, { kind, about, stop: wait(id, kind) });
    },
    admits,
  };
}

function misfit({ kind, about }: Open, reply: Extract<HostMessage, { type: 'reply' | 'partial' }>): string | undefined {
  if (reply.kind !== kind) return `of another kind than its request`;
  const { uri, architecture, version, epoch } = reply.about;
  if (uri !== about.uri || architecture !== about.architecture) return 'about something else than its request';
  return version < about.version || epoch < about.epoch ? 'about an older text than its request' : undefined;
}

function afterSeconds(seconds: number, act: () => void): () => void {
  const timer = setTimeout(act, seconds * 1000);
  return () => clearTimeout(timer);
}
