import { AstUtils, type LangiumDocument, type MaybePromise, URI } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens, CodeLensParams, Command } from 'vscode-languageserver-protocol';
import {
  type Architecture,
  isArchitecture,
  isScenario,
  isService,
  type Scenario,
  type Service,
} from '../generated/ast.ts';
import { fileOf } from '../names/files.ts';
import type { P2PArchServices } from '../services.ts';
import { CutSetWords } from './cut-sets.ts';
import { type Meanings, meaningsOf } from './meanings.ts';
import { nameWords } from './occurrences.ts';

export const OPEN_DIAGRAM = 'p2parch.openDiagram';
export const SHOW_FAULT_TREE = 'p2parch.showFaultTree';
export const RUN_SCENARIO = 'p2parch.runScenario';

/** Above an architecture its picture and comparison, above a scenario its run, above a service its minimal cut sets. */
export class P2PArchLenses implements CodeLensProvider {
  private readonly services: P2PArchServices;
  private readonly meanings: Meanings;
  private readonly cutSets = new CutSetWords();

  constructor(services: P2PArchServices) {
    this.services = services;
    this.meanings = meaningsOf(services);
    const { lsp, workspace } = services.shared;
    // Never between a change and the trees that are made of it.
    lsp.Connection?.onCodeLensResolve((lens) => workspace.WorkspaceLock.read(() => this.resolveCodeLens(lens)));
  }

  provideCodeLens(document: LangiumDocument, _params: CodeLensParams): CodeLens[] {
    const { architectures, scenarios } = fileOf(document);
    return [
      ...architectures.filter(({ name }) => name !== undefined).flatMap((architecture) => this.above(architecture)),
      ...scenarios.flatMap(runLens),
    ];
  }

  /** Cut sets take longer than a keystroke, so they are counted for the services in sight alone. */
  resolveCodeLens(lens: CodeLens): MaybePromise<CodeLens> {
    const { uri, architecture, service } = (lens.data ?? {}) as Partial<ServiceData>;
    const document = uri === undefined ? undefined : this.meanings.documents.getDocument(URI.parse(uri));
    const found = document && fileOf(document).architectures.find(({ name }) => name === architecture);
    if (!found || service === undefined) return { ...lens, command: { title: '', command: '' } };
    const { Problems } = this.services.problems;
    const lowered = Problems.models.lower(found);
    // Of half a text any count would be a guess.
    const title = Problems.isSound(lowered)
      ? this.cutSets.of(Problems.models.analysis(lowered), service)
      : 'Minimal cut sets: once the errors are gone';
    return { ...lens, command: { title, command: SHOW_FAULT_TREE, arguments: [{ uri, architecture, service }] } };
  }

  private above(architecture: Architecture): CodeLens[] {
    const uri = AstUtils.getDocument(architecture).uri.toString();
    const diagram = command('Diagram', OPEN_DIAGRAM, { uri, architecture: architecture.name });
    return [
      ...lensAt(architecture, diagram),
      ...this.comparisons(architecture).flatMap((comparison) => lensAt(architecture, comparison)),
      ...architecture.members.filter(isService).flatMap((service) => serviceLens(service, architecture)),
      ...architecture.members.filter(isScenario).flatMap(runLens),
    ];
  }

  /** One for each scenario that runs on this architecture and on others. */
  private comparisons(architecture: Architecture): Command[] {
    const all = this.meanings.documents.all
      .flatMap((document) => this.scenariosOf(document))
      .filter(({ on }) => on.length > 1 && on.includes(architecture))
      .toArray();
    return all.map(({ scenario, on }) =>
      command(all.length === 1 ? 'Compare' : `Compare in ${scenario.name}`, RUN_SCENARIO, {
        uri: AstUtils.getDocument(scenario).uri.toString(),
        scenario: scenario.name,
        architectures: on.map(({ name }) => name),
      }),
    );
  }

  private scenariosOf(document: LangiumDocument): { scenario: Scenario; on: Architecture[] }[] {
    const { architectures, scenarios } = fileOf(document);
    const inside = architectures.flatMap((architecture) => architecture.members.filter(isScenario));
    return [...scenarios, ...inside]
      .filter(({ name }) => name !== undefined)
      .map((scenario) => ({ scenario, on: this.meanings.grounds(scenario) }));
  }
}

interface ServiceData {
  readonly uri: string;
  readonly architecture: string;
  readonly service: string;
}

function serviceLens(service: Service, { name: architecture }: Architecture): CodeLens[] {
  const range = nameWords(service)?.range;
  const data: ServiceData = { uri: AstUtils.getDocument(service).uri.toString(), architecture, service: service.name };
  return range && service.name !== undefined ? [{ range, data }] : [];
}

/** A scenario inside an architecture runs there; one of the file, on all that its text names. */
function runLens(scenario: Scenario): CodeLens[] {
  if (scenario.name === undefined) return [];
  const around = AstUtils.getContainerOfType(scenario, isArchitecture);
  const uri = AstUtils.getDocument(scenario).uri.toString();
  const place = { uri, scenario: scenario.name, ...(around && { architectures: [around.name] }) };
  return lensAt(scenario, command('Run', RUN_SCENARIO, place));
}

const command = (title: string, id: string, argument: object): Command => ({
  title,
  command: id,
  arguments: [argument],
});

const lensAt = (node: Architecture | Scenario, to: Command): CodeLens[] => {
  const range = nameWords(node)?.range;
  return range ? [{ range, command: to }] : [];
};
