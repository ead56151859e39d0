import { DocumentState, type LangiumDocument } from 'langium';
import type { LoweredScenario } from '../lowering/scenario.ts';
import type { Run } from '../problems/problems.ts';
import { JobEnded } from '../workers/runner.ts';
import { type Verdicts, verdicts } from '../workers/studies.ts';
import type { ServerHost } from './connect.ts';

/** A pause in the typing, after which runs are worth their time. */
const PAUSE_MILLISECONDS = 400;
/** Runs of this many texts are remembered: to take a word back brings the verdicts back. */
const MOST_REMEMBERED = 200;

/**
 * The second wave of findings: runs the scenarios of an open file that expect something, once nobody types, and tells
 * what came of it. The next change ends the runs; nothing is told of a text that is no longer there. Gives what ends all.
 */
export function runExpectations(host: ServerHost, runs: () => number): () => void {
  const { DocumentBuilder, TextDocuments } = host.shared.workspace;
  const problems = host.language.problems.Problems;
  const remembered = new Map<string, Verdicts>();
  const waves = new Map<string, AbortController>();
  const keyOf = ({ architecture, model }: LoweredScenario): string =>
    JSON.stringify([problems.models.lower(architecture).model, model, runs()]);
  const expecting = (document: LangiumDocument): LoweredScenario[] =>
    problems.models
      .scenarios(document)
      .filter((scenario) => scenario.model.expectations.length > 0 && problems.isRunnable(scenario));
  const known = (document: LangiumDocument): Run[] =>
    expecting(document).flatMap((scenario) => {
      const summary = remembered.get(keyOf(scenario));
      return summary ? [{ scenario, summary }] : [];
    });

  const stop = (uri: string): void => {
    waves.get(uri)?.abort();
    waves.delete(uri);
  };
  const wave = async (document: LangiumDocument, signal: AbortSignal): Promise<void> => {
    await pause(signal);
    for (const scenario of expecting(document)) {
      if (signal.aborted) return;
      const key = keyOf(scenario);
      if (remembered.has(key)) continue;
      const { model } = problems.models.lower(scenario.architecture);
      const job = { architecture: model, scenario: scenario.model, runs: runs(), firstSeed: 1 };
      remember(remembered, key, await verdicts(host.runner, job, { signal }));
      if (signal.aborted) return;
      problems.afterRuns(document, known(document));
      const { uri } = document.textDocument;
      await host.connection.sendDiagnostics({ uri, diagnostics: problems.shown(document) });
      if (showsAnew) await host.connection.languages.inlayHint.refresh();
    }
  };

  let showsAnew = false;
  host.shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
    showsAnew = capabilities.workspace?.inlayHint?.refreshSupport ?? false;
  });
  problems.knowRuns(known);
  DocumentBuilder.onUpdate((changed, deleted) => {
    for (const uri of [...changed, ...deleted]) stop(uri.toString());
  });
  DocumentBuilder.onDocumentPhase(DocumentState.Validated, (document) => {
    const uri = document.uri.toString();
    stop(uri);
    if (!TextDocuments?.get(uri)) return;
    const abort = new AbortController();
    waves.set(uri, abort);
    void wave(document, abort.signal).catch((error: unknown) => {
      if (!(error instanceof JobEnded) && !abort.signal.aborted) host.connection.console.error(String(error));
    });
  });
  return () => {
    for (const uri of [...waves.keys()]) stop(uri);
  };
}

function remember(remembered: Map<string, Verdicts>, key: string, known: Verdicts): void {
  remembered.set(key, known);
  const [oldest] = remembered.keys();
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, PAUSE_MILLISECONDS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
