/** The panel's door: what comes in is checked, and what does not fit is logged and dropped, never acted on. */
import {
  type HostMessage,
  hostMessageSchema,
  type PanelState,
  panelStateSchema,
} from '../../language/protocol/panel.ts';

/** The message, or nothing when it is none. Never throws, whatever `input` is. */
export function readHostMessage(
  input: unknown,
  warn: (text: string, detail: unknown) => void = console.warn,
): HostMessage | undefined {
  const parsed = parse(() => hostMessageSchema.safeParse(input));
  if (parsed.success) return parsed.data;
  warn('P2P Arch: dropped a message that does not fit the contract', parsed.error);
  return undefined;
}

/** What the panel was left with; nothing if it is new, or was left by a version with other states. */
export function readPanelState(input: unknown): PanelState | undefined {
  const parsed = parse(() => panelStateSchema.safeParse(input));
  return parsed.success ? parsed.data : undefined;
}

/** An object may throw where it is merely looked at. */
function parse<Result extends { success: boolean }>(
  check: () => Result,
): Result | { readonly success: false; readonly error: unknown } {
  try {
    return check();
  } catch (error) {
    return { success: false, error };
  }
}
