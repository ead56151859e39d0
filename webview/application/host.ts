/** The editor as the panel knows it: somebody to post to, and a drawer for its state. */
import { type Envelope, enveloped } from '../../language/protocol/contract.ts';
import type { PanelMessage } from '../../language/protocol/panel.ts';
import type { PanelState } from '../../language/protocol/panel-state.ts';
import { readPanelState } from './messages.ts';

interface VsCodeApi {
  postMessage(message: Envelope<PanelMessage>): void;
  getState(): unknown;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Host {
  post(message: PanelMessage): void;
  savedState(): PanelState | undefined;
  save(state: PanelState): void;
}

/** May be called once in the life of a page. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(enveloped(message)),
    savedState: () => readPanelState(api.getState()),
    save: (state) => api.setState(state),
  };
}
