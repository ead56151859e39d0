import {
  type BasicEvent,
  basicEvents,
  type ColdStart,
  DEFAULT_MAX_NODES,
  type ServiceFaults,
  type TrafficControl,
  unavailabilityOf,
} from '../core/analysis/index.ts';
import { countWords, percentWords, spanWords } from '../core/diagram/index.ts';
import {
  type Architecture,
  type Component,
  hasProgrammaticControl,
  isExternal,
  type Service,
} from '../core/model/index.ts';
import type { BlastRadius } from './blast-radius.ts';
import { shown } from './shown.ts';
import { type Page, table, wrapped } from './terminal.ts';

export { blastRadii } from './blast-radius.ts';
export { pageOf } from './terminal.ts';

/** What is known of one architecture; of one service, if only one was asked for. */
export interface AnalyzedArchitecture {
  readonly model: Architecture;
  readonly services: readonly AnalyzedService[];
  readonly coldStart: ColdStart;
  readonly blastRadii: readonly BlastRadius[];
}

export interface AnalyzedService {
  readonly service: Service;
  readonly faults: ServiceFaults;
  readonly control: TrafficControl | null;
}

export interface TextOptions {
  readonly page: Page;
  /** How many cut sets, events and names of each list are shown at most. */
  readonly most: number;
}

/** An analysis for a reader at a terminal. */
export function analysisText(architectures: readonly AnalyzedArchitecture[], options: TextOptions): string {
  return shown(`${architectures.map((one) => architectureText(one, options).join('\n')).join('\n\n')}\n`);
}

function architectureText(
  { model, services, coldStart, blastRadii }: AnalyzedArchitecture,
  options: TextOptions,
): string[] {
  const { page } = options;
  return [
    ...heading('architecture', model.name, model.title, page),
    ...(model.services.length === 0 ? ['  It has no service.'] : []),
    ...services.flatMap((service) => ['', ...serviceText(model, service, options)]),
    '',
    ...blastText(blastRadii, options),
    '',
    ...coldStartText(coldStart, options),
  ];
}

const heading = (kind: string, name: string, title: string | undefined, { width, strong }: Page): string[] =>
  wrapped(
    [kind, name, ...(title === undefined || title === name ? [] : [`"${title}"`])].join(' '),
    width,
    '',
    '  ',
  ).map(strong);

function serviceText(
  model: Architecture,
  { service, faults, control }: AnalyzedService,
  options: TextOptions,
): string[] {
  const { page } = options;
  return [
    ...heading('service', service.name, service.title, page),
    ...cutSetsText(faults, options),
    ...controlText(model, faults, options),
    ...quantitiesText(model, faults, options),
    ...(control
      ? sentence(
          `traffic carried by: company ${percentWords(control.company)}, users ${percentWords(control.users)}, vendors ${percentWords(control.vendor)}`,
          page,
        )
      : []),
  ];
}

const sentence = (text: string, { width }: Page, indent = '  '): string[] =>
  wrapped(text, width, indent, `${indent}  `);

/** Smallest first, by order. */
function cutSetsText({ minimalCutSets }: ServiceFaults, { page, most }: TextOptions): string[] {
  const { total, byOrder, sets, complete, completeToOrder, endedBy } = minimalCutSets;
  if (total === 0n && complete) return ['  Nothing takes it down.'];
  const words = total === 1n ? 'minimal cut set' : 'minimal cut sets';
  const lines = sentence(
    complete
      ? `${total} ${words}: what takes it down, with nothing in it to spare`
      : `${total === 0n ? `no minimal cut set up to order ${completeToOrder}` : `at least ${total} ${words}: all up to order ${completeToOrder}`}; to find those of higher order takes ${whatItTakes(endedBy)}`,
    page,
  );
  const unlisted: string[] = [];
  let shown = 0;
  for (const [index, count] of byOrder.entries()) {
    if (count === 0n) continue;
    const head = `order ${index + 1}: ${count}`;
    const ofOrder = sets.filter(({ length }) => length === index + 1).slice(0, most - shown);
    shown += ofOrder.length;
    if (ofOrder.length === 0) unlisted.push(head);
    else lines.push(page.faint(`    ${head}`));
    for (const set of ofOrder) lines.push(...wrapped(set.join(' + '), page.width, '      ', '        '));
  }
  if (unlisted.length > 0) lines.push(...sentence(unlisted.join(', '), page, '    ').map(page.faint));
  const left = total - BigInt(shown);
  return [...lines, ...(left > 0n ? sentence(`… and ${left} more; --max-sets N lists up to N`, page, '    ') : [])];
}

/** What a search that was ended would need; no time helps where diagrams grow too large. */
const whatItTakes = (endedBy: ServiceFaults['minimalCutSets']['endedBy']): string =>
  endedBy === 'nodes'
    ? `decision diagrams of more than ${countWords(DEFAULT_MAX_NODES)} nodes, the most that there may be`
    : 'more time (--time-limit)';

/** Of what a cut set of order 1 or 2 names: who runs it, and what the company can do when it is gone. */
function controlText(model: Architecture, { minimalCutSets }: ServiceFaults, { page, most }: TextOptions): string[] {
  const { sets, byOrder, completeToOrder, complete } = minimalCutSets;
  const small = sets.filter(({ length }) => length <= 2);
  const isWhole =
    (complete || completeToOrder >= 2) && BigInt(small.length) === (byOrder[0] ?? 0n) + (byOrder[1] ?? 0n);
  const named = new Set(small.flat());
  const events = basicEvents(model).filter(({ name }) => named.has(name));
  if (events.length === 0) return [];
  const components = new Map(model.components.toReversed().map((component) => [component.name, component]));
  const rows = events.slice(0, most).map((event) => {
    const struck = event.strikes.flatMap((name) => components.get(name) ?? []);
    return [event.name, whatItIs(event, struck), whatCompanyCan(event, struck)];
  });
  const external = events.filter(({ strikes }) => strikes.some((name) => isOutside(components.get(name)))).length;
  return [
    ...sentence(
      `in ${isWhole ? 'sets' : `the first ${plural(small.length, 'set')}`} of order 1 and 2: ${plural(events.length, 'event')}, ${external} of them external`,
      page,
    ),
    ...table(rows, page, '    '),
    ...more(events.length - rows.length, 'more', page),
  ];
}

const isOutside = (component: Component | undefined): boolean => component !== undefined && isExternal(component);

function whatItIs({ kind, strikes }: BasicEvent, struck: readonly Component[]): string {
  if (kind !== 'component') return `${kind}, hits ${listed(strikes, 3)}`;
  const [component] = struck;
  return component?.operator ?? component?.party ?? '';
}

/** What the company can do about a loss: the language's `restore` asks for command of the software. */
function whatCompanyCan({ kind }: BasicEvent, struck: readonly Component[]): string {
  const restored = struck.filter(hasProgrammaticControl);
  const touched = struck.filter(({ control }) => control === 'physical');
  const it = kind === 'component' ? 'it' : 'what it hits';
  if (restored.length === struck.length) return `the company can restore ${it}`;
  if (restored.length > 0)
    return `the company can restore ${listed(
      restored.map(({ name }) => name),
      3,
    )}, not the rest`;
  if (touched.length === struck.length) return `the company can touch the machines, not command the software`;
  return `the company cannot restore ${it}`;
}

const HIGHEST = 10;
const YEAR_SECONDS = 365.25 * 86_400;

function quantitiesText(
  model: Architecture,
  { unavailability, quantitiesCut, withoutFigures, importance }: ServiceFaults,
  { page, most }: TextOptions,
): string[] {
  if (unavailability === null) {
    const hasFigures = model.components.some((component) => unavailabilityOf(component) !== undefined);
    const why = quantitiesCut
      ? `to compute it takes ${whatItTakes(quantitiesCut)}`
      : `${hasFigures ? 'nothing that it depends on' : 'no component'} gives both \`fails every\` and \`restarts\``;
    return sentence(`unavailability: not known; ${why}`, page);
  }
  const short = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(4))));
  const highest = importance.slice(0, HIGHEST);
  return [
    ...wrapped(
      `unavailability: ${short(unavailability)}, in the long run ${spanWords(unavailability * YEAR_SECONDS)} a year`,
      page.width,
      '  ',
      '    ',
    ),
    ...(withoutFigures.length > 0
      ? wrapped(
          `without figures, counted as never failing on their own: ${listed(withoutFigures, most)}`,
          page.width,
          '    ',
          '      ',
        )
      : []),
    ...table(
      [
        ['importance', 'Birnbaum', 'Fussell–Vesely', 'risk achievement', 'risk reduction'],
        ...highest.map(({ event, birnbaum, fussellVesely, riskAchievementWorth, riskReductionWorth }) => [
          event,
          ...[birnbaum, fussellVesely, riskAchievementWorth, riskReductionWorth].map(short),
        ]),
      ],
      page,
      '    ',
      { named: true },
    ),
    ...more(importance.length - highest.length, 'of less importance; --format json lists them', page),
  ];
}

function blastText(radii: readonly BlastRadius[], { page, most }: TextOptions): string[] {
  const title = page.strong('what falls with each');
  if (radii.length === 0) return [title, '  Nothing takes down more than itself.'];
  const rows = radii.slice(0, most).map((radius) => {
    const { components, services } = radius.names();
    const parts = [
      ...(services.length > 0 ? [`${plural(services.length, 'service')}: ${listed(services, 8)}`] : []),
      ...(components.length > 0 ? [`${plural(components.length, 'component')}: ${listed(components, 8)}`] : []),
    ];
    return [radius.event.name, parts.join('; ')];
  });
  const left = radii.length - rows.length;
  return [
    title,
    ...table(rows, page, '  '),
    ...more(left, rows.length === 0 ? 'that --max-sets lists' : 'that take down no more; --max-sets lists them', page),
    ...wrapped(
      `What is not ${left > 0 ? 'among these' : 'named here'} takes down nothing but itself.`,
      page.width,
      '  ',
    ).map(page.faint),
  ];
}

function coldStartText({ notStartable, cycles, startable }: ColdStart, { page, most }: TextOptions): string[] {
  const title = page.strong('after a total loss');
  if (notStartable.length === 0 && cycles.length === 0) return [title, '  Everything can start again.'];
  // Services that need each other wait, too, with every component up.
  const components =
    notStartable.length === 0
      ? wrapped('Every component can start again, but not every service.', page.width, '  ', '    ')
      : [
          ...wrapped(
            `can start: ${startable.length > 0 ? listed(startable, most) : 'nothing'}`,
            page.width,
            '  ',
            '    ',
          ),
          ...wrapped(`cannot start: ${listed(notStartable, most)}`, page.width, '  ', '    '),
        ];
  return [
    title,
    ...components,
    ...cycles.flatMap(({ steps }) =>
      wrapped(
        `each waits for the next: ${[...steps.map(({ from }) => from), steps[0]?.from].join(' → ')}`,
        page.width,
        '    ',
        '      ',
      ),
    ),
  ];
}

const more = (count: number, words: string, { width }: Page): string[] =>
  count > 0 ? wrapped(`… and ${count} ${words}`, width, '    ', '      ') : [];

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** Names with commas; beyond `most` their number, so that nothing goes without saying. */
const listed = (names: readonly string[], most: number): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
