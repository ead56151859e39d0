import { AstUtils } from 'langium';
import type { Architecture, NeedExpression } from '../../core/model/index.ts';
import { isComponent, isNeeds, isReferenceNeed, isService, type ReferenceNeed } from '../../generated/ast.ts';
import { companyAlternative } from './alternative.ts';
import type { FileEdit, FindingFixer, Found } from './finding.ts';
import { removalOf } from './members.ts';

/** More new components than these are a new design, not a fix. */
const MOST_FALLBACKS = 3;

/**
 * A second way that the company runs, wherever the services come to need what they fall with. Where a hazard or an
 * operator takes several components, a fallback for one may do; if none does alone, all get one.
 */
export const addFallback: FindingFixer = (found) => {
  const { lowered, finding } = found;
  const referring = referencesFrom(found, finding.services);
  const struck = struckBy(lowered.model, finding.subject ?? '').filter((name) => referring.has(name));
  const alone = struck.length > 1 && struck.length <= MOST_FALLBACKS ? [struck] : [];
  return [...struck.slice(0, MOST_FALLBACKS).map((name) => [name]), ...alone].flatMap((names) => {
    const edits = names.map((name) => companyAlternative(found, referring.get(name) ?? [], 'Fallback'));
    if (edits.some((some) => some.length === 0)) return [];
    const title = `Add a company-run fallback for ${names.join(' and ')}`;
    const stale = staleWith(found, names);
    const added = { title, edits: edits.flat() };
    return stale.length === 0
      ? added
      : [added, { title: `${title} and remove the acceptance`, edits: [...edits.flat(), ...stale] }];
  });
};

/** What was accepted of them before there was a fallback, and would cover nothing then. */
function staleWith({ lowered, finding }: Found, names: readonly string[]): FileEdit[] {
  return lowered.members.acceptances.flatMap((acceptance) => {
    const on = acceptance.subject?.$refText ?? '';
    if (acceptance.rule !== finding.rule || ![...names, finding.subject].includes(on)) return [];
    const document = AstUtils.getDocument(acceptance);
    const edit = removalOf(document, acceptance);
    return edit ? { document, edit } : [];
  });
}

function struckBy({ components }: Architecture, subject: string): string[] {
  return components
    .filter(
      ({ name, operator, exposures }) =>
        name === subject ||
        (operator !== undefined && subject === `operator:${operator}`) ||
        exposures.some(({ hazard }) => hazard === subject),
    )
    .map(({ name }) => name);
}

/** By component, the references to it in all that the services need while they run. */
function referencesFrom(
  { lowered: { model, members } }: Found,
  services: readonly string[],
): ReadonlyMap<string, ReferenceNeed[]> {
  const byName = new Map([...model.services, ...model.components].map((element) => [element.name, element]));
  const references = new Map<string, ReferenceNeed[]>();
  const reached = new Set(services);
  for (const owner of reached) {
    const element = byName.get(owner);
    for (const need of element?.needs ?? []) if (!need.toStart) collect(need.expression, reached);
    if (element && 'population' in element && element.population !== undefined) reached.add(element.population);
    const syntax = members.elements.get(owner);
    const properties = isComponent(syntax) || isService(syntax) ? [...syntax.properties] : [];
    for (const property of properties) {
      if (!isNeeds(property) || property.toStart) continue;
      for (const node of AstUtils.streamAst(property).filter(isReferenceNeed)) {
        const name = node.target?.$refText;
        // What needs itself is not helped by another.
        if (name === undefined || name === owner) continue;
        references.set(name, [...(references.get(name) ?? []), node]);
      }
    }
  }
  return references;
}

function collect(expression: NeedExpression, names: Set<string>): void {
  if (expression.kind === 'reference') names.add(expression.name);
  else for (const operand of expression.operands) collect(operand, names);
}
