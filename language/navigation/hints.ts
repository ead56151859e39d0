import { type AstNode, AstUtils, type LangiumDocument } from 'langium';
import type { InlayHintProvider } from 'langium/lsp';
import type { InlayHint, InlayHintParams, Range } from 'vscode-languageserver-protocol';
import { countWords, spanWords } from '../core/diagram/index.ts';
import type * as model from '../core/model/index.ts';
import {
  type Component,
  isAdmits,
  isArchitecture,
  isComponent,
  isExpectation,
  isScenario,
  type Scenario,
} from '../generated/ast.ts';
import { fileOf } from '../names/files.ts';
import { declaredElements } from '../names/members.ts';
import type { Models } from '../problems/models.ts';
import type { Problems } from '../problems/problems.ts';
import type { P2PArchServices } from '../services.ts';
import { admissionSeconds, promotionSeconds, restartSeconds } from './refill.ts';
import { verdictOf } from './verdicts.ts';

/** Behind `promoted`, `admits` and `restarts` how long it takes until all are there again; behind `expect` the result. */
export class P2PArchHints implements InlayHintProvider {
  private readonly problems: Problems;
  private readonly models: Models;
  private readonly components = new WeakMap<model.Architecture, ReadonlyMap<string, model.Component>>();

  constructor(services: P2PArchServices) {
    this.problems = services.problems.Problems;
    this.models = this.problems.models;
  }

  getInlayHints(document: LangiumDocument, { range }: InlayHintParams): InlayHint[] {
    const { architectures, scenarios } = fileOf(document);
    const members = architectures.flatMap((architecture) => [
      ...declaredElements(architecture).filter(isComponent),
      ...architecture.members.filter(isScenario),
    ]);
    return [...members, ...scenarios]
      .filter((member) => overlaps(member.$cstNode?.range, range))
      .flatMap((member): AstNode[] => (isScenario(member) ? member.expectations : member.properties))
      .flatMap((node) => {
        const words = node.$cstNode?.range;
        const label = words && overlaps(words, range) ? this.labelOf(document, node) : undefined;
        return words && label ? [{ position: words.end, paddingLeft: true, ...label }] : [];
      });
  }

  private labelOf(document: LangiumDocument, node: AstNode): Pick<InlayHint, 'label' | 'tooltip'> | undefined {
    if (isExpectation(node)) {
      const scenario = node.$container as Scenario;
      return verdictOf(this.problems, document, scenario, scenario.expectations.indexOf(node));
    }
    const component = node.$container;
    if (!isComponent(component) || !(node.$type in TOOLTIPS)) return undefined;
    const refill = this.refillOf(component, node);
    if (!refill || refill.seconds === undefined) return undefined;
    return {
      label: `≈ ${spanWords(refill.seconds)} for all ${countWords(refill.count)}`,
      tooltip: TOOLTIPS[node.$type as keyof typeof TOOLTIPS],
    };
  }

  private componentsOf(architecture: model.Architecture): ReadonlyMap<string, model.Component> {
    const known = this.components.get(architecture);
    if (known) return known;
    const byName = new Map(architecture.components.map((component) => [component.name, component]));
    this.components.set(architecture, byName);
    return byName;
  }

  private refillOf(component: Component, node: AstNode): { count: number; seconds: number | undefined } | undefined {
    const architecture = AstUtils.getContainerOfType(component, isArchitecture);
    if (architecture?.name === undefined) return undefined;
    const lowered = this.models.lower(architecture);
    // A name given twice: the model knows the first alone.
    if (lowered.members.elements.get(component.name) !== component) return undefined;
    const byName = this.componentsOf(lowered.model);
    const found = (name: string): model.Component | undefined => byName.get(name);
    const pool = found(component.name);
    if (!pool) return undefined;
    if (isAdmits(node)) return admission(pool, component, node, found);
    if (node.$type === 'Restarts') {
      return pool.restart && { count: pool.instances, seconds: restartSeconds(pool.instances, pool.restart) };
    }
    const source = pool.promotion && found(pool.promotion.source);
    if (!pool.promotion || !source) return undefined;
    return { count: pool.instances, seconds: promotionSeconds(pool.instances, pool.promotion.rate, source.instances) };
  }
}

function admission(
  pool: model.Component,
  component: Component,
  node: AstNode,
  found: (name: string) => model.Component | undefined,
): { count: number; seconds: number | undefined } | undefined {
  const consumer = isAdmits(node) ? found(node.consumer?.$refText ?? '') : undefined;
  // A second line for the same consumer is an error, and counts for nothing.
  const first = component.properties.filter(isAdmits).find((other) => other.consumer?.$refText === consumer?.name);
  const rate = pool.admits.find((admits) => admits.consumer === consumer?.name);
  if (!consumer || !rate || first !== node) return undefined;
  return { count: consumer.instances, seconds: admissionSeconds(consumer.instances, rate, pool) };
}

const TOOLTIPS = {
  Promoted: 'Until all are promoted, if all crash at once and nothing else slows it down.',
  Admits: 'Until all are let in, if all ask at once and nothing else slows it down.',
  Restarts: 'Until the last is expected back, if all crash at once.',
} as const;

const overlaps = (inner: Range | undefined, outer: Range): boolean =>
  inner !== undefined && inner.end.line >= outer.start.line && inner.start.line <= outer.end.line;
