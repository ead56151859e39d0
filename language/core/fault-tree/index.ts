export { type BlastRadius, blastRadii, byReach, type Fallen, fallenWith } from './blast-radius.ts';
export { type EventWords, type Speaker, speakerOf } from './event-words.ts';
export { type FaultTreeOptions, faultTree } from './fault-tree.ts';
export * from './schema.ts';
