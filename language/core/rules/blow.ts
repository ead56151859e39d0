import { type Architecture, componentsOf, type Scenario } from '../model/index.ts';

/** What a scenario crashes at one moment. */
export interface Blow {
  readonly atSeconds: number;
  /** By component, the share (0…1) of its working instances. */
  readonly shares: ReadonlyMap<string, number>;
}

/** The blows of a scenario, in the order of time; what is hit twice at one moment is hit independently. */
export function blowsOf(architecture: Architecture, { steps }: Scenario): Blow[] {
  const blows = new Map<number, Map<string, number>>();
  for (const { atSeconds, action } of steps) {
    if (action.kind !== 'crash' && action.kind !== 'strike') continue;
    const shares = blows.get(atSeconds) ?? new Map<string, number>();
    blows.set(atSeconds, shares);
    const hit = (name: string, share: number): void => {
      if (share > 0) shares.set(name, 1 - (1 - (shares.get(name) ?? 0)) * (1 - share));
    };
    if (action.kind === 'crash') for (const name of componentsOf(architecture, action.target)) hit(name, action.share);
    else {
      for (const { name, exposures } of architecture.components)
        for (const { hazard, share } of exposures) if (hazard === action.hazard) hit(name, share);
    }
  }
  return [...blows].map(([atSeconds, shares]) => ({ atSeconds, shares })).filter(({ shares }) => shares.size > 0);
}

/** The components that a scenario brings back or adds to by itself, from `atSeconds` on. */
export function helpedIn(architecture: Architecture, { steps }: Scenario, fromSeconds = 0): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ atSeconds, action }) =>
      atSeconds >= fromSeconds && (action.kind === 'restore' || action.kind === 'add')
        ? componentsOf(architecture, action.target)
        : [],
    ),
  );
}
