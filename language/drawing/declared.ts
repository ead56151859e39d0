import type { Diagram } from '../core/diagram/index.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import { locate } from '../lowering/places.ts';
import type { Picture } from '../protocol/pictures.ts';

type Places = Picture['places'];

/** Where what a picture shows is declared. */
export function placesOf(lowered: LoweredArchitecture, { nodes }: Diagram): Places {
  return placed(lowered, [...nodes.map(({ id }) => id), ...lowered.model.groups.map(({ name }) => name)]);
}

/**
 * Where it is declared in a text that has errors since, as far as such a text can be read. What is not found has no
 * place: where it stood, something else stands now.
 */
export const placesNow = (before: Places, lowered: LoweredArchitecture | undefined): Places =>
  lowered === undefined
    ? []
    : placed(
        lowered,
        before.map(({ element }) => element),
      );

const placed = (lowered: LoweredArchitecture, names: readonly string[]): Places =>
  names.flatMap((element) => {
    const name = locate(lowered, { kind: 'name', element });
    const whole = locate(lowered, { kind: 'declaration', element });
    return name && whole ? [{ element, ...name, whole: whole.range }] : [];
  });
