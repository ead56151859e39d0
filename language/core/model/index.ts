export * from './architecture.ts';
export * from './place.ts';
export * from './scenario.ts';
