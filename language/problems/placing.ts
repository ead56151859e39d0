import { type AstNode, AstUtils, type CstNode, GrammarUtils, type LangiumDocument } from 'langium';
import type { Position, Range } from 'vscode-languageserver-types';
import type { Place } from '../core/model/index.ts';
import type { Finding } from '../core/rules/index.ts';
import { isArchitecture, isExposure } from '../generated/ast.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import { type Location, locate } from '../lowering/places.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import { fileOf } from '../names/files.ts';
import type { Problem } from './problem.ts';

/**
 * A finding at its words in `document`. What stands in another file is told where this file brings it in: at the first
 * `exposed to` of a hazard, at `extends`, and for an architecture of another file at the scenario that runs on it.
 */
export function placed(
  lowered: LoweredArchitecture,
  finding: Finding,
  scenarios: readonly LoweredScenario[],
  document: LangiumDocument,
): Problem | undefined {
  const byName = new Map(scenarios.toReversed().map(({ model, syntax }) => [model.name, syntax]));
  const uri = document.uri.toString();
  const found = locate(lowered, finding.place, byName);
  const related = finding.related.flatMap(({ place, message }) => {
    const location = locate(lowered, place, byName);
    return location ? [{ ...location, message }] : [];
  });
  const here = found?.uri === uri;
  const isOwn = AstUtils.getDocument(lowered.syntax) === document;
  const range = here
    ? found.range
    : isOwn
      ? broughtIn(lowered, finding.place, document)?.range
      : (related.find((other) => other.uri === uri)?.range ?? runOn(lowered, scenarios, document)?.range);
  if (!range) return undefined;
  const elsewhere = found && !here ? [{ ...found, message: 'It stands here.' }] : [];
  return {
    kind: 'finding',
    rule: finding.rule,
    severity: finding.severity,
    message:
      isOwn && speaksForItself(lowered, finding, found)
        ? finding.message
        : `${finding.architecture}: ${finding.message}`,
    range,
    architecture: finding.architecture,
    ...(finding.service !== undefined && { service: finding.service }),
    ...(finding.subject !== undefined && { subject: finding.subject }),
    ...(finding.identity !== undefined && { identity: finding.identity }),
    accepted: finding.acceptedBy !== undefined,
    related: [...elsewhere, ...related],
  };
}

/** Whether the words where a finding stands show which architecture it is about. */
function speaksForItself({ syntax, model }: LoweredArchitecture, { place }: Finding, found?: Location): boolean {
  const words = syntax.$cstNode?.range;
  if (found === undefined || words === undefined) return true;
  const inside = found.uri === AstUtils.getDocument(syntax).uri.toString() && within(found.range, words);
  // Words that a variant inherits are its base's, and those of a scenario belong to all that it runs on.
  return inside || (model.base === undefined && place.kind !== 'expectation' && place.kind !== 'scenario');
}

function broughtIn(
  { syntax, model }: LoweredArchitecture,
  place: Place,
  document: LangiumDocument,
): CstNode | undefined {
  const hazard = place.kind === 'name' && model.hazards.some(({ name }) => name === place.element) ? place.element : '';
  const exposure = AstUtils.streamAst(fileOf(document)).find(
    (node) =>
      isExposure(node) &&
      node.hazard?.$refText === hazard &&
      AstUtils.getContainerOfType(node, isArchitecture) === syntax,
  );
  const property = (name: string) => GrammarUtils.findNodeForProperty(syntax.$cstNode, name);
  return exposure?.$cstNode ?? property('base') ?? property('name');
}

/** Where a scenario of `document` names the architecture. */
function runOn(
  { syntax }: LoweredArchitecture,
  scenarios: readonly LoweredScenario[],
  document: LangiumDocument,
): CstNode | undefined {
  const scenario = scenarios.find((one) => AstUtils.getDocument(one.syntax as AstNode) === document)?.syntax;
  return scenario?.architectures.find((reference) => reference.ref === syntax)?.$refNode ?? scenario?.$cstNode;
}

const within = (inner: Range, outer: Range): boolean =>
  !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);

export const isBefore = (left: Position, right: Position): boolean =>
  left.line < right.line || (left.line === right.line && left.character < right.character);
