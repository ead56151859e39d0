import { type BasicEvent, type Chain, chainText, externalStruck, failureChains } from '../analysis/index.ts';
import { type Component, isExternal, type Place } from '../model/index.ts';
import { dependence, NO_CHAIN, needsOn, RELATED_AT_MOST } from './dependence.ts';
import type { RelatedPlace } from './finding.ts';
import { saidOnce } from './once.ts';
import type { Observation, Rule } from './rule.ts';
import { agree, listed, percent, whatCompanyCan, whatCompanyCanStill, whoRuns } from './words.ts';

export const singleExternalDependency: Rule = {
  defaultSeverity: 'warning',
  says: 'One component that the company does not run, one hazard that strikes such components, or one operator of them takes a service down alone.',
  why: 'The company answers for the service, but it can neither prevent this loss nor repair it: the service comes back when somebody else brings it back.',
  remedy:
    'Give the service a second way that does not fall with the first (`or` a component that the company runs), run the component yourself, or accept the finding with a reason and a date.',
  observe: ({ analysis, components }) => {
    return analysis.singleFailures().flatMap(({ event: index, services }): Observation[] => {
      const event = analysis.graph.events[index] as BasicEvent;
      const struck = event.strikes.flatMap((name) => components.get(name) ?? []);
      const external = externalStruck(event, components);
      if (external.length === 0) return [];
      return [
        {
          subject: event.name,
          // An operator has no name in the language: it is accepted on the component where the finding stands, and not
          // on another of its components, of which the team may have thought less.
          about: [event.name, ...(event.kind === 'operator' ? event.strikes.slice(0, 1) : [])],
          services,
          ...(external.every(({ control }) => control !== 'none') ? { severity: 'information' } : {}),
          describe: (some) =>
            said(event, [...struck, ...some], () => {
              // A message names three services; the chains of more would not be read.
              const chains = failureChains(analysis.graph, index, some.slice(0, 3));
              return {
                message: messageOf(event, struck, some, chains),
                place: placeOf(event),
                related: [...otherPlaces(event), ...needsOn(chains)].slice(0, RELATED_AT_MOST),
              };
            }),
        },
      ];
    });
  },
};

const said = saidOnce<BasicEvent>();

function messageOf(
  event: BasicEvent,
  struck: readonly Component[],
  services: readonly string[],
  chains: readonly Chain[],
): string {
  const lost = `${listed(services)} ${agree(services, 'is', 'are')} lost`;
  const path = `(${chainText(chains[0] ?? NO_CHAIN)})`;
  switch (event.kind) {
    case 'component': {
      const [component] = struck as [Component];
      return (
        `${dependence(event.name, services, chains)}; ${whoRuns(component)} and ${whatCompanyCan(component.control)}. ` +
        `If it is lost, ${lost}: nothing else stands in. Add a fallback that the company runs, or accept the finding.`
      );
    }
    case 'hazard': {
      const hit = struck.map((component) => ({ name: component.name, share: shareOf(component, event.name) }));
      const names = hit.map(({ name, share }) => (share < 1 ? `${name} (${percent(share)})` : name));
      // A hazard that spares some is counted as a total loss; only a scenario tells what the rest can carry.
      const rest = hit.some(({ share }) => share < 1) ? 'if the rest cannot carry on, ' : '';
      return (
        `If ${event.name} strikes, it hits ${listed(names)}${agree(names, '', ' at once')}, and ${rest}${lost} ${path}: ` +
        `nothing else stands in. ${notRun(struck)}. ` +
        `Add a fallback that ${event.name} does not reach, or accept the finding.`
      );
    }
    case 'operator':
      return (
        `${event.operator} runs ${listed(event.strikes)}. If ${event.operator} is gone, ${lost} ${path}: ` +
        `nothing else stands in. Add a fallback that somebody else runs, or accept the finding.`
      );
  }
}

function notRun(struck: readonly Component[]): string {
  const external = struck.filter(isExternal);
  const [first, ...more] = external;
  if (first !== undefined && more.length === 0) {
    return `The company does not run ${first.name}${whatCompanyCanStill(first.control)}`;
  }
  const can = external.every(({ control }) => control !== 'none') ? ', but has some control of them' : '';
  if (external.length === struck.length)
    return `The company runs ${more.length === 1 ? 'neither' : 'none'} of them${can}`;
  const names = external.map(({ name }) => name);
  return `The company does not run ${listed(names, 'or')}${can}`;
}

function shareOf(component: Component, hazard: string): number {
  return component.exposures.find((exposure) => exposure.hazard === hazard)?.share ?? 1;
}

function placeOf(event: BasicEvent): Place {
  if (event.kind !== 'operator') return { kind: 'name', element: event.name };
  return { kind: 'property', element: event.strikes[0] as string, property: 'operator' };
}

function otherPlaces(event: BasicEvent): RelatedPlace[] {
  switch (event.kind) {
    case 'component':
      return [];
    case 'hazard':
      return event.strikes.map((element) => ({
        place: { kind: 'name', element },
        message: `${element} is exposed to ${event.name}`,
      }));
    case 'operator':
      return event.strikes.slice(1).map((element) => ({
        place: { kind: 'property', element, property: 'operator' },
        message: `${event.operator} also runs ${element}`,
      }));
  }
}
