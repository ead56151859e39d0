import type { Component, Element } from '../generated/ast.ts';
import { componentsIn, type EffectiveMembers } from '../names/members.ts';

/** The component that the company cannot restore, or does not run and so cannot add to; undefined where it can. */
export function offenderOf(
  members: EffectiveMembers,
  target: Element,
  action: 'Restore' | 'Add',
): Component | undefined {
  return componentsIn(members, target).find((component) =>
    action === 'Add' ? component.party !== 'company' : !hasProgrammaticControl(component),
  );
}

function hasProgrammaticControl(component: Component): boolean {
  const control = component.properties.find((property) => property.$type === 'ControlLevel');
  const level = control?.$type === 'ControlLevel' ? control.level : component.party === 'company' ? 'full' : 'none';
  return level === 'full' || level === 'programmatic';
}
