import { AstUtils, DocumentState, type LangiumDocument, WorkspaceCache } from 'langium';
import type { CheckingServices } from '../checking-services.ts';
import { type Analysis, analyse } from '../core/analysis/index.ts';
import type { Architecture as Model } from '../core/model/index.ts';
import type { Architecture } from '../generated/ast.ts';
import { type LoweredArchitecture, lowerArchitecture } from '../lowering/architecture.ts';
import { LoweredComponents } from '../lowering/kept.ts';
import { type LoweredScenario, lowerScenario } from '../lowering/scenario.ts';
import { fileOf } from '../names/files.ts';

/** The models of the architectures of a file, with what is known of them; kept as long as they are the same. */
export class Models {
  private readonly services: CheckingServices;
  private readonly lowered: WorkspaceCache<Architecture, LoweredArchitecture>;
  /** By file and name of an architecture: the last model, and what was made of it. */
  private readonly analyses = new Map<string, { readonly model: Model; readonly analysis: Analysis }>();

  private keptComponents: LoweredComponents | undefined;

  constructor(services: CheckingServices) {
    this.services = services;
    this.lowered = new WorkspaceCache(services.shared, DocumentState.Parsed);
  }

  architectures(document: LangiumDocument): LoweredArchitecture[] {
    const named = fileOf(document).architectures.filter((architecture) => architecture.name !== undefined);
    return named.map((architecture) => this.lower(architecture));
  }

  lower(architecture: Architecture): LoweredArchitecture {
    const { FileNames } = this.services.names;
    return this.lowered.get(architecture, () => lowerArchitecture(FileNames, architecture, this.components()));
  }

  /** What the last analysis of the same architecture found is used again where it still holds. */
  analysis({ model, syntax }: LoweredArchitecture): Analysis {
    const key = `${AstUtils.getDocument(syntax).uri.toString()}#${model.name}`;
    const kept = this.analyses.get(key);
    if (kept?.model === model) return kept.analysis;
    const analysis = analyse(model, kept?.analysis);
    this.analyses.set(key, { model, analysis });
    return analysis;
  }

  /**
   * The scenarios that run on an architecture, as far as its own file knows: those that stand in it or its bases, and
   * those of its file that name it. A file does not know who imports it.
   */
  scenariosOn({ syntax, members }: LoweredArchitecture): LoweredScenario[] {
    const ofFile = fileOf(AstUtils.getDocument(syntax)).scenarios.filter(({ architectures }) =>
      architectures.some((reference) => reference.ref === syntax),
    );
    const names = this.services.names.FileNames;
    return [...members.scenarios.values(), ...ofFile]
      .filter(({ name }) => name !== undefined)
      .map((scenario) => lowerScenario(names, scenario, syntax));
  }

  /** Every scenario of a file, once for each architecture that it runs on. */
  scenarios(document: LangiumDocument): LoweredScenario[] {
    const names = this.services.names.FileNames;
    const ofFile = fileOf(document).scenarios.flatMap((scenario) =>
      scenario.architectures.flatMap((reference) =>
        reference.ref ? [lowerScenario(names, scenario, reference.ref)] : [],
      ),
    );
    const inside = this.architectures(document).flatMap(({ syntax, members }) =>
      [...members.scenarios.values()].map((scenario) => lowerScenario(names, scenario, syntax)),
    );
    return [...ofFile, ...inside].filter((scenario) => scenario.model.name !== undefined);
  }

  private components(): LoweredComponents {
    this.keptComponents ??= new LoweredComponents(this.services.names.Epochs);
    return this.keptComponents;
  }
}
