import * as fc from 'fast-check';
import type { Texts } from './at.ts';

/**
 * Programs of three files about names: few names, so that they meet; a base, variants of it that replace, add and
 * leave out, an unrelated architecture with the same names, hazards of the file and hidden ones, and scenarios.
 */
export const programs: fc.Arbitrary<Texts> = fc.gen().map((random) => {
  const pick = <T>(items: readonly T[]): T => random(fc.constantFrom, ...items);
  const some = <T>(items: readonly T[]): T[] => items.filter(() => random(fc.boolean));
  const members = (known: readonly string[], own: readonly string[]): string[] => {
    const all = [...new Set([...known, ...own])];
    return own.map((name) => {
      if (name === 'H') return random(fc.boolean) ? 'hazard H' : component(name, all);
      if (name === 'G') return `group G { exposed to H 10% ${component('Inner', all)} }`;
      return component(name, all);
    });
  };
  const component = (name: string, all: readonly string[]): string => {
    const targets = some(all.filter((other) => other !== 'G' && other !== 'H' && other !== name));
    const needs = targets.map((target) => `needs ${target}${random(fc.boolean) ? ' to start' : ''}`);
    const exposed = random(fc.boolean) ? ['exposed to H 30%'] : [];
    return `${pick(['company', 'users', 'vendor'])} ${name} { ${[...needs, ...exposed].join(' ')} }`;
  };
  const block = (head: string, lines: readonly string[]): string =>
    [head, ...lines.map((line) => `  ${line}`), '}'].join('\n');

  const base = ['A', ...some(['B', 'C', 'H', 'G'])];
  const variant = some(['A', 'B', 'C', 'D', 'H', 'G']);
  const second = some(['A', 'C', 'E', 'H']);
  const service = (all: readonly string[]): string =>
    `service S for A { needs ${pick(all.filter((n) => n.length === 1 && n !== 'G' && n !== 'H'))} }`;
  const inner = 'scenario Own { at 1 h crash A run 2 h expect S never below 20% }';
  const removal = (all: readonly string[], own: readonly string[]): string[] =>
    some(all.filter((name) => name !== 'A' && !own.includes(name)))
      .slice(0, 1)
      .map((name) => `without ${name}`);
  return {
    'base.p2parch': [
      'hazard H',
      block('architecture Base {', [
        ...members([], base),
        service(base),
        ...some([inner, 'require S survives A', 'accept cold-start-cycle on A because "So."']),
      ]),
      'scenario Both on Base { at 1 h crash A at 2 h strike H run 3 h }',
    ].join('\n'),
    'variants.p2parch': [
      'import "base.p2parch"',
      block('architecture First extends Base {', [...removal(base, variant), ...members(base, variant)]),
      block('architecture Second extends First {', members([...base, ...variant], second)),
      block('architecture Third extends Base {', members(base, some(['A', 'D']))),
      'scenario Many on Base, First, Third { at 1 h crash 40% of A run 3 h expect S back to 95% within 1 h }',
    ].join('\n'),
    'unrelated.p2parch': [
      'hazard H',
      block('architecture Base {', [...members([], ['A', 'B', 'H']), service(['A', 'B'])]),
      'scenario Many on Base { at 1 h crash A run 3 h }',
    ].join('\n'),
  };
});
