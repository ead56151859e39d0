import { type Component, isExternal } from '../model/index.ts';
import type { BasicEvent } from './basic-events.ts';

/** The components that an event strikes and that the company does not run. */
export const externalStruck = (event: BasicEvent, components: ReadonlyMap<string, Component>): Component[] =>
  event.strikes.flatMap((name) => components.get(name) ?? []).filter(isExternal);

/**
 * An external failure, wherever the language or a rule speaks of one: the loss of a component that the company does not
 * run, a hazard that strikes such a component, or the loss of an operator of one.
 */
export const isExternalEvent = (event: BasicEvent, components: ReadonlyMap<string, Component>): boolean =>
  externalStruck(event, components).length > 0;
