import type { Architecture, Component, Group, Party } from '../model/index.ts';
import type { Finding } from '../rules/finding.ts';
import { badgesOf, badgesWidth, badgeWords, HEADING_BADGES_WIDTH } from './badges.ts';
import { type Labels, LONGEST_LINE } from './facts.ts';
import { shortened, textWidth } from './measure.ts';
import { ICON_SIZE } from './nodes.ts';
import type { Container } from './schema.ts';
import { FONTS } from './stack.ts';

/** Room for the control that folds a container, at the beginning of its heading. */
export const FOLD_WIDTH = 22;

const ZONE_ORDER: readonly Party[] = ['users', 'company', 'vendor'];

const zoneId = ({ party, operator }: Pick<Component, 'party' | 'operator'>): string =>
  party === 'vendor' && operator !== undefined ? `zone:vendor:${operator}` : `zone:${party}`;

const groupId = (zone: string, group: string): string => `${zone}/${group}`;

/** Where a component stands: in the part of its group that lies in its zone, or in the zone itself. */
export const containerIdOf = (component: Component): string =>
  component.group === undefined ? zoneId(component) : groupId(zoneId(component), component.group);

/** Zones in the order users, company, vendors; in each, the groups that have members there, in the order of the text. */
export function containersOf(
  architecture: Architecture,
  labels: Labels,
  findingsOn: (subject: string) => readonly Finding[],
): Container[] {
  const groups = new Map(architecture.groups.map((group) => [group.name, group]));
  const zones = new Map<string, { zone: Container; groups: Set<string> }>();
  const ordered = ZONE_ORDER.flatMap((party) =>
    architecture.components.filter((component) => component.party === party),
  );
  for (const component of ordered) {
    const id = zoneId(component);
    let entry = zones.get(id);
    if (entry === undefined) {
      entry = { zone: zoneContainer(id, component, findingsOn), groups: new Set() };
      zones.set(id, entry);
    }
    for (const group of groupsAround(component.group, groups)) entry.groups.add(group.name);
  }
  const containers = [...zones.values()].flatMap(({ zone, groups: members }) => [
    zone,
    ...architecture.groups
      .filter(({ name }) => members.has(name))
      .map((group) => groupContainer(zone, group, groups, labels, findingsOn)),
  ]);
  return counted(containers, architecture.components);
}

/** How many components stand in each, those of inner groups included. */
function counted(containers: readonly Container[], components: readonly Component[]): Container[] {
  const around = new Map(containers.map(({ id, container }) => [id, container]));
  const counts = new Map<string, number>();
  for (const component of components) {
    const passed = new Set<string>();
    for (
      let id: string | undefined = containerIdOf(component);
      id !== undefined && !passed.has(id);
      id = around.get(id)
    ) {
      passed.add(id);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return containers.map((container) => ({ ...container, components: counts.get(container.id) ?? 0 }));
}

/** The group itself first; a circle, which the language forbids, ends the walk. */
function groupsAround(name: string | undefined, groups: ReadonlyMap<string, Group>): Group[] {
  const around: Group[] = [];
  let group = name === undefined ? undefined : groups.get(name);
  while (group !== undefined && !around.includes(group)) {
    around.push(group);
    group = group.group === undefined ? undefined : groups.get(group.group);
  }
  return around;
}

function zoneContainer(
  id: string,
  { party, operator }: Component,
  findingsOn: (subject: string) => readonly Finding[],
): Container {
  const vendor = party === 'vendor' ? operator : undefined;
  const named = vendor === undefined ? undefined : shortened(vendor, LONGEST_LINE);
  const label = named ?? { company: 'Company', users: 'Users', vendor: 'Vendors' }[party];
  const badges = badgesOf(vendor === undefined ? [] : findingsOn(`operator:${vendor}`));
  const who = { company: 'Run by the company', users: 'Run by users', vendor: `Run by ${named ?? 'vendors'}` }[party];
  return {
    id,
    kind: 'zone',
    party,
    ...(vendor === undefined ? {} : { operator: vendor }),
    label,
    components: 0,
    description: badges.length === 0 ? who : `${who}. ${badgeWords(badges)}`,
    headingWidth:
      FOLD_WIDTH + ICON_SIZE + 8 + textWidth(label, FONTS.zone) + 8 + badgesWidth(badges, HEADING_BADGES_WIDTH),
    badges,
  };
}

function groupContainer(
  zone: Container,
  group: Group,
  groups: ReadonlyMap<string, Group>,
  labels: Labels,
  findingsOn: (subject: string) => readonly Finding[],
): Container {
  const label = shortened(labels(group.name), LONGEST_LINE);
  const badges = badgesOf(findingsOn(group.name));
  const around = group.group !== undefined && groups.has(group.group) ? groupId(zone.id, group.group) : zone.id;
  return {
    id: groupId(zone.id, group.name),
    kind: 'group',
    party: zone.party,
    group: group.name,
    container: around,
    label,
    components: 0,
    description: badges.length === 0 ? `Group ${label}` : `Group ${label}. ${badgeWords(badges)}`,
    headingWidth: FOLD_WIDTH + textWidth(label, FONTS.group) + 8 + badgesWidth(badges, HEADING_BADGES_WIDTH),
    badges,
  };
}
