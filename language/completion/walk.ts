import { type Grammar, GrammarAST, type LexerResult } from 'langium';

export type Token = LexerResult['tokens'][number];

/** Where in the grammar a word stands: the rule, the type of node that it makes, the property that it fills. */
export interface GrammarPlace {
  readonly rule: string;
  readonly type: string;
  readonly property?: string;
  /** The place of the rule in the one that calls it. */
  readonly around?: GrammarPlace;
}

/** One word that may stand next, and what may follow it. */
export interface Step {
  readonly kind: 'keyword' | 'reference' | 'value';
  /** The keyword, or the terminal's name. */
  readonly word: string;
  readonly at: GrammarPlace;
  readonly rest: Rest;
}

/** What is left to read: elements of a rule, and then what is left of the rule that called it. */
export type Rest =
  | { readonly elements: readonly GrammarAST.AbstractElement[]; readonly at: GrammarPlace; readonly next: Rest }
  | undefined;

/** Says what may stand next by walking the grammar itself, so that no second grammar can drift from it. */
export class GrammarWalk {
  private readonly rules: ReadonlyMap<string, GrammarAST.ParserRule>;
  private readonly entry: GrammarAST.ParserRule;
  private readonly insides = new Map<string, Rest>();

  constructor(grammar: Grammar) {
    const rules = grammar.rules.filter(GrammarAST.isParserRule);
    const entry = rules.find((rule) => rule.entry);
    if (!entry) throw new Error('the grammar has no entry rule');
    this.entry = entry;
    this.rules = new Map(rules.map((rule) => [rule.name, rule]));
  }

  /** The beginning of a file. */
  start(): Rest {
    return this.begin(this.entry, undefined);
  }

  /** Right behind the `{` of a rule that has one, inside other such rules, the outermost first. */
  inside(rules: readonly string[]): Rest {
    const [rule, around] = [rules.at(-1), rules.slice(0, -1)];
    if (rule === undefined) return this.start();
    const key = rules.join(' ');
    const kept = this.insides.get(key);
    if (kept) return kept;
    const found = this.opened(rule, this.inside(around));
    this.insides.set(key, found);
    return found;
  }

  /** Every word that may stand next, in the order of the grammar. */
  next(rest: Rest): Step[] {
    const steps: Step[] = [];
    this.follow(rest, steps);
    return steps;
  }

  /** The ways to read one more token. */
  read(ways: readonly Step[], token: Token): Step[] {
    return ways.filter((step) => step.word === token.tokenType.name);
  }

  /** What may stand behind words that were read so. */
  after(ways: readonly Step[]): Step[] {
    const steps = ways.flatMap((way) => this.next(way.rest));
    // Two ways that want the same word at the same place are one to whoever asks what may stand there.
    return ways.length < 2 ? steps : steps.filter((step, index) => index === steps.findIndex((one) => same(one, step)));
  }

  private begin(rule: GrammarAST.ParserRule, next: Rest, around?: GrammarPlace): Rest {
    const type = rule.inferredType?.name ?? rule.returnType?.ref?.name ?? rule.name;
    return { elements: [rule.definition], at: { rule: rule.name, type, ...(around && { around }) }, next };
  }

  private opened(name: string, next: Rest): Rest {
    const rule = this.rules.get(name);
    if (!rule) return undefined;
    const queue: Rest[] = [this.begin(rule, next)];
    const passed = new Set<string>();
    for (const rest of queue) {
      for (const step of this.next(rest)) {
        const key = JSON.stringify([step.word, step.at]);
        if (step.at.rule !== name || passed.has(key)) continue;
        passed.add(key);
        if (step.word === '{') return step.rest;
        queue.push(step.rest);
      }
    }
    return undefined;
  }

  private follow(rest: Rest, into: Step[]): void {
    if (rest) this.sequence(rest.elements, rest.at, rest.next, into);
  }

  private sequence(elements: readonly GrammarAST.AbstractElement[], at: GrammarPlace, next: Rest, into: Step[]): void {
    const [first, ...others] = elements;
    if (!first) {
      this.follow(next, into);
    } else if (GrammarAST.isAction(first)) {
      this.sequence(others, { ...at, type: first.inferredType?.name ?? first.type?.ref?.name ?? at.type }, next, into);
    } else {
      this.repeated(first, at, others.length > 0 ? { elements: others, at, next } : next, into);
    }
  }

  private repeated(element: GrammarAST.AbstractElement, at: GrammarPlace, rest: Rest, into: Step[]): void {
    const { cardinality } = element;
    if (cardinality === '*' || cardinality === '+') {
      const again = { ...element, cardinality: '*' as const };
      this.once(element, at, { elements: [again], at, next: rest }, into);
    } else {
      this.once(element, at, rest, into);
    }
    if (cardinality === '*' || cardinality === '?') this.follow(rest, into);
  }

  private once(element: GrammarAST.AbstractElement, at: GrammarPlace, rest: Rest, into: Step[]): void {
    if (GrammarAST.isGroup(element)) {
      this.sequence(element.elements, at, rest, into);
    } else if (GrammarAST.isAlternatives(element)) {
      for (const alternative of element.elements) this.repeated(alternative, at, rest, into);
    } else if (GrammarAST.isAssignment(element)) {
      this.repeated(element.terminal, { ...at, property: element.feature }, rest, into);
    } else if (GrammarAST.isKeyword(element)) {
      into.push({ kind: 'keyword', word: element.value, at, rest });
    } else if (GrammarAST.isCrossReference(element)) {
      const terminal = GrammarAST.isRuleCall(element.terminal) ? element.terminal.rule.ref?.name : undefined;
      into.push({ kind: 'reference', word: terminal ?? 'NAME', at, rest });
    } else if (GrammarAST.isRuleCall(element)) {
      const rule = element.rule.ref;
      // A fragment fills the properties of the rule that it is a part of.
      if (GrammarAST.isParserRule(rule) && rule.fragment) this.sequence([rule.definition], at, rest, into);
      else if (GrammarAST.isParserRule(rule)) this.follow(this.begin(rule, rest, at), into);
      else if (rule) into.push({ kind: 'value', word: rule.name, at, rest });
    }
  }
}

/** The nearest place around, its own first, that has to do with one of the rules. */
export function placeIn(at: GrammarPlace, isWanted: (rule: string) => boolean): GrammarPlace | undefined {
  for (let place: GrammarPlace | undefined = at; place; place = place.around) if (isWanted(place.rule)) return place;
  return undefined;
}

const same = (left: Step, right: Step): boolean =>
  left.word === right.word && left.kind === right.kind && samePlace(left.at, right.at);

const samePlace = (left: GrammarPlace | undefined, right: GrammarPlace | undefined): boolean =>
  left === right ||
  (left !== undefined &&
    right !== undefined &&
    left.rule === right.rule &&
    left.type === right.type &&
    left.property === right.property &&
    samePlace(left.around, right.around));
