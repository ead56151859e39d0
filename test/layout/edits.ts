/** Edits of an architecture, as one makes them in its text. */
import fc from 'fast-check';
import type { Architecture, Component } from '../../language/core/model/index.ts';
import { component, need } from '../picture/systems.ts';

export interface Edit {
  readonly what: string;
  readonly apply: (model: Architecture) => Architecture;
}

const changed = (model: Architecture, name: string, change: (component: Component) => Component): Architecture => ({
  ...model,
  components: model.components.map((each) => (each.name === name ? change(each) : each)),
});

function newName({ components }: Architecture): string {
  const taken = new Set(components.map(({ name }) => name));
  let number = 1;
  while (taken.has(`Fresh${number}`)) number++;
  return `Fresh${number}`;
}

const nameAt = (model: Architecture, share: number): string =>
  model.components[Math.floor(share * (model.components.length - 1))]?.name ?? '';

/** `share` says which component it is about, from the first at 0 to the last at 1. */
export const addition = (share: number): Edit => ({
  what: 'a component is added',
  apply: (model) => {
    const name = nameAt(model, share);
    const like = model.components.find((each) => each.name === name);
    if (like === undefined) return model;
    const { party, operator, group } = like;
    const fresh = newName(model);
    const added = component(party, fresh, {
      ...(operator === undefined ? {} : { operator }),
      ...(group === undefined ? {} : { group }),
      needs: [need(nameAt(model, 1 - share))],
    });
    const needing = changed(model, name, (each) => ({ ...each, needs: [...each.needs, need(fresh)] }));
    return { ...needing, components: [...needing.components, added] };
  },
});

export const unneededAddition = (party: Component['party']): Edit => ({
  what: `a component of ${party} that nothing needs is added`,
  apply: (model) => ({ ...model, components: [...model.components, component(party, newName(model))] }),
});

export const removal = (share: number): Edit => ({
  what: 'a component is removed',
  apply: (model) => {
    const name = nameAt(model, share);
    return { ...model, components: model.components.filter((each) => each.name !== name) };
  },
});

export const newNeed = (from: number, to: number): Edit => ({
  what: 'a need is added',
  apply: (model) =>
    changed(model, nameAt(model, from), (each) => ({ ...each, needs: [...each.needs, need(nameAt(model, to))] })),
});

/** As a rename in the editor does it: everywhere. */
export const rename = (share: number, to: string): Edit => ({
  what: 'a component is renamed',
  apply: (model) => {
    const name = nameAt(model, share);
    return JSON.parse(JSON.stringify(model).replaceAll(JSON.stringify(name), JSON.stringify(to))) as Architecture;
  },
});

/** Every number of every component is another one. */
export const otherNumbers = (factor: number): Edit => ({
  what: 'the numbers change',
  apply: (model) => ({
    ...model,
    components: model.components.map((each) => ({
      ...each,
      instances: Math.max(1, Math.round(each.instances * factor)),
      serves: each.serves.map((serving) => ({
        ...serving,
        capacity: Math.max(1, Math.round(serving.capacity * factor)),
      })),
      ...(each.restart === undefined ? {} : { restart: { ...each.restart, seconds: each.restart.seconds * factor } }),
      exposures: each.exposures.map((exposure) => ({ ...exposure, share: Math.min(1, exposure.share * factor) })),
    })),
  }),
});

const share = fc.double({ min: 0, max: 1, noNaN: true });

export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  share.map(addition),
  fc.constantFrom('company' as const, 'users' as const, 'vendor' as const).map(unneededAddition),
  share.map(removal),
  fc.tuple(share, share).map(([from, to]) => newNeed(from, to)),
);
