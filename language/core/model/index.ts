export * from './architecture.ts';
export * from './needs-order.ts';
export * from './place.ts';
export * from './scenario.ts';
