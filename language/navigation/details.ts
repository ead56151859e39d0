import { countWords } from '../core/diagram/index.ts';
import { isInstances } from '../generated/ast.ts';
import type { Named } from './occurrences.ts';

/** What a list of names says beside each: "users · 25,000", "extends Skype2007". Empty where there is nothing to say. */
export function detailOf(named: Named): string {
  switch (named.$type) {
    case 'Component':
      return joined([named.party, named.operator, count(named.properties.find(isInstances)?.count)]);
    case 'Service':
      return named.population ? `for ${named.population.$refText}` : '';
    case 'Architecture':
      return named.base ? `extends ${named.base.$refText}` : '';
    case 'Scenario':
      return joined([
        named.architectures.length > 0 && `on ${named.architectures.map(({ $refText }) => $refText).join(', ')}`,
        named.runs[0]?.duration?.$cstNode?.text,
      ]);
    case 'Group':
      return groupWords(named.members.filter(({ $type }) => $type !== 'Exposure').length);
    case 'Hazard':
      return '';
  }
}

const joined = (parts: readonly (string | false | undefined)[]): string => parts.filter(Boolean).join(' · ');

const count = (instances: number | undefined): string | undefined =>
  instances === undefined || !Number.isFinite(instances) ? undefined : countWords(instances);

const groupWords = (members: number): string => (members === 1 ? '1 member' : `${members} members`);
