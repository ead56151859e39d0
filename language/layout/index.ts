export { createElkEngine, type Elk, newElk } from './elk.ts';
export type { LayoutEngine, LayoutOptions } from './engine.ts';
