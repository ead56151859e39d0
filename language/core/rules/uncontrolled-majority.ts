import { trafficControl } from '../analysis/index.ts';
import { isExternal } from '../model/index.ts';
import type { Observation, Rule } from './rule.ts';
import { listed, percent } from './words.ts';

export const uncontrolledMajority: Rule = {
  defaultSeverity: 'warning',
  says: "More than half of a service's traffic is carried by components that the company does not run.",
  why: 'What carries most of the traffic decides how the service behaves under load and in a crash, and here that is not the company.',
  remedy:
    'Carry more of the traffic through components that the company runs, or accept the finding with a reason and a date.',
  observe: ({ architecture }) => {
    const external = new Set(architecture.components.filter(isExternal).map(({ name }) => name));
    return architecture.services.flatMap((service): Observation[] => {
      const control = trafficControl(architecture, service);
      if (control === null || control.users + control.vendor <= 0.5 + 1e-9) return [];
      const carriers = service.traffic.filter(({ component }) => external.has(component));
      const names = carriers.map(({ component }) => component);
      return [
        {
          subject: service.name,
          about: [service.name],
          services: [service.name],
          describe: () => ({
            message:
              `${percent(control.users + control.vendor)} of ${service.name}'s traffic goes through ${listed(names)}, which the company does not run. ` +
              `How ${service.name} holds up and comes back is in other hands. ` +
              `Carry more of it through components that the company runs, or accept the finding.`,
            place: { kind: 'property', element: service.name, property: 'traffic' },
            related: carriers.map(({ component, share }) => ({
              place: { kind: 'name', element: component },
              message: `${component} carries ${percent(share)}`,
            })),
          }),
        },
      ];
    });
  },
};
