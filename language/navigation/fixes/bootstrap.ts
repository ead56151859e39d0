import { AstUtils } from 'langium';
import { isNeeds, type ReferenceNeed } from '../../generated/ast.ts';
import { companyAlternative } from './alternative.ts';
import { type FindingFixer, referenceAt } from './finding.ts';

/**
 * Opens a circle that cannot start by a component that the company runs: best where something is needed to start alone,
 * for that changes nothing while all is up; else where the circle closes, else further back in it.
 */
export const addBootstrap: FindingFixer = (found) => {
  const { finding } = found;
  const places = [finding.place, ...finding.related.map(({ place }) => place).toReversed()];
  const references = [...new Set(places.flatMap((place) => referenceAt(found, place) ?? []))];
  const ordered = [...references.filter(isToStart), ...references.filter((reference) => !isToStart(reference))];
  return ordered.flatMap((reference) => {
    const edits = companyAlternative(found, [reference], 'Bootstrap');
    const title = `Add a bootstrap component the company runs beside ${reference.target?.$refText}`;
    return edits.length === 0 ? [] : { title, edits };
  });
};

const isToStart = (reference: ReferenceNeed): boolean =>
  AstUtils.getContainerOfType(reference, isNeeds)?.toStart === true;
