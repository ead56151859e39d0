import { type LangiumDocument, UriUtils } from 'langium';
import type { CheckingServices } from '../checking-services.ts';
import { type Diagram, diagramOf, geometryOf, type Layout } from '../core/diagram/index.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import { locate } from '../lowering/places.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import { fileOf } from '../names/files.ts';
import type { Picture, PictureReply } from '../protocol/pictures.ts';
import type { JobRunner } from '../workers/runner.ts';

/** Draws the architectures of a file, and keeps the last good picture of each for as long as its text has errors. */
export class Pictures {
  private readonly services: CheckingServices;
  private readonly runner: JobRunner;
  private readonly lastGood = new Map<string, Picture>();
  /** By architecture: the last diagram, and where its parts stand. */
  private readonly layouts = new Map<string, Kept>();

  constructor(services: CheckingServices, runner: JobRunner) {
    this.services = services;
    this.runner = runner;
  }

  async picture(document: LangiumDocument, architecture?: string): Promise<PictureReply> {
    const problems = this.services.problems.Problems;
    const all = problems.models.architectures(document);
    const lowered = architecture === undefined ? all[0] : all.find(({ model }) => model.name === architecture);
    const key = `${document.uri.toString()}#${architecture ?? lowered?.model.name ?? ''}`;
    const good = this.lastGood.get(key);
    if (!lowered || !problems.isSound(lowered)) {
      if (good) return { kind: 'picture', picture: { ...good, stale: true } };
      return { kind: 'refusal', message: refusal(document, lowered, architecture) };
    }
    const diagram = this.diagram(lowered);
    const layout = await this.layout(key, diagram);
    const picture: Picture = {
      uri: document.uri.toString(),
      version: document.textDocument.version,
      architecture: lowered.model.name,
      architectures: all.map(({ model }) => ({ name: model.name, title: model.title ?? model.name })),
      scenarios: scenarioEntries(problems.models.scenarios(document)),
      diagram,
      layout,
      stale: false,
      places: placesOf(lowered, diagram),
    };
    this.lastGood.set(key, picture);
    return { kind: 'picture', picture };
  }

  diagram(lowered: LoweredArchitecture): Diagram {
    return diagramOf(lowered.model, this.services.problems.Problems.findingsOf(lowered));
  }

  /**
   * A diagram that is drawn already is not laid out again: a caret moved, a number changed. What has to be laid out
   * again moves the picture that is seen as little as can be.
   */
  layout(key: string, diagram: Diagram): Promise<Layout> {
    const shape = shapeOf(diagram);
    const kept = this.layouts.get(key);
    if (kept?.shape === shape) return kept.layout;
    const layout = this.layOut(diagram, kept);
    this.layouts.set(key, { shape, diagram, layout });
    // A layout that failed is tried again when next asked for.
    layout.catch(() => this.layouts.get(key)?.layout === layout && this.layouts.delete(key));
    return layout;
  }

  private async layOut(diagram: Diagram, kept: Kept | undefined): Promise<Layout> {
    const seen = await kept?.layout.catch(() => undefined);
    const previous = kept && seen ? { previous: { diagram: kept.diagram, layout: seen } } : {};
    return this.runner.run('layout', { diagram, options: previous });
  }
}

interface Kept {
  readonly shape: string;
  readonly diagram: Diagram;
  readonly layout: Promise<Layout>;
}

/** All that a layout says: where things of this size stand, under these names. */
const shapeOf = (diagram: Diagram): string =>
  JSON.stringify([
    geometryOf(diagram),
    [...diagram.nodes, ...diagram.edges, ...diagram.containers].map(({ id }) => id),
  ]);

function refusal(
  document: LangiumDocument,
  lowered: LoweredArchitecture | undefined,
  architecture: string | undefined,
): string {
  const name = UriUtils.basename(document.uri);
  if (lowered) return `${lowered.model.name} has errors. Its picture comes as soon as they are mended.`;
  if (architecture !== undefined) return `${name} has no architecture named ${architecture}.`;
  if (fileOf(document).architectures.length > 0)
    return `${name} has errors. Its picture comes as soon as they are mended.`;
  return `${name} has no architecture yet. Begin with: architecture Name { }`;
}

/** The scenarios of a file with the architectures that each runs on. */
export function scenarioEntries(scenarios: readonly LoweredScenario[]): Picture['scenarios'] {
  const entries = new Map<string, Picture['scenarios'][number]>();
  for (const { model, architecture } of scenarios) {
    const entry = entries.get(model.name) ?? { name: model.name, title: model.title ?? model.name, architectures: [] };
    if (!entry.architectures.includes(architecture.name)) entry.architectures.push(architecture.name);
    entries.set(model.name, entry);
  }
  return [...entries.values()];
}

function placesOf(lowered: LoweredArchitecture, diagram: Diagram): Picture['places'] {
  const { groups } = lowered.model;
  const names = [...diagram.nodes.map((node) => node.id), ...groups.map((group) => group.name)];
  return names.flatMap((element) => {
    const name = locate(lowered, { kind: 'name', element });
    const whole = locate(lowered, { kind: 'declaration', element });
    return name && whole ? [{ element, ...name, whole: whole.range }] : [];
  });
}
