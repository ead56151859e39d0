/** The panel's door: what comes in is checked, and what does not fit is logged and dropped, never acted on. */
import { receive } from '../../language/protocol/contract.ts';
import { type HostMessage, hostMessageSchema } from '../../language/protocol/panel.ts';
import { type PanelState, panelStateSchema } from '../../language/protocol/panel-state.ts';

/** The message, or nothing when it is none. Never throws, whatever `input` is. */
export function readHostMessage(
  input: unknown,
  warn: (text: string, detail: unknown) => void = console.warn,
): HostMessage | undefined {
  const received = receive(hostMessageSchema, input);
  if (received.kind === 'message') return received.message;
  const why = received.kind === 'unfit' ? received.why : `contract ${received.contract}`;
  warn('P2P Arch: dropped a message that does not fit the contract', why);
  return undefined;
}

/** What the panel was left with; nothing if it is new, or was left by a build with other states. */
export function readPanelState(input: unknown): PanelState | undefined {
  try {
    return panelStateSchema.safeParse(input).data;
  } catch {
    // An object may throw where it is merely looked at.
    return undefined;
  }
}
