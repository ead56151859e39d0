/** The editor as the panel knows it: somebody to post to, and a drawer for its state. */
import type { PanelMessage, PanelState } from '../../language/protocol/panel.ts';
import { readPanelState } from './messages.ts';

interface VsCodeApi {
  postMessage(message: PanelMessage): void;
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
    post: (message) => api.postMessage(message),
    savedState: () => readPanelState(api.getState()),
    save: (state) => api.setState(state),
  };
}
