import { type AstNode, AstUtils, type LangiumDocument } from 'langium';
import { componentsOf, hasProgrammaticControl } from '../core/model/index.ts';
import {
  type Architecture,
  type Element,
  isArchitecture,
  isComponent,
  isHazard,
  type Scenario,
} from '../generated/ast.ts';
import { described } from '../lowering/architecture.ts';
import { type FileNames, fileOf } from '../names/files.ts';
import { expectationOf } from '../names/kinds.ts';
import type { Models } from '../problems/models.ts';
import type { P2PArchServices } from '../services.ts';
import type { Block, Statement } from './outline.ts';
import type { Sight } from './sight.ts';
import { placeIn, type Step, type Token } from './walk.ts';

/** A name that may stand at a place. */
export interface Candidate {
  readonly name: string;
  readonly kind: (Element | Scenario)['$type'] | 'Architecture';
  /** Its declaration in short: `users "Skype clients"`. */
  readonly header: string;
  /** Where it is declared: 0 here, 1 in a base, 2 in the file around, 3 in an import. */
  readonly distance: number;
  /** Its declaration, where that could be read whole. */
  readonly node?: AstNode;
}

/** Knows which names may stand where the grammar wants one. */
export class Candidates {
  private readonly names: FileNames;
  private readonly models: () => Models;
  /** What was asked for last: one list of offers asks for the same names for many slots. */
  private lastVisible:
    | {
        readonly sight: Sight;
        readonly architecture: Architecture | undefined;
        readonly inBase: boolean;
        readonly candidates: readonly Candidate[];
      }
    | undefined;

  constructor(services: P2PArchServices) {
    this.names = services.names.FileNames;
    this.models = () => services.problems.Problems.models;
  }

  /** The names that may stand for `step`, the nearest first; none that would be an error there. */
  at(document: LangiumDocument, sight: Sight, step: Step): Candidate[] {
    const { type, property = '' } = step.at;
    if (type === 'Architecture' || type === 'Scenario') return this.architectures(document, sight, type);
    const container: AstNode = { $type: placeIn(step.at, (rule) => rule === 'Service') ? 'Service' : 'Component' };
    const kinds: readonly string[] = expectationOf({ $type: type, $container: container }, property)?.kinds ?? [];
    const excluded = excludedNames(sight, type);
    const found = this.architecturesAround(document, sight);
    // An architecture that could not be read has its tokens still.
    const architectures = found.length === 0 && !isInScenarioOfFile(sight) ? [undefined] : found;
    const [first = [], ...others] = architectures.map((architecture) => {
      const isAllowed = this.allowed(sight, type, architecture);
      return this.visible(document, sight, architecture, type === 'Removal').filter(
        ({ name, kind }) => kinds.includes(kind) && !excluded.has(name) && isAllowed(name),
      );
    });
    const everywhere = others.map((candidates) => new Set(candidates.map(({ name }) => name)));
    return first.filter(({ name }) => everywhere.every((names) => names.has(name)));
  }

  /** The architectures in which the words at a place look up their names. */
  architecturesAround(document: LangiumDocument, { block, tokens, statement, offset }: Sight): Architecture[] {
    for (let at: Block | undefined = block; at; at = at.around) {
      if (at.rule === 'Architecture') return this.own(document, nameOf(at.header, tokens), offset);
    }
    for (let at: Block | undefined = block; at; at = at.around) {
      if (at.rule !== 'Scenario') continue;
      const declarations = this.names.declarations(document);
      return listedBehind('on', at.header, tokens).flatMap((name) => {
        const found = declarations.get(name);
        return isArchitecture(found) ? [found] : [];
      });
    }
    // The head of an architecture stands outside of its braces.
    return statement?.rule === 'Architecture' ? this.own(document, nameOf(statement, tokens), offset) : [];
  }

  private own(document: LangiumDocument, name: string | undefined, offset: number): Architecture[] {
    const named = fileOf(document).architectures.filter((architecture) => architecture.name === name);
    const around = named.find(({ $cstNode: words }) => words && words.offset <= offset && offset <= words.end);
    const found = around ?? named[0];
    return found ? [found] : [];
  }

  /** Every element that can be named, whatever its kind. */
  private visible(
    document: LangiumDocument,
    sight: Sight,
    architecture: Architecture | undefined,
    inBase: boolean,
  ): readonly Candidate[] {
    const kept = this.lastVisible;
    if (kept?.sight === sight && kept.architecture === architecture && kept.inBase === inBase) return kept.candidates;
    const candidates = this.collect(document, sight, architecture, inBase);
    this.lastVisible = { sight, architecture, inBase, candidates };
    return candidates;
  }

  private collect(
    document: LangiumDocument,
    sight: Sight,
    architecture: Architecture | undefined,
    inBase: boolean,
  ): Candidate[] {
    const base = inBase && architecture ? this.names.baseOf(architecture) : architecture;
    if (!base && inBase) return [];
    const found = new Map<string, Candidate>();
    const add = (name: string, candidate: Omit<Candidate, 'name'>): void => {
      if (!found.has(name)) found.set(name, { name, ...candidate });
    };
    const elements = base ? [...this.names.members(base).elements] : [];
    const isOwn = (element: Element): boolean => AstUtils.getContainerOfType(element, isArchitecture) === base;
    for (const [distance, ofDistance] of [elements.filter(([, element]) => isOwn(element)), elements].entries()) {
      for (const [name, node] of ofDistance) add(name, { kind: node.$type, header: headerOf(node), distance, node });
    }
    if (inBase) {
      const scenarios = base ? this.names.members(base).scenarios : [];
      for (const [name, node] of scenarios) add(name, { kind: node.$type, header: headerOf(node), distance: 1, node });
      return [...found.values()];
    }
    for (const declared of declaredAround(sight)) add(declared.name, declared);
    for (const [name, node] of this.names.declarations(document)) {
      const distance = AstUtils.getDocument(node) === document ? 2 : 3;
      if (isHazard(node)) add(name, { kind: 'Hazard', header: headerOf(node), distance, node });
    }
    return [...found.values()];
  }

  private architectures(document: LangiumDocument, sight: Sight, type: 'Architecture' | 'Scenario'): Candidate[] {
    const [own] = type === 'Architecture' ? this.architecturesAround(document, sight) : [];
    const listed = new Set([...sight.before, ...sight.behind].filter(isName).map(nameText));
    const all = [...this.names.declarations(document)].flatMap(([name, node]): Candidate[] => {
      if (!isArchitecture(node) || listed.has(name) || (own && this.names.chainOf(node).includes(own))) return [];
      const distance = AstUtils.getDocument(node) === document ? 0 : 3;
      return [{ name, kind: 'Architecture', header: headerOf(node), distance, node }];
    });
    return all;
  }

  /** What the language forbids beyond kinds: circles of promotion, and steps that the company cannot take. */
  private allowed(sight: Sight, type: string, architecture: Architecture | undefined): (name: string) => boolean {
    if (!architecture || (type !== 'Promoted' && type !== 'Restore' && type !== 'Add')) return () => true;
    const { model } = this.models().lower(architecture);
    const byName = new Map(model.components.map((component) => [component.name, component]));
    if (type !== 'Promoted') {
      return (name) =>
        componentsOf(model, name)
          .flatMap((inner) => byName.get(inner) ?? [])
          .every((component) => (type === 'Add' ? component.party === 'company' : hasProgrammaticControl(component)));
    }
    const self = nameOf(sight.block.header, sight.tokens);
    return (name) => {
      const passed = new Set<string>();
      for (let at: string | undefined = name; at !== undefined && !passed.has(at); ) {
        if (at === self) return false;
        passed.add(at);
        at = byName.get(at)?.promotion?.source;
      }
      return true;
    };
  }
}

function isInScenarioOfFile({ block }: Sight): boolean {
  return block.rule === 'Scenario' && block.around?.rule === 'File';
}

const isName = (token: Token): boolean => token.tokenType.name === 'NAME';

const nameText = (token: Token): string => token.image.normalize('NFC');

/** The name that a statement declares. */
export function nameOf(statement: Statement | undefined, tokens: readonly Token[]): string | undefined {
  const token = statement && tokens[statement.start + 1];
  return token && isName(token) ? nameText(token) : undefined;
}

function listedBehind(word: string, statement: Statement | undefined, tokens: readonly Token[]): string[] {
  if (!statement) return [];
  const header = tokens.slice(statement.start, statement.block?.open ?? statement.end);
  const at = header.findIndex((token) => token.tokenType.name === word);
  return at < 0 ? [] : header.slice(at).filter(isName).map(nameText);
}

/** Names that would stand twice, or for the thing that they stand in. */
function excludedNames({ block, statement, before, behind, tokens }: Sight, type: string): Set<string> {
  const excluded = new Set<string>();
  const here = [...before, ...behind].filter(isName).map(nameText);
  const self = nameOf(block.header, tokens);
  const rules = type === 'ReferenceNeed' ? ['Needs', 'ServiceNeeds'] : [type];
  const others = block.statements.filter((other) => other !== statement && rules.includes(other.rule ?? ''));
  const namesOf = (other: Statement): string[] => tokens.slice(other.start, other.end).filter(isName).map(nameText);
  switch (type) {
    case 'ReferenceNeed':
      for (const name of here) excluded.add(name);
      if (self !== undefined) excluded.add(self);
      // What one of two alternatives asks for, another line may ask for alone.
      for (const [name, ...more] of others.map(namesOf))
        if (name !== undefined && more.length === 0) excluded.add(name);
      break;
    case 'Promoted':
      if (self !== undefined) excluded.add(self);
      break;
    case 'Serves':
    case 'Admits':
    case 'Exposure':
    case 'Removal':
      for (const name of others.flatMap(namesOf)) excluded.add(name);
      break;
    case 'Share':
      for (const name of here) excluded.add(name);
      break;
  }
  return excluded;
}

const ELEMENT_RULES: readonly string[] = ['Component', 'Group', 'Service', 'Hazard'] satisfies Element['$type'][];

const isElementRule = (rule: string | undefined): rule is Element['$type'] =>
  rule !== undefined && ELEMENT_RULES.includes(rule);

/** What the tokens of the architecture around declare: a parser that met an error may have left some of it out. */
function declaredAround({ block, tokens }: Sight): Candidate[] {
  let architecture: Block | undefined = block;
  while (architecture && architecture.rule !== 'Architecture') architecture = architecture.around;
  const found: Candidate[] = [];
  const collect = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      const name = nameOf(statement, tokens);
      if (name === undefined || !isElementRule(statement.rule)) continue;
      const title = tokens[statement.start + 2];
      const words = title?.tokenType.name === 'STRING' ? `${statement.keyword} ${title.image}` : `${statement.keyword}`;
      found.push({ name, kind: statement.rule, header: words, distance: 0 });
      if (statement.rule === 'Group') collect(statement.block?.statements ?? []);
    }
  };
  collect(architecture?.statements ?? []);
  return found;
}

/** A declaration in short, in the language's own words. */
export function headerOf(node: Element | Scenario | Architecture): string {
  const title = node.title === undefined ? '' : ` ${JSON.stringify(node.title)}`;
  if (!isComponent(node)) return `${node.$type.toLowerCase()}${title}`;
  return `${node.party}${title}${node.operator === undefined ? '' : ` by ${JSON.stringify(node.operator)}`}`;
}

/** The comment above, as Markdown. Its pictures are links: whoever looks at a file loads nothing from where it says. */
export const documentationOf = (node: AstNode | undefined): string | undefined =>
  node && described(node).documentation?.replaceAll('![', '\\![');
