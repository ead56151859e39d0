import { type Analysis, type BasicEvent, isExternalEvent } from '../analysis/index.ts';
import { type Labels, labelsOf, labelWords, PARTY_WORDS } from '../diagram/index.ts';
import type { Component, Party } from '../model/index.ts';

/** A basic event as a reader knows it. */
export interface EventWords {
  /** The title or name of what fails. */
  readonly label: string;
  /** Who runs it, or what it is: `Vendor · Carrier`, `Hazard`, `Operator of 3 components`. */
  readonly caption: string;
  /** Who controls it; absent for a hazard and for an operator of several parties. */
  readonly party?: Party;
  readonly external: boolean;
}

/** What is said of the basic events of one architecture. */
export interface Speaker {
  readonly labels: Labels;
  readonly wordsOf: (event: BasicEvent) => EventWords;
}

export function speakerOf({ architecture }: Analysis): Speaker {
  const labels = labelsOf(architecture);
  const components = new Map(architecture.components.map((component) => [component.name, component]));
  return {
    labels,
    wordsOf: (event) => ({
      label: event.kind === 'operator' ? labelWords(event.operator) : labels(event.name),
      caption: captionOf(event, components),
      ...partyOf(event, components),
      external: isExternalEvent(event, components),
    }),
  };
}

function captionOf(event: BasicEvent, components: ReadonlyMap<string, Component>): string {
  if (event.kind === 'hazard') return 'Hazard';
  if (event.kind === 'operator') return `Operator of ${event.strikes.length} components`;
  const component = components.get(event.name);
  if (component === undefined) return '';
  const party = PARTY_WORDS[component.party];
  return component.operator === undefined ? party : `${party} · ${labelWords(component.operator)}`;
}

function partyOf(event: BasicEvent, components: ReadonlyMap<string, Component>): { readonly party?: Party } {
  if (event.kind === 'hazard') return {};
  const [party, ...others] = new Set(event.strikes.flatMap((name) => components.get(name)?.party ?? []));
  return party === undefined || others.length > 0 ? {} : { party };
}
