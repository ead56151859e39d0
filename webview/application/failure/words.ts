/** What is said of failures, in words: pure functions, the same for eyes and for screen readers. */
import type { Diagram } from '../../../language/core/diagram/index.ts';
import type { CutSets, Failure, Failures, Losses } from '../../../language/protocol/faults.ts';

export type NameOf = (name: string) => string;

/** The name that readers know a component, service or basic event by. */
export function namesOf(diagram: Diagram, failures: Failures | undefined): NameOf {
  const labels = new Map(diagram.nodes.map(({ id, label }) => [id, label]));
  for (const { name, label } of failures?.failures ?? []) labels.set(name, label);
  return (name) => labels.get(name) ?? name.replace(/^operator:/, '');
}

/** `A`, `A and B`, `A, B and C`, `A, B and 3 more`. */
export function listWords(names: readonly string[], most = 4): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}

/** Components that are down without having been failed themselves. */
export const fallenWith = (failed: readonly string[], { components }: Losses): string[] =>
  components.filter((name) => !failed.includes(name));

/** `SuperNode fails: Skype clients falls with it. Service lost: Calling.` */
export function lossWords(losses: Losses, nameOf: NameOf): string {
  const names = (list: readonly string[]) => listWords(list.map(nameOf));
  const fallen = fallenWith(losses.failed, losses);
  const what = `${names(losses.failed)} ${losses.failed.length === 1 ? 'fails' : 'fail'}`;
  const down = [...fallen, ...losses.services];
  if (down.length === 0) return `${what}: nothing else is lost.`;
  const services =
    losses.services.length === 0
      ? 'No service is lost'
      : `${serviceWord(losses.services)} lost: ${names(losses.services)}`;
  return `${what}: ${names(down)} ${down.length === 1 ? 'is' : 'are'} lost. ${services}.`;
}

const serviceWord = ({ length }: { readonly length: number }): string => (length === 1 ? 'Service' : 'Services');

/** `Carrier alone takes down 3 of 12 components and 1 of 2 services: Calling.` */
export function reachWords(failure: Failure, all: Failures): string {
  const { components, services, firstServices, label } = failure;
  const more = services > firstServices.length ? ' …' : '';
  const which = services === 0 ? '' : `: ${firstServices.join(', ')}${more}`;
  return `${label} alone takes down ${components} of ${plural(all.components, 'component')} and ${services} of ${plural(all.services.length, 'service')}${which}.`;
}

/** What stands at the end of a line of the list: `1 service · 3 components`. */
export const shortReach = ({ components, services }: Failure): string =>
  `${services === 0 ? 'no service' : plural(services, 'service')} · ${plural(components, 'component')}`;

/** `3 minimal cut sets: 1 of order 1, 2 of order 2`; and what is known where not all are counted. */
export function countWords({ byOrder, total, completeToOrder, externalOnly }: CutSets): string {
  const kind = `minimal cut ${total === '1' ? 'set' : 'sets'}${externalOnly ? ' of external events' : ''}`;
  const upTo = completeToOrder === null ? '' : ` up to order ${completeToOrder}; larger ones were not counted`;
  if (total === '0') return `No ${kind}${upTo}`;
  const orders = byOrder.flatMap((count, at) => (count === '0' ? [] : [`${grouped(count)} of order ${at + 1}`]));
  return `${grouped(total)} ${kind}: ${orders.join(', ')}${completeToOrder === null ? '' : ` (counted${upTo})`}`;
}

/** Empty where every set that is counted stands in the list. */
export const cutWords = ({ sets, total, allListed }: CutSets): string =>
  allListed ? '' : `The list is cut at ${grouped(String(sets.length))}; ${grouped(total)} in total.`;

/** `12,345,678`: of any length. */
export const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

export const plural = (count: number, word: string): string =>
  `${grouped(String(count))} ${word}${count === 1 ? '' : 's'}`;

/** Whether two sets of basic events are the same. */
export const sameEvents = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name));
