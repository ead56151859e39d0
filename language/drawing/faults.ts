import type { LangiumDocument } from 'langium';
import type { Analysis, MinimalCutSets } from '../core/analysis/index.ts';
import { blastRadii, byReach, fallenWith, faultTree, speakerOf } from '../core/fault-tree/index.ts';
import type { CutSets, Failure, Failures, FaultAnswer, FaultQuestion, FaultRequest } from '../protocol/faults.ts';
import { JobEnded, type JobRunner } from '../workers/runner.ts';
import type { Pictures } from './pictures.ts';

/**
 * Answers what fails with what, of the text as it is, or of the last good text while there are errors: as the picture
 * does that the questions are asked of. What falls is computed here, for that takes as long as what falls is large;
 * cut sets and layouts are jobs.
 */
export class Faults {
  private readonly runner: JobRunner;
  private readonly pictures: Pictures;
  private readonly overviews = new WeakMap<Analysis, Failures>();

  constructor(pictures: Pictures, runner: JobRunner) {
    this.runner = runner;
    this.pictures = pictures;
  }

  async answer(document: LangiumDocument, request: FaultRequest, signal: AbortSignal): Promise<FaultAnswer> {
    const { analysis, stale } = this.pictures.analysis(document, request.architecture);
    if (analysis === undefined) {
      return refuse(`${request.architecture} has errors. What fails with what is known as soon as they are mended.`);
    }
    try {
      return await this.answerOf(analysis, request.question, stale, signal);
    } catch (error) {
      if (error instanceof JobEnded) return refuse(error.message);
      throw error;
    }
  }

  private async answerOf(
    analysis: Analysis,
    question: FaultQuestion,
    stale: boolean,
    signal: AbortSignal,
  ): Promise<FaultAnswer> {
    switch (question.kind) {
      case 'failures':
        return this.overview(analysis);
      case 'losses': {
        const known = new Set(analysis.graph.events.map(({ name }) => name));
        const failed = question.failed.filter((name) => known.has(name));
        const { components, services } = fallenWith(analysis, failed);
        return { kind: 'losses', failed, components: [...components], services: [...services] };
      }
      case 'cutSets': {
        const { service, externalOnly, maxSets } = question;
        const job = { architecture: analysis.architecture, service, externalOnly, maxSets };
        return cutSets(service, externalOnly, await this.runner.run('cutSets', job, { signal }));
      }
      case 'faultTree': {
        const { service, open, closed } = question;
        if (!analysis.architecture.services.some(({ name }) => name === service)) {
          return refuse(`There is no service ${service} in ${analysis.architecture.name}.`);
        }
        const tree = faultTree(analysis, service, { open, closed });
        return { kind: 'faultTree', stale, tree, layout: await this.runner.run('faultTree', tree, { signal }) };
      }
    }
  }

  /** Kept as long as the analysis, and so as long as nothing changes that it says. */
  private overview(analysis: Analysis): Failures {
    const kept = this.overviews.get(analysis);
    if (kept !== undefined) return kept;
    const { architecture } = analysis;
    const { labels, wordsOf } = speakerOf(analysis);
    const failures = blastRadii(analysis)
      .sort(byReach)
      .map(({ event, components, services }): Failure => {
        const { label, caption, party, external } = wordsOf(event);
        return {
          name: event.name,
          label,
          kind: event.kind,
          caption,
          ...(party === undefined ? {} : { party }),
          external,
          components,
          services: services.length,
          firstServices: services.slice(0, FIRST_SERVICES).map(labels),
        };
      });
    const services = architecture.services.map(({ name }) => ({ name, label: labels(name) }));
    const overview: Failures = { kind: 'failures', failures, services, components: architecture.components.length };
    this.overviews.set(analysis, overview);
    return overview;
  }
}

const FIRST_SERVICES = 3;

const refuse = (message: string): FaultAnswer => ({ kind: 'refusal', message });

function cutSets(service: string, externalOnly: boolean, found: MinimalCutSets): CutSets {
  return {
    kind: 'cutSets',
    service,
    externalOnly,
    byOrder: found.byOrder.map(String),
    total: String(found.total),
    completeToOrder: found.complete ? null : found.completeToOrder,
    sets: found.sets.map((set) => [...set]),
    allListed: found.allListed,
  };
}
