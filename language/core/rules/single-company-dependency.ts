import { type BasicEvent, failureChains } from '../analysis/index.ts';
import type { Component } from '../model/index.ts';
import { durationWords } from '../words/index.ts';
import { dependence, needsOn, RELATED_AT_MOST } from './dependence.ts';
import { saidOnce } from './once.ts';
import type { Observation, Rule } from './rule.ts';
import { agree, listed } from './words.ts';

export const singleCompanyDependency: Rule = {
  defaultSeverity: 'information',
  says: 'One single instance that the company runs takes a service down alone.',
  why: 'Every machine fails some day. The company can repair this one, but until it has, the service is gone: a restart, an update or a full disk is enough.',
  remedy:
    'Run a second instance of it, give the service a second way (`or`), or accept the finding with a reason and a date.',
  observe: ({ analysis, components }) =>
    analysis.singleFailures().flatMap(({ event: index, services }): Observation[] => {
      const event = analysis.graph.events[index];
      if (event?.kind !== 'component') return [];
      const component = components.get(event.name);
      if (component === undefined || component.party !== 'company' || component.instances !== 1) return [];
      const { name } = component;
      return [
        {
          subject: name,
          about: [name],
          services,
          describe: (some) =>
            said(event, [component, ...some], () => {
              const chains = failureChains(analysis.graph, index, some.slice(0, 3));
              return {
                message:
                  `${dependence(name, some, chains)}, and the company runs one single instance of it. ` +
                  `If that is lost, ${listed(some)} ${agree(some, 'is', 'are')} lost ${untilWhen(component)}: nothing else stands in. ` +
                  `Run a second instance, add a fallback, or accept the finding.`,
                place: { kind: 'name', element: name },
                related: needsOn(chains).slice(0, RELATED_AT_MOST),
              };
            }),
        },
      ];
    }),
};

const said = saidOnce<BasicEvent>();

function untilWhen({ restart }: Component): string {
  if (restart === undefined) return 'until somebody brings it back';
  const time = durationWords(restart.seconds);
  switch (restart.distribution) {
    case 'fixed':
      return `until it is back after ${time}`;
    case 'exponential':
      return `until it is back, after ${time} on average`;
    case 'uniform':
      return `until it is back, after up to ${time}`;
  }
}
