import {
  type Cancellation,
  EmptyFileSystemProvider,
  type LangiumDocument,
  TextDocument,
  type URI,
  URI as Uri,
} from 'langium';
import { fileOf, importedUri } from '../../names/files.ts';
import type { Problem } from '../../problems/problems.ts';
import { createP2PArchServices, type P2PArchServices } from '../../services.ts';
import type { Way } from './finding.ts';

/** Within these a proof takes no longer than a reader waits for a light bulb; beyond them nothing is offered. */
export interface Patience {
  /** Of all files that the proof reads. */
  readonly characters: number;
  /** For all proofs of a request. */
  readonly milliseconds: number;
  readonly now: () => number;
}

const PATIENCE: Patience = { characters: 200_000, milliseconds: 500, now: () => performance.now() };

/** What is to be proved: that one of these ways, the first that does, removes the problem. */
export interface Claim {
  readonly problem: Problem;
  readonly ways: readonly Way[];
}

/**
 * Proves fixes: makes their changes to a copy of the files and judges it as the files themselves are judged. The copy
 * has services of its own, so that nothing that is tried is ever seen outside.
 */
export class Proofs {
  private readonly services: P2PArchServices;
  private readonly patience: Patience;
  private copy: Copy | undefined;
  /** One request at a time: there is one copy. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(services: P2PArchServices, patience: Partial<Patience> = {}) {
    this.services = services;
    this.patience = { ...PATIENCE, ...patience };
  }

  /** For each claim about `document` the first of its ways that is proved, if any is in time. */
  prove(
    document: LangiumDocument,
    claims: readonly Claim[],
    cancelToken?: Cancellation.CancellationToken,
  ): Promise<(Way | undefined)[]> {
    const proved = this.last.then(() => this.proveNow(document, claims, cancelToken));
    // A proof that fails leaves a copy of which nobody knows what it holds.
    this.last = proved.catch(() => {
      this.copy = undefined;
    });
    return proved;
  }

  /** The texts that decide about a proof: those that see the file, and all that these see. */
  textsAround(document: LangiumDocument): ReadonlyMap<string, string> {
    const { LangiumDocuments } = this.services.shared.workspace;
    const importing = new Map<string, LangiumDocument[]>();
    for (const file of LangiumDocuments.all) {
      for (const uri of importsOf(file)) importing.set(uri, [...(importing.get(uri) ?? []), file]);
    }
    const files = new Set([document]);
    for (const file of files) for (const other of importing.get(file.uri.toString()) ?? []) files.add(other);
    for (const file of files) {
      for (const uri of importsOf(file)) {
        const imported = LangiumDocuments.getDocument(Uri.parse(uri));
        if (imported) files.add(imported);
      }
    }
    return new Map([...files].map((file) => [file.uri.toString(), file.textDocument.getText()]));
  }

  private async proveNow(
    document: LangiumDocument,
    claims: readonly Claim[],
    cancelToken: Cancellation.CancellationToken | undefined,
  ): Promise<(Way | undefined)[]> {
    const texts = this.textsAround(document);
    const characters = [...texts.values()].reduce((sum, text) => sum + text.length, 0);
    if (characters > this.patience.characters || claims.every(({ ways }) => ways.length === 0)) return claims.map(none);
    this.copy ??= new Copy(this.services);
    const started = this.patience.now();
    const before = await this.copy.judge(texts);
    const proved: (Way | undefined)[] = [];
    let longest = 0;
    for (const { problem, ways } of claims) {
      let found: Way | undefined;
      for (const way of ways) {
        const begun = this.patience.now();
        // What took long once will take long again.
        const late = begun - started + longest > this.patience.milliseconds;
        if (found || late || cancelToken?.isCancellationRequested) break;
        const changed = withEdits(texts, way);
        if (changed && isMended(before, await this.copy.judge(changed), problem)) found = way;
        longest = Math.max(longest, this.patience.now() - begun);
      }
      proved.push(found);
    }
    return proved;
  }
}

const none = (): undefined => undefined;

/** Files like those of the workspace, as texts that can be changed at will. */
class Copy {
  private readonly texts = new Map<string, string>();
  private readonly shared: ReturnType<typeof createP2PArchServices>['shared'];
  private readonly language: P2PArchServices;

  constructor(original: P2PArchServices) {
    const readFile = async (uri?: URI): Promise<string> => {
      const text = this.texts.get(String(uri));
      if (text === undefined) throw new Error(`no file ${uri}`);
      return text;
    };
    const stat = async (uri: URI) => ({ isFile: this.texts.has(String(uri)), isDirectory: false, uri });
    const fileSystemProvider = () => Object.assign(new EmptyFileSystemProvider(), { readFile, stat });
    ({ shared: this.shared, language: this.language } = createP2PArchServices({ fileSystemProvider }));
    // Here all is of one language; of a file that was never saved its name does not say so.
    this.shared.ServiceRegistry.getServices = () => this.language;
    this.language.problems.Problems.configure(() => original.problems.Problems.current());
  }

  /** All that is wrong with the files if these are their texts. What has not changed is not read again. */
  async judge(texts: ReadonlyMap<string, string>): Promise<Problem[]> {
    const { DocumentBuilder, LangiumDocuments } = this.shared.workspace;
    const gone = [...this.texts.keys()].filter((uri) => !texts.has(uri));
    const changed = [...texts].filter(([uri, text]) => this.texts.get(uri) !== text).map(([uri]) => uri);
    for (const uri of gone) this.texts.delete(uri);
    for (const [uri, text] of texts) this.texts.set(uri, text);
    const parsed = (uris: readonly string[]): URI[] => uris.map((uri) => Uri.parse(uri));
    await DocumentBuilder.update(parsed(changed), parsed(gone));
    return LangiumDocuments.all.toArray().flatMap((document) => this.language.problems.Problems.of(document));
  }
}

function importsOf(document: LangiumDocument): string[] {
  return (fileOf(document).imports ?? []).flatMap((node) => importedUri(document.uri, node)?.toString() ?? []);
}

/** The texts after a change; none where it changes a file that is not among them, or says two things of one place. */
function withEdits(texts: ReadonlyMap<string, string>, { edits, blank }: Way): ReadonlyMap<string, string> | undefined {
  const changed = new Map(texts);
  for (const uri of new Set(edits.map(({ document }) => document.uri.toString()))) {
    const text = texts.get(uri);
    if (text === undefined) return undefined;
    const own = edits
      .filter(({ document }) => document.uri.toString() === uri)
      .map(({ edit }) =>
        blank === undefined ? edit : { ...edit, newText: edit.newText.replace(blank, 'Filled in.') },
      );
    try {
      changed.set(uri, TextDocument.applyEdits(TextDocument.create(uri, 'p2parch', 0, text), own));
    } catch {
      return undefined;
    }
  }
  return changed;
}

/** Whether the problem is gone (or accepted), and nothing has come that is an error, or would be shown as a warning. */
export function isMended(before: readonly Problem[], after: readonly Problem[], problem: Problem): boolean {
  const isOpen = ({ accepted }: Problem): boolean => !accepted;
  const isGrave = ({ severity }: Problem): boolean => severity === 'error' || severity === 'warning';
  const wanted = keyOf(problem);
  const countOf = (problems: readonly Problem[]): number => counted(problems.filter(isOpen), keyOf).get(wanted) ?? 0;
  if (countOf(after) >= countOf(before)) return false;
  const graveKey = (one: Problem): string => `${one.severity} ${keyOf(one)}`;
  const graveBefore = counted(before.filter(isOpen).filter(isGrave), graveKey);
  const graveAfter = counted(after.filter(isOpen).filter(isGrave), graveKey);
  return [...graveAfter].every(([key, count]) => count <= (graveBefore.get(key) ?? 0));
}

/** Without its words, which a change may put otherwise, and without its place, which may have moved. */
const keyOf = ({ kind, rule, architecture, subject, message }: Problem): string =>
  JSON.stringify(kind === 'error' ? [kind, message] : [rule, architecture, subject]);

function counted(problems: readonly Problem[], key: (problem: Problem) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const problem of problems) counts.set(key(problem), (counts.get(key(problem)) ?? 0) + 1);
  return counts;
}
