import type { PanelPicture } from '../../../language/protocol/picture-change.ts';
import type { Event } from '../state.ts';
import type { ViewMemory } from '../viewport/viewport.tsx';
import type { Viewports } from '../viewport/viewports.ts';
import type { FaultState } from './state.ts';

/** What a view of failures is given: failure mode and the fault tree alike. */
export interface FaultViewProps {
  readonly picture: PanelPicture;
  readonly faults: FaultState;
  readonly services: readonly string[];
  readonly selected: string | null;
  readonly memory: ViewMemory;
  readonly viewports: Viewports;
  readonly send: (event: Event) => void;
  readonly announce: (text: string) => void;
}
