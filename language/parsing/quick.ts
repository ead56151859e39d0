import type { IToken } from 'chevrotain';
import {
  type AstNode,
  AstUtils,
  type CstNode,
  CstUtils,
  type GenericAstNode,
  GrammarAST,
  GrammarUtils,
  type LangiumCoreServices,
} from 'langium';
import { type MovableComposite, MovableCstBuilder } from './movable.ts';
import type { Statement, StatementReader } from './statements.ts';

/** As a reader of statements; undefined for words that are not right. */
export type QuickReader = (...what: Parameters<StatementReader>) => Statement | undefined;

/** How an element of the grammar is read from where the reading stands. */
interface Step {
  readonly read: () => void;
  /** The names of the kinds of words that it may begin with. */
  readonly first: () => ReadonlySet<string>;
  /** Whether it may be nothing. */
  readonly isOptional: () => boolean;
}

interface RuleStep extends Step {
  /** Of the node that the rule makes. */
  readonly $type: string;
}

/** The words are not those of the grammar. Nobody sees it: the parser reads them again, and tells what is wrong. */
class Misfit extends Error {}
const MISFIT = new Misfit();

/** The type of what is under way to become a text or a number, and no node. */
const VALUE = '';

/**
 * Reads statements without mistakes by walking the grammar, one word ahead: wherever the grammar leaves a choice, the next
 * word decides, which holds for this grammar and is tested. Makes what Langium's parser makes, call for call. That
 * parser has to be built, and learns to look ahead as it goes; most programs that read a file end before this pays.
 */
export function quickReader({ Grammar, parser, references, shared }: LangiumCoreServices): QuickReader {
  const { ValueConverter } = parser;
  const { Linker } = references;
  const builder = new MovableCstBuilder();
  const rules = new Map<GrammarAST.ParserRule, RuleStep>();
  const byName = new Map(Grammar.rules.map((rule) => [rule.name, rule]));
  let stack: GenericAstNode[] = [];
  let tokens: readonly IToken[] = [];
  let hidden: readonly IToken[] = [];
  let [at, hiddenAt] = [0, 0];

  return (ruleName, words, anchor) => {
    const rule = byName.get(ruleName);
    if (!rule || !GrammarAST.isParserRule(rule)) return undefined;
    [stack, tokens, hidden, at, hiddenAt] = [[], words.tokens, words.hidden, 0, 0];
    builder.anchor = anchor;
    const cst = builder.buildRootNode();
    try {
      const node = nodeOf(rule);
      return at === tokens.length ? finished(node, cst) : undefined;
    } catch (error) {
      if (error === MISFIT) return undefined;
      throw error;
    }
  };

  function finished(node: unknown, cst: MovableComposite): Statement {
    if (!isNode(node)) throw MISFIT;
    link(node);
    builder.addHiddenNodes(hidden.slice(hiddenAt));
    return { node, cst, errors: [] };
  }

  /** A step is made when it is asked for first: rules name one another in circles. */
  function stepOfRule(rule: GrammarAST.ParserRule): RuleStep {
    const known = rules.get(rule);
    if (known) return known;
    let step: Step | undefined;
    const definition = () => {
      step ??= stepOf(rule.definition);
      return step;
    };
    const lazy: RuleStep = {
      $type: GrammarUtils.isDataTypeRule(rule) ? VALUE : GrammarUtils.getTypeName(rule),
      read: () => definition().read(),
      first: () => definition().first(),
      isOptional: () => definition().isOptional(),
    };
    rules.set(rule, lazy);
    return lazy;
  }

  function stepOf(element: GrammarAST.AbstractElement): Step {
    const once = stepOnce(element);
    const { cardinality } = element;
    if (cardinality === undefined) return once;
    const isNext = () => at < tokens.length && once.first().has(kindOf(tokens[at] as IToken));
    const repeats = cardinality !== '?';
    return {
      first: once.first,
      isOptional: () => cardinality !== '+' || once.isOptional(),
      read: () => {
        if (cardinality === '+') once.read();
        while (isNext()) {
          once.read();
          if (!repeats) return;
        }
      },
    };
  }

  function stepOnce(element: GrammarAST.AbstractElement): Step {
    if (GrammarAST.isKeyword(element)) return word(element.value, element);
    if (GrammarAST.isAssignment(element)) return stepOf(element.terminal);
    if (GrammarAST.isRuleCall(element)) return call(element.rule.ref, element);
    if (GrammarAST.isCrossReference(element)) {
      return GrammarAST.isRuleCall(element.terminal) ? call(element.terminal.rule.ref, element) : unknown();
    }
    if (GrammarAST.isAction(element)) {
      const type = GrammarUtils.getTypeName(element);
      return { read: () => act(element, type), first: () => new Set(), isOptional: () => true };
    }
    if (GrammarAST.isAlternatives(element)) return choice(element.elements.map(stepOf));
    if (GrammarAST.isGroup(element) && !element.guardCondition) return sequence(element.elements.map(stepOf));
    return unknown();
  }

  /** What this grammar does not use is left to Langium. */
  function unknown(): Step {
    return { read: misfit, first: () => new Set(), isOptional: () => false };
  }

  function sequence(steps: readonly Step[]): Step {
    return {
      read: () => {
        for (const step of steps) step.read();
      },
      first: remembered(() => {
        const first = new Set<string>();
        for (const step of steps) {
          for (const kind of step.first()) first.add(kind);
          if (!step.isOptional()) break;
        }
        return first;
      }),
      isOptional: () => steps.every((step) => step.isOptional()),
    };
  }

  function choice(steps: readonly Step[]): Step {
    const byKind = remembered(
      () => new Map(steps.toReversed().flatMap((step) => [...step.first()].map((kind) => [kind, step] as const))),
    );
    return {
      read: () => {
        const next = tokens[at];
        const step = next && byKind().get(kindOf(next));
        if (step) step.read();
        else if (!steps.some((one) => one.isOptional())) misfit();
      },
      first: remembered(() => new Set(byKind().keys())),
      isOptional: () => steps.some((step) => step.isOptional()),
    };
  }

  function call(rule: GrammarAST.AbstractRule | undefined, feature: GrammarAST.AbstractElement): Step {
    if (GrammarAST.isTerminalRule(rule)) return word(rule.name, feature);
    if (!GrammarAST.isParserRule(rule) || rule.parameters.length > 0) return unknown();
    const { first, isOptional, read } = stepOfRule(rule);
    if (rule.fragment) return { first, isOptional, read };
    const assignment = assignmentOf(feature);
    return { first, isOptional, read: () => callRule(rule, feature, assignment) };
  }

  function word(kind: string, feature: GrammarAST.AbstractElement): Step {
    const first = new Set([kind]);
    const isKeyword = GrammarAST.isKeyword(feature);
    const assignment = assignmentOf(feature);
    const read = () => {
      const token = tokens[at];
      if (token === undefined || kindOf(token) !== kind || !CstUtils.isValidTokenRange(token)) throw MISFIT;
      at += 1;
      commentsBefore(token.startOffset);
      const leaf = builder.buildLeafNode(token, feature) as CstNode;
      if (assignment === undefined && current().$type !== VALUE) return;
      const value = isKeyword ? token.image : ValueConverter.convert(token.image, leaf);
      if (assignment) assign(assignment, value, leaf);
      else append(value);
    };
    return { read, first: () => first, isOptional: () => false };
  }

  function commentsBefore(offset: number): void {
    const begun = hiddenAt;
    while (hiddenAt < hidden.length && (hidden[hiddenAt] as IToken).startOffset <= offset) hiddenAt += 1;
    if (hiddenAt > begun) builder.addHiddenNodes(hidden.slice(begun, hiddenAt));
  }

  function callRule(
    rule: GrammarAST.ParserRule,
    feature: GrammarAST.AbstractElement,
    assignment: Assignment | undefined,
  ): void {
    const cst = builder.buildCompositeNode(feature);
    const from = at;
    const result = nodeOf(rule);
    if (at === from) return;
    if (assignment) assign(assignment, result, cst as CstNode);
    else if (current().$type === VALUE) append(result);
    else if (isNode(result)) stack.push(merged(result, stack.pop() as GenericAstNode));
  }

  function nodeOf(rule: GrammarAST.ParserRule): unknown {
    const { $type, read } = stepOfRule(rule);
    stack.push($type === VALUE ? { $type, value: '' } : { $type });
    read();
    return construct();
  }

  function construct(): unknown {
    const node = stack.pop() as GenericAstNode;
    builder.construct(node);
    if (node.$type === VALUE) return ValueConverter.convert(String(node.value), node.$cstNode as CstNode);
    AstUtils.assignMandatoryProperties(shared.AstReflection, node);
    return node;
  }

  function act(action: GrammarAST.Action, $type: string): void {
    if (action.feature === undefined || action.operator === undefined) {
      Object.assign(current(), { $type });
      return;
    }
    const last = construct() as GenericAstNode;
    const cst = last.$cstNode as MovableComposite & CstNode;
    builder.removeNode(cst);
    builder.appendChild(builder.buildCompositeNode(action), cst);
    stack.push({ $type });
    assignTo(action.operator, action.feature, last);
  }

  function assign({ operator, feature, isReference }: Assignment, value: unknown, cst: CstNode): void {
    const isName = isReference && typeof value === 'string';
    assignTo(operator, feature, isName ? Linker.buildReference(current(), feature, cst, value) : value);
  }

  function assignTo(operator: '=' | '?=' | '+=', feature: string, item: unknown): void {
    const node = current();
    link(item);
    if (operator === '=') {
      node[feature] = item;
      contain(item, node, feature);
    } else if (operator === '?=') node[feature] = true;
    else {
      const items = Array.isArray(node[feature]) ? node[feature] : [];
      node[feature] = items;
      contain(item, node, feature, items.push(item) - 1);
    }
  }

  function append(text: unknown): void {
    current().value = `${current().value}${text}`;
  }

  function current(): GenericAstNode {
    return stack.at(-1) as GenericAstNode;
  }
}

const kindOf = (token: IToken): string => token.tokenType.name;

interface Assignment extends Pick<GrammarAST.Assignment, 'operator' | 'feature'> {
  readonly isReference: boolean;
}

/** What takes the value of an element. */
function assignmentOf(element: GrammarAST.AbstractElement): Assignment | undefined {
  const found = AstUtils.getContainerOfType(element, GrammarAST.isAssignment);
  if (found === undefined) return undefined;
  const { operator, feature, terminal } = found;
  return { operator, feature, isReference: GrammarAST.isCrossReference(terminal) };
}

function misfit(): never {
  throw MISFIT;
}

const isNode = (value: unknown): value is AstNode => typeof value === 'object' && value !== null && '$type' in value;

function link(item: unknown): void {
  if (isNode(item) && item.$cstNode) Object.assign(item.$cstNode, { astNode: item });
}

function contain(item: unknown, $container: AstNode, $containerProperty: string, $containerIndex?: number): void {
  if (!isNode(item)) return;
  const contained: { -readonly [Property in keyof AstNode]: AstNode[Property] } = item;
  contained.$container = $container;
  contained.$containerProperty = $containerProperty;
  if ($containerIndex !== undefined) contained.$containerIndex = $containerIndex;
}

/** What a rule has read that stands for the whole of another, with what that had already. */
function merged(node: AstNode, before: GenericAstNode): GenericAstNode {
  const result = node as GenericAstNode;
  let taken = false;
  for (const [name, value] of Object.entries(before)) {
    if (name === '$type') continue;
    taken = true;
    const own = result[name];
    if (own === undefined) result[name] = value;
    else if (Array.isArray(own) && Array.isArray(value)) result[name] = [...value, ...own];
  }
  Object.assign(result, { $cstNode: undefined });
  if (taken) AstUtils.linkContentToContainer(result);
  return result;
}

function remembered<Value>(compute: () => Value): () => Value {
  let kept: { readonly value: Value } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}
