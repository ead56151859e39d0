import { type LangiumDocument, UriUtils } from 'langium';
import type { HoverProvider } from 'langium/lsp';
import type { HoverParams } from 'vscode-languageserver-protocol';
import type { Hover } from 'vscode-languageserver-types';
import { type Analysis, analyse } from '../core/analysis/index.ts';
import { writtenSpan } from '../core/diagram/index.ts';
import {
  type Architecture,
  type Declaration,
  type Element,
  isArchitecture,
  isHazard,
  isScenario,
  type Scenario,
} from '../generated/ast.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import { secondsOf } from '../lowering/scenario.ts';
import { fileOf, importedUri, ownDeclarations } from '../names/files.ts';
import type { P2PArchServices } from '../services.ts';
import { Candidates, documentationOf, headerOf } from './candidates.ts';
import { describeElement, several } from './descriptions.ts';
import { type Form, formOf, isFormName } from './forms.ts';
import { meaningOf } from './meanings.ts';
import { ruleWords } from './rule-words.ts';
import { type Sight, type Sights, sightsOf } from './sight.ts';
import { shownForm } from './snippets.ts';
import { placeIn, type Step, type Token } from './walk.ts';

/** Something in more than so many architectures is told of the first ones. */
const MOST_ARCHITECTURES = 3;

/** Says what stands at a place: of names what is known of the thing, of words what they mean. */
export class P2PArchHoverProvider implements HoverProvider {
  private readonly services: P2PArchServices;
  private readonly sights: Sights;
  private readonly candidates: Candidates;
  private readonly analyses = new WeakMap<LoweredArchitecture, Analysis>();

  constructor(services: P2PArchServices) {
    this.services = services;
    this.sights = sightsOf(services);
    this.candidates = new Candidates(services);
  }

  getHoverContent(document: LangiumDocument, params: HoverParams): Hover | undefined {
    const { textDocument } = document;
    const sight = this.sights.on(document, textDocument.offsetAt(params.position));
    const step = sight && sight.way.length === sight.before.length ? sight.way.at(-1) : undefined;
    const value = sight && step && this.said(document, sight, step, sight.touched);
    if (!sight || !value) return undefined;
    const range = { start: textDocument.positionAt(sight.word.start), end: textDocument.positionAt(sight.word.end) };
    return { contents: { kind: 'markdown', value }, range };
  }

  private said(document: LangiumDocument, sight: Sight, step: Step, token: Token): string | undefined {
    const { type, property, rule } = step.at;
    const name = token.image.normalize('NFC');
    if (step.kind === 'keyword') return wordText(step);
    if (step.kind === 'reference') {
      const isOfFile = type === 'Architecture' || type === 'Scenario';
      return isOfFile
        ? this.ofFile(document, name)
        : this.ofElements(document, this.named(document, sight, type, name));
    }
    if (rule === 'Acceptance' && property === 'rule') return ruleText(name);
    if (rule === 'Import') return this.ofImport(document, sight.before.length > 0 ? token.image.slice(1, -1) : '');
    if (property !== 'name') return undefined;
    if (rule === 'Scenario' && sight.block.rule === 'Architecture') return this.ofScenarioInside(document, sight, name);
    if (sight.block.rule === 'File') return this.ofFile(document, name, rule);
    return this.ofElements(document, this.named(document, sight, type, name));
  }

  /** The elements that a name means, one for each architecture that it is looked up in. */
  private named(document: LangiumDocument, sight: Sight, type: string, name: string): [Architecture, Element][] {
    const { FileNames } = this.services.names;
    return this.candidates.architecturesAround(document, sight).flatMap((around): [Architecture, Element][] => {
      const architecture = type === 'Removal' ? FileNames.baseOf(around) : around;
      const found = architecture && FileNames.lookUp(name, architecture, fileOf(document));
      return architecture && found ? [[architecture, found]] : [];
    });
  }

  private ofElements(document: LangiumDocument, found: readonly [Architecture, Element][]): string | undefined {
    const [first] = found;
    if (!first) return undefined;
    const facts = found.slice(0, MOST_ARCHITECTURES).map(([architecture, element]) => {
      const sentences = lines(describeElement(element, this.known(architecture)));
      return found.length > 1 || isForeign(document, architecture)
        ? `In ${asText(architecture.name)}:\n\n${sentences}`
        : sentences;
    });
    return sections(heading(first[1]), documentationOf(first[1]), ...new Set(facts));
  }

  private ofFile(document: LangiumDocument, name: string, rule?: string): string | undefined {
    const own = ownDeclarations(fileOf(document)).find((one) => one.name === name && one.$type === rule);
    const found = own ?? this.services.names.FileNames.declarations(document).get(name);
    if (isArchitecture(found)) return this.ofArchitecture(found);
    if (isScenario(found)) return scenarioText(found);
    if (!isHazard(found)) return undefined;
    const { FileNames } = this.services.names;
    const around = fileOf(document).architectures.filter(
      (architecture) => architecture.name !== undefined && FileNames.lookUp(name, architecture, found) === found,
    );
    const hit = around.filter((architecture) =>
      this.known(architecture).lowered.model.hazards.some((one) => one.name === name),
    );
    if (hit.length === 0) return sections(heading(found), documentationOf(found));
    const facts = hit
      .slice(0, MOST_ARCHITECTURES)
      .map(
        (architecture) =>
          `In ${asText(architecture.name)}:\n\n${lines(describeElement(found, this.known(architecture)))}`,
      );
    return sections(heading(found), documentationOf(found), ...facts);
  }

  private ofArchitecture(architecture: Architecture): string {
    const { model } = this.known(architecture).lowered;
    const parties = (['company', 'users', 'vendor'] as const).flatMap((party) => {
      const names = model.components.filter((component) => component.party === party).map(({ name }) => name);
      const who = { company: 'The company runs', users: 'Users run', vendor: 'Vendors run' }[party];
      return names.length === 0 ? [] : [`${who} ${several(names)}.`];
    });
    const services = model.services.map(({ name }) => name);
    return sections(
      heading(architecture),
      documentationOf(architecture),
      lines([
        ...(model.base === undefined ? [] : [`A variant of ${model.base}.`]),
        ...parties,
        ...(services.length === 0 ? [] : [`Gives ${several(services)}.`]),
      ]),
    );
  }

  private ofScenarioInside(document: LangiumDocument, sight: Sight, name: string): string | undefined {
    const [architecture] = this.candidates.architecturesAround(document, sight);
    const found = architecture && this.services.names.FileNames.members(architecture).scenarios.get(name);
    return found && scenarioText(found);
  }

  private ofImport(document: LangiumDocument, path: string): string | undefined {
    const node = fileOf(document).imports.find((one) => one.path === path);
    const uri = node && importedUri(document.uri, node);
    const imported = node && this.services.names.FileNames.importedFile(document, node);
    if (!uri) return undefined;
    if (!imported) return `${asText(UriUtils.basename(uri))} cannot be read.`;
    const declared = ownDeclarations(fileOf(imported));
    const all = declared.map((declaration) => `- \`${declarationWords(declaration)}\``);
    return sections(
      `**${asText(UriUtils.basename(uri))}**`,
      all.length === 0 ? 'Declares nothing.' : all.slice(0, 30).join('\n'),
    );
  }

  private known(architecture: Architecture) {
    const problems = this.services.problems.Problems;
    const lowered = problems.models.lower(architecture);
    // What is said of half a text would be a guess.
    if (!problems.isSound(lowered)) return { lowered };
    const analysis = this.analyses.get(lowered) ?? analyse(lowered.model);
    this.analyses.set(lowered, analysis);
    return { lowered, analysis };
  }
}

function isForeign(document: LangiumDocument, architecture: Architecture): boolean {
  return !fileOf(document).architectures.includes(architecture);
}

/** What a word of the language means where it stands. */
function wordText(step: Step): string | undefined {
  const at = placeIn(step.at, isFormName);
  const form: Form | undefined = at && isFormName(at.rule) ? formOf(at.rule) : undefined;
  const meaning = meaningOf(step.at.rule, step.word);
  const leads = form && (form.parts[0] === step.word || at?.rule === 'Component');
  if (step.word === '{' || step.word === '}' || step.word === ')' || step.word === ',') return undefined;
  if (!form || !(leads || meaning === undefined) || step.at.rule === 'Duration' || step.at.rule === 'Per')
    return meaning;
  const parts =
    at?.rule === 'Component' && step.at.property === 'party' ? [step.word, ...form.parts.slice(1)] : form.parts;
  const shown = [parts, ...Object.values(form.others ?? {})].map(shownForm).join('\n');
  return sections(fence(shown), meaning, form.says);
}

function ruleText(name: string): string | undefined {
  const rule = ruleWords().get(name);
  if (!rule) return undefined;
  const { says, why, remedy } = rule;
  return sections(`**${asText(name)}**`, says, why && `*Why it matters:* ${why}`, remedy && `*What to do:* ${remedy}`);
}

function scenarioText(scenario: Scenario): string {
  const duration = secondsOf(scenario.runs[0]?.duration);
  const steps = scenario.steps.map((step) => step.$cstNode?.text.replace(/\s+/g, ' ') ?? '');
  const expected = scenario.expectations.map((expectation) => expectation.$cstNode?.text.replace(/\s+/g, ' ') ?? '');
  const on = scenario.architectures.map(({ $refText }) => $refText);
  return sections(
    heading(scenario),
    documentationOf(scenario),
    lines([
      ...(on.length === 0 ? [] : [`Runs on ${several(on)}.`]),
      ...(duration > 0 ? [`Lasts ${writtenSpan(duration)}.`] : []),
    ]),
    [...steps, ...expected]
      .slice(0, 20)
      .map((text) => `- \`${text}\``)
      .join('\n'),
  );
}

const declarationWords = (node: Declaration | Element): string => {
  const header = isScenario(node)
    ? `scenario${node.title === undefined ? '' : ` ${JSON.stringify(node.title)}`}`
    : headerOf(node);
  const [keyword, ...rest] = header.split(' ');
  return [keyword, node.name, ...rest].join(' ');
};

const heading = (node: Declaration | Element): string => fence(declarationWords(node));

const fence = (text: string): string => `\`\`\`p2parch\n${text}\n\`\`\``;

/** Names are text, never markup. */
const asText = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');

const lines = (sentences: readonly string[]): string =>
  sentences.map((sentence) => `- ${escapeSentence(sentence)}`).join('\n');

/** Our own sentences mark words of the language with backticks; all else in them is text. */
const escapeSentence = (sentence: string): string =>
  sentence
    .split('`')
    .map((part, index) => (index % 2 === 1 ? `\`${part}\`` : asText(part)))
    .join('');

const sections = (...parts: readonly (string | undefined)[]): string => parts.filter((part) => part).join('\n\n');
