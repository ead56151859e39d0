import { type LangiumDocument, UriUtils } from 'langium';
import type { CheckingServices } from '../checking-services.ts';
import type { Analysis } from '../core/analysis/index.ts';
import {
  createDiagramMemory,
  type Diagram,
  type DiagramMemory,
  diagramOf,
  geometryOf,
  inOrder,
  type Layout,
} from '../core/diagram/index.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import { fileOf } from '../names/files.ts';
import type { OutlineReply, Picture, PictureReply, PictureRequest } from '../protocol/pictures.ts';
import { JobEnded, type JobRunner } from '../workers/runner.ts';
import { placesNow, placesOf } from './declared.ts';
import { foldingOf } from './folding.ts';

/** Draws the architectures of a file, and keeps the last good picture of each for as long as its text has errors. */
export class Pictures {
  private readonly services: CheckingServices;
  private readonly runner: JobRunner;
  private readonly lastGood = new Map<string, Drawable>();
  /** By architecture: where the parts of the last diagram stand, or will. */
  private readonly layouts = new Map<string, Kept>();
  /** Layouts made ahead that nobody has asked for. */
  private readonly unseen = new WeakSet<Promise<Layout>>();
  private readonly memories = new Map<string, DiagramMemory>();

  constructor(services: CheckingServices, runner: JobRunner) {
    this.services = services;
    this.runner = runner;
  }

  async picture(document: LangiumDocument, { architecture, folded, aspect }: Wanted = {}): Promise<PictureReply> {
    const { key, stale, drawable, refusal: message } = this.find(document, architecture);
    if (!drawable) return { kind: 'refusal', message };
    const { diagram, folding } = foldingOf(drawable.whole, folded);
    try {
      const layout = await this.layout(key, diagram, aspect);
      return { kind: 'picture', picture: { ...drawable.facts, diagram, layout, folding, stale } };
    } catch (error) {
      if (error instanceof JobEnded) return { kind: 'refusal', message: error.message };
      throw error;
    }
  }

  /** Has the layout ready of a picture that will be asked for, if it is asked for of about this aspect. */
  prepare(document: LangiumDocument, { architecture, folded, aspect }: Wanted): void {
    const { key, drawable } = this.find(document, architecture);
    if (!drawable) return;
    this.layout(key, foldingOf(drawable.whole, folded).diagram, aspect, true).catch(() => {});
  }

  /** The picture at once, if nothing of it has to be laid out anew. */
  redrawn(document: LangiumDocument, { architecture, folded }: Wanted): Picture | undefined {
    const { key, stale, drawable } = this.find(document, architecture);
    if (!drawable) return undefined;
    const { diagram, folding } = foldingOf(drawable.whole, folded);
    const kept = this.layouts.get(key);
    if (kept?.done === undefined || kept.shape !== shapeOf(diagram)) return undefined;
    return { ...drawable.facts, diagram, layout: kept.done, folding, stale };
  }

  /** What there is to draw and to run, with nothing laid out; of the last good text while there are errors. */
  outline(document: LangiumDocument, architecture?: string): OutlineReply {
    const found = this.find(document, architecture);
    if (!found.drawable) return { kind: 'refusal', message: found.refusal };
    const { facts, whole } = found.drawable;
    const services = whole.nodes.flatMap(({ kind, id, label }) => (kind === 'service' ? [{ name: id, label }] : []));
    return { kind: 'outline', outline: { ...facts, services } };
  }

  /** The analysis of what the picture of an architecture shows: the text as it is, or the last good one drawn. */
  analysis(document: LangiumDocument, architecture: string): { analysis: Analysis | undefined; stale: boolean } {
    const problems = this.services.problems.Problems;
    const lowered = problems.models.architectures(document).find(({ model }) => model.name === architecture);
    if (lowered !== undefined && problems.isSound(lowered))
      return { analysis: problems.models.analysis(lowered), stale: false };
    return { analysis: this.lastGood.get(keyOf(document, architecture))?.analysis, stale: true };
  }

  private find(document: LangiumDocument, architecture: string | undefined) {
    const problems = this.services.problems.Problems;
    const all = problems.models.architectures(document);
    const named = architecture === undefined ? all[0] : all.find(({ model }) => model.name === architecture);
    const lowered = named ?? this.renamed(document, architecture, all);
    const key = keyOf(document, lowered?.model.name ?? architecture ?? '');
    const isSound = lowered !== undefined && problems.isSound(lowered);
    const why = refusal(document, lowered, architecture);
    if (isSound) {
      const drawable = this.drawable(key, document, all, lowered);
      this.lastGood.set(key, drawable);
      return { key, stale: '', drawable, refusal: why };
    }
    const last = this.lastGood.get(key) ?? this.lastGood.get(keyOf(document, architecture ?? ''));
    const isGone = lowered === undefined && !isMisread(document);
    return {
      key,
      stale: isGone ? why : 'The text has errors.',
      drawable: last && { ...last, facts: factsNow(last.facts, lowered, isGone ? all.map(entryOf) : []) },
      refusal: why,
    };
  }

  /** What an architecture is called now that was drawn under another name: the only one that is new, one being gone. */
  private renamed(
    document: LangiumDocument,
    before: string | undefined,
    all: readonly LoweredArchitecture[],
  ): LoweredArchitecture | undefined {
    const old = keyOf(document, before ?? '');
    const known = this.lastGood.get(old)?.facts.architectures;
    const [fresh, ...others] = all.filter(({ model }) => !known?.some(({ name }) => name === model.name));
    if (fresh === undefined || others.length > 0 || known?.length !== all.length) return undefined;
    // It stays where it stands.
    const key = keyOf(document, fresh.model.name);
    const [layout, memory] = [this.layouts.get(old), this.memories.get(old)];
    if (layout && !this.layouts.has(key)) this.layouts.set(key, layout);
    if (memory && !this.memories.has(key)) this.memories.set(key, memory);
    return fresh;
  }

  private drawable(
    key: string,
    document: LangiumDocument,
    all: readonly LoweredArchitecture[],
    lowered: LoweredArchitecture,
  ): Drawable {
    const whole = this.diagram(lowered, this.memoryOf(key));
    return {
      analysis: this.services.problems.Problems.models.analysis(lowered),
      whole,
      facts: {
        uri: document.uri.toString(),
        version: document.textDocument.version,
        architecture: lowered.model.name,
        architectures: all.map(entryOf),
        scenarios: scenarioEntries(this.services.problems.Problems.models.scenarios(document)),
        places: placesOf(lowered, whole),
      },
    };
  }

  diagram(lowered: LoweredArchitecture, memory?: DiagramMemory): Diagram {
    return diagramOf(lowered.model, this.services.problems.Problems.findingsOf(lowered), memory && { memory });
  }

  private memoryOf(key: string): DiagramMemory {
    const memory = this.memories.get(key) ?? createDiagramMemory();
    this.memories.set(key, memory);
    return memory;
  }

  /**
   * A diagram that is drawn already is not laid out again: a caret moved, a number changed. What has to be laid out
   * again moves the picture that is seen as little as can be. One that waits its turn while a later one is asked for is
   * left out; one that is under way is not ended, for its thread would end with it.
   */
  layout(key: string, diagram: Diagram, aspect?: number, guessed = false): Promise<Layout> {
    const shape = shapeOf(diagram);
    const kept = this.layouts.get(key);
    if (kept?.shape === shape && isLike(kept.guess, aspect)) {
      if (!guessed && this.unseen.delete(kept.layout)) {
        const seen = kept.done ? { diagram, layout: kept.done } : kept.seen;
        this.layouts.set(key, { ...kept, guess: undefined, seen });
      }
      return kept.layout;
    }
    const previous = kept?.seen;
    const layout: Promise<Layout> = this.runner.run(
      'layout',
      { diagram, options: { ...(previous && { previous }), ...(aspect !== undefined && { aspect }) } },
      { stillWanted: (): boolean => this.layouts.get(key)?.layout === layout },
    );
    if (guessed) this.unseen.add(layout);
    this.layouts.set(key, { shape, layout, done: undefined, seen: previous, guess: guessed ? aspect : undefined });
    layout.then(
      (done) => {
        const latest = this.layouts.get(key);
        if (latest)
          this.layouts.set(key, {
            ...latest,
            ...(latest.layout === layout && { done }),
            ...(!this.unseen.has(layout) && { seen: { diagram, layout: done } }),
          });
      },
      // A layout that failed is tried again when next asked for.
      () => {
        if (this.layouts.get(key)?.layout === layout)
          this.layouts.set(key, { shape: '', layout, done: undefined, seen: previous, guess: undefined });
      },
    );
    return layout;
  }

  /** Has the thread of layouts ready by the time that a panel asks. */
  warm(): void {
    const empty: Diagram = { architecture: '', title: '', nodes: [], edges: [], containers: [], badges: [] };
    this.runner.run('layout', { diagram: empty, options: {} }).catch(() => {});
  }
}

const keyOf = (document: LangiumDocument, architecture: string): string => `${document.uri.toString()}#${architecture}`;

type Wanted = Pick<PictureRequest, 'architecture' | 'folded' | 'aspect'>;

/** What a text says, before it is known what of it is folded. */
interface Drawable {
  readonly analysis: Analysis;
  readonly whole: Diagram;
  readonly facts: Omit<Picture, 'diagram' | 'layout' | 'folding' | 'stale'>;
}

interface Kept {
  readonly shape: string;
  readonly layout: Promise<Layout>;
  /** What it gave. */
  readonly done: Layout | undefined;
  /** The aspect that it was made for ahead, as long as nobody has asked for it. */
  readonly guess: number | undefined;
  /** The last that was laid out to its end. */
  readonly seen: { readonly diagram: Diagram; readonly layout: Layout } | undefined;
}

/** Whether a layout that nobody has seen, made for one aspect, does for another. */
const isLike = (guess: number | undefined, aspect: number | undefined): boolean =>
  guess === undefined || aspect === undefined || Math.max(guess / aspect, aspect / guess) <= ALIKE;

const ALIKE = 1.25;

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

/** Whether words of the text belong to nothing: what it has or has not is not known then. */
const isMisread = ({ parseResult }: LangiumDocument): boolean =>
  parseResult.lexerErrors.length + parseResult.parserErrors.length > 0;

const entryOf = ({ model }: LoweredArchitecture) => ({ name: model.name, title: inOrder(model.title ?? model.name) });

/** Of the last good text, in the text as it is; with `others` the file's architectures, of which it is none any more. */
function factsNow(
  facts: Drawable['facts'],
  lowered: LoweredArchitecture | undefined,
  others: Picture['architectures'],
): Drawable['facts'] {
  const own = facts.architectures.filter(({ name }) => name === facts.architecture);
  return {
    ...facts,
    ...(others.length > 0 && { architectures: [...own, ...others] }),
    places: placesNow(facts.places, lowered),
  };
}

/** The scenarios of a file with the architectures that each runs on. */
export function scenarioEntries(scenarios: readonly LoweredScenario[]): Picture['scenarios'] {
  const entries = new Map<string, Picture['scenarios'][number]>();
  for (const { model, architecture } of scenarios) {
    const entry = entries.get(model.name) ?? {
      name: model.name,
      title: inOrder(model.title ?? model.name),
      architectures: [],
    };
    if (!entry.architectures.includes(architecture.name)) entry.architectures.push(architecture.name);
    entries.set(model.name, entry);
  }
  return [...entries.values()];
}
