/** What a recovery says at one moment of time. */

export interface PoolState {
  readonly up: number;
  readonly starting: number;
  /** Down, or vacant for a pool that is promoted. */
  readonly down: number;
  /** 1 = 100%. */
  readonly load: number;
}

export interface RecoveryState {
  /** By component. */
  readonly pools: Readonly<Record<string, PoolState>>;
  /** By service, 0…1. */
  readonly levels: Readonly<Record<string, number>>;
}

/** `__proto__` and `constructor` are good names in the language. */
export const poolStateOf = (state: RecoveryState, component: string): PoolState | undefined =>
  Object.hasOwn(state.pools, component) ? state.pools[component] : undefined;

export const levelOf = (state: RecoveryState, service: string): number | undefined =>
  Object.hasOwn(state.levels, service) ? state.levels[service] : undefined;
