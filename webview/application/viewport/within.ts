import type { ViewMemory } from './viewport.tsx';

/** A part of a memory, for pictures that have the names of others. */
export const within = (memory: ViewMemory, part: string): ViewMemory => ({
  get: (name) => memory.get(`${part}/${name}`),
  set: (name, kept) => memory.set(`${part}/${name}`, kept),
  delete: (name) => memory.delete(`${part}/${name}`),
});
