import type { AstNode } from 'langium';
import type * as model from '../core/model/index.ts';
import {
  type Architecture,
  type Component,
  type Element,
  type Exposure,
  type Hazard,
  isComponent,
  isExposure,
  isGroup,
  isHazard,
  isNeeds,
  isService,
  isTraffic,
  type Need,
  type Needs,
  type Property,
  type Requirement,
  type Service,
} from '../generated/ast.ts';
import type { FileNames } from '../names/files.ts';
import { type EffectiveMembers, groupsAround } from '../names/members.ts';
import { documentationBefore } from '../parsing/movable.ts';
import { secondsPerUnit } from '../parsing/values.ts';
import type { LoweredComponent, LoweredComponents } from './kept.ts';

/** An architecture's pure model, and the syntax that it came from. */
export interface LoweredArchitecture {
  readonly model: model.Architecture;
  readonly syntax: Architecture;
  readonly members: EffectiveMembers;
  /** The declarations of the model's hazards, which may stand outside the architecture. */
  readonly hazards: ReadonlyMap<string, Hazard>;
  /** The syntax of the model's requirements, one for one: a variant that lacks what an inherited one names lacks it. */
  readonly requirements: readonly Requirement[];
  /** What the bases require of services that the variant no longer has. */
  readonly lapsed: readonly model.Requirement[];
}

/**
 * From syntax to the pure model. What cannot be read or names nothing is left out, so that a file with errors
 * still has a model of the rest; whether that may be shown is for the caller to say.
 */
export function lowerArchitecture(
  names: FileNames,
  syntax: Architecture,
  kept: LoweredComponents,
): LoweredArchitecture {
  const members = names.members(syntax);
  const elements = [...members.elements.values()];
  const lookUp: LookUp = (name, from) => (name === undefined ? undefined : names.lookUp(name, syntax, from));
  const hazards = new Map<string, Hazard>();
  const keptOr = kept.of(syntax);
  const components = elements.filter(isComponent).map((component) => {
    const lowered = keptOr(component, () => lowerComponent(component, lookUp));
    for (const hazard of lowered.hazards) hazards.set(hazard.name, hazard);
    return lowered.model;
  });
  const requirements = members.requirements.flatMap((requirement) => {
    const lowered = lowerRequirement(requirement, lookUp);
    return lowered ? [{ requirement, lowered }] : [];
  });
  const base = names.baseOf(syntax);
  return {
    syntax,
    members,
    hazards,
    requirements: requirements.map(({ requirement }) => requirement),
    lapsed: members.requirements.flatMap((requirement) => lapsedRequirement(requirement, syntax, names)),
    model: {
      name: syntax.name,
      ...described(syntax),
      ...(base && { base: base.name }),
      components,
      groups: elements.filter(isGroup).map((group) => ({ name: group.name, ...described(group), ...standing(group) })),
      services: elements.filter(isService).map((service) => lowerService(service, lookUp)),
      hazards: [...hazards.values()].map((hazard) => ({ name: hazard.name, ...described(hazard) })),
      requirements: requirements.map(({ lowered }) => lowered),
      acceptances: members.acceptances.map((acceptance) => ({
        rule: acceptance.rule ?? '',
        on: acceptance.subject?.$refText ?? '',
        ...(acceptance.service && { service: acceptance.service.$refText }),
        because: acceptance.reason ?? '',
        ...(acceptance.until && { until: acceptance.until }),
      })),
    },
  };
}

type LookUp = (name: string | undefined, from: AstNode) => Element | undefined;

function lowerComponent(component: Component, lookUp: LookUp): LoweredComponent {
  const hazards = new Map<string, Hazard>();
  const only = <T extends Property>(type: T['$type']): T | undefined =>
    component.properties.find((property): property is T => property.$type === type);
  const all = <T extends Property>(type: T['$type']): T[] =>
    component.properties.filter((property): property is T => property.$type === type);
  const named = (name: string | undefined, from: AstNode): string[] => {
    const found = lookUp(name, from);
    return isComponent(found) ? [found.name] : [];
  };
  const lowered: model.Component = {
    name: component.name,
    ...described(component),
    party: component.party,
    ...(component.operator !== undefined && { operator: operatorName(component.operator) }),
    control: only<NodeOf<'ControlLevel'>>('ControlLevel')?.level ?? (component.party === 'company' ? 'full' : 'none'),
    ...standing(component),
    instances: only<NodeOf<'Instances'>>('Instances')?.count ?? 1,
    needs: lowerNeeds(component.properties.filter(isNeeds), lookUp, isComponent),
    serves: all<NodeOf<'Serves'>>('Serves').flatMap((serves) =>
      named(serves.consumer?.$refText, serves).map((consumer) => ({ consumer, capacity: serves.capacity })),
    ),
    admits: all<NodeOf<'Admits'>>('Admits').flatMap((admits) =>
      named(admits.consumer?.$refText, admits).map((consumer) => ({
        consumer,
        ratePerSecond: admits.rate / secondsPerUnit(admits.per),
      })),
    ),
    ...lowerRestart(only<NodeOf<'Restarts'>>('Restarts')),
    ...lowerPromotion(only<NodeOf<'Promoted'>>('Promoted'), named),
    ...lowerOverload(only<NodeOf<'Overloads'>>('Overloads')),
    ...lowerRetry(only<NodeOf<'Retries'>>('Retries')),
    ...lowerFails(only<NodeOf<'Fails'>>('Fails')),
    exposures: lowerExposures(component, lookUp, hazards),
  };
  return { model: lowered, hazards: [...hazards.values()] };
}

/** Compared as names are: what looks the same is one operator, whatever keyboard wrote it. */
const operatorName = (written: string): string => oneLine(written.normalize('NFC')).trim();

type NodeOf<T extends Property['$type']> = Extract<Property, { $type: T }>;

const secondsOf = (duration: { value: number; unit: string } | undefined): number | undefined =>
  duration?.value === undefined ? undefined : duration.value * secondsPerUnit(duration.unit);

function lowerRestart(restarts: NodeOf<'Restarts'> | undefined): Pick<model.Component, 'restart'> {
  const seconds = secondsOf(restarts?.duration);
  if (restarts?.mode === undefined || seconds === undefined) return {};
  const distribution = { in: 'exponential', after: 'fixed', over: 'uniform' } as const;
  return { restart: { distribution: distribution[restarts.mode], seconds } };
}

function lowerPromotion(
  promoted: NodeOf<'Promoted'> | undefined,
  named: (name: string | undefined, from: AstNode) => string[],
): Pick<model.Component, 'promotion'> {
  if (promoted?.rate === undefined) return {};
  const seconds = secondsPerUnit(promoted.per);
  const rate = promoted.percent
    ? ({ kind: 'share', perSecond: promoted.rate / 100 / seconds } as const)
    : ({ kind: 'count', perSecond: promoted.rate / seconds } as const);
  const [source] = named(promoted.source?.$refText, promoted);
  return source === undefined ? {} : { promotion: { source, rate } };
}

function lowerOverload(overloads: NodeOf<'Overloads'> | undefined): Pick<model.Component, 'overload'> {
  if (overloads?.limit?.value === undefined || overloads.loss?.value === undefined) return {};
  const lossPerSecond = overloads.loss.value / 100 / secondsPerUnit(overloads.per);
  return { overload: { limit: overloads.limit.value / 100, lossPerSecond } };
}

function lowerRetry(retries: NodeOf<'Retries'> | undefined): Pick<model.Component, 'retry'> {
  const firstSeconds = secondsOf(retries?.first);
  if (firstSeconds === undefined) return {};
  return { retry: { firstSeconds, maxSeconds: Math.max(firstSeconds, secondsOf(retries?.most) ?? firstSeconds) } };
}

function lowerFails(fails: NodeOf<'Fails'> | undefined): Pick<model.Component, 'mttfSeconds'> {
  const mttfSeconds = secondsOf(fails?.mean);
  return mttfSeconds === undefined ? {} : { mttfSeconds };
}

/** The component's own exposures first, then those of the groups around it, the innermost first; one a hazard. */
function lowerExposures(component: Component, lookUp: LookUp, hazards: Map<string, Hazard>): model.Exposure[] {
  const groups = groupsAround(component).flatMap((group) => group.members.filter(isExposure));
  const exposures = new Map<string, model.Exposure>();
  for (const exposure of [...component.properties.filter(isExposure), ...groups] as Exposure[]) {
    const hazard = lookUp(exposure.hazard?.$refText, exposure);
    if (!isHazard(hazard) || exposures.has(hazard.name)) continue;
    hazards.set(hazard.name, hazard);
    exposures.set(hazard.name, { hazard: hazard.name, share: (exposure.share?.value ?? 100) / 100 });
  }
  return [...exposures.values()];
}

function lowerService(service: Service, lookUp: LookUp): model.Service {
  const population = lookUp(service.population?.$refText, service);
  return {
    name: service.name,
    ...described(service),
    ...(isComponent(population) && { population: population.name }),
    needs: lowerNeeds(
      service.properties.filter(isNeeds),
      lookUp,
      (element) => isComponent(element) || isService(element),
    ),
    traffic: (service.properties.find(isTraffic)?.shares ?? []).flatMap((share) => {
      const carrier = lookUp(share.carrier?.$refText, share);
      const percent = share.share?.value;
      return isComponent(carrier) && percent !== undefined ? [{ share: percent / 100, component: carrier.name }] : [];
    }),
  };
}

function lowerRequirement(requirement: Requirement, lookUp: LookUp): model.Requirement | undefined {
  const service = lookUp(requirement.service?.$refText, requirement);
  const lost = lookUp(requirement.lost?.$refText, requirement);
  const survives = survivalOf(requirement, lost?.name);
  return isService(service) && survives ? { service: service.name, survives } : undefined;
}

/** In an architecture's own text, a requirement on what is not there is an error and no lapse. */
function lapsedRequirement(requirement: Requirement, syntax: Architecture, names: FileNames): model.Requirement[] {
  if (requirement.$container === syntax) return [];
  const service = requirement.service?.$refText;
  if (service === undefined || isService(names.lookUp(service, syntax, requirement))) return [];
  const survives = survivalOf(requirement, requirement.lost?.$refText);
  return survives ? [{ service, survives }] : [];
}

function survivalOf(
  { count, external }: Requirement,
  lost: string | undefined,
): model.Requirement['survives'] | undefined {
  if (lost !== undefined) return { kind: 'lossOf', name: lost };
  return count === undefined ? undefined : { kind: 'anyFailures', count, externalOnly: external };
}

/** Keeps an unreadable `needs` as an empty conjunction, so that the n-th need of the model is the n-th of the text. */
function lowerNeeds(
  needs: readonly Needs[],
  lookUp: LookUp,
  admits: (element: Element | undefined) => boolean,
): model.Need[] {
  const lower = (need: Need | undefined): model.NeedExpression | undefined => {
    switch (need?.$type) {
      case 'ReferenceNeed': {
        const target = lookUp(need.target?.$refText, need);
        return target && admits(target) ? { kind: 'reference', name: target.name } : undefined;
      }
      case 'AtLeastNeed': {
        const operands = lowerAll(need.operands);
        return operands.length < need.operands.length ? undefined : { kind: 'atLeast', count: need.count, operands };
      }
      case 'AndNeed':
        return { kind: 'and', operands: lowerAll(need.operands) };
      case 'OrNeed': {
        const operands = lowerAll(need.operands);
        return operands.length < need.operands.length ? undefined : { kind: 'or', operands };
      }
      default:
        return undefined;
    }
  };
  const lowerAll = (operands: readonly Need[]): model.NeedExpression[] =>
    operands.flatMap((operand) => lower(operand) ?? []);
  return needs.map((need) => ({
    expression: lower(need.need) ?? { kind: 'and', operands: [] },
    toStart: need.toStart === true,
  }));
}

function standing(element: Element): { group?: string } {
  const [group] = groupsAround(element);
  return group?.name === undefined ? {} : { group: group.name };
}

/** Title and documentation comment of a declaration. */
export function described(node: AstNode & { title?: string }): { title?: string; documentation?: string } {
  const documentation = documentationBefore(node.$cstNode)
    ?.replace(/^\/\*\*|\*\/$/g, '')
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .join('\n')
    .trim();
  // A title that says nothing is none: whatever has a name is called by that.
  const title = oneLine(node.title ?? '');
  const says = /[^\s\p{Cf}\p{Cc}]/u.test(title);
  return { ...(says && { title }), ...(documentation && { documentation }) };
}

/** A name is one line, wherever it is told: with two, a list of problems would hold one that nobody has found. */
const oneLine = (text: string): string => text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ');
