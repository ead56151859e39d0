import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type LangiumDocument, URI } from 'langium';
import { NodeFileSystemProvider } from 'langium/node';
import { type CheckingServices, createCheckingServices } from '../checking-services.ts';
import type { Settings } from '../problems/settings.ts';
import { CallError, reasonOf } from './call.ts';

/** A checked file, under the name that the caller gave it. */
export interface CheckedFile {
  readonly name: string;
  readonly document: LangiumDocument;
}

export interface CheckedFiles {
  readonly language: CheckingServices;
  readonly files: readonly CheckedFile[];
  /** What the files import beyond themselves. */
  readonly imported: readonly CheckedFile[];
  /** The name for a file that others refer to: the caller's, or relative to the working folder. */
  nameOf(uri: string): string;
}

/**
 * Reads and checks files, all files of folders, and standard input for `-`; what they import is read with them. Findings
 * are those that `settings` ask for; without them there are errors alone.
 */
export async function checkFiles(names: readonly string[], settings?: Settings): Promise<CheckedFiles> {
  const { language, files, given, build } = await openFiles(names);
  if (settings === undefined) language.problems.Problems.leaveOutFindings();
  else language.problems.Problems.configure(() => settings);
  await build(files);
  const nameOf = (uri: string): string => given.get(uri) ?? path.relative(process.cwd(), URI.parse(uri).fsPath);
  const imported = language.shared.workspace.LangiumDocuments.all
    .filter(({ uri }) => !given.has(uri.toString()))
    .map((document) => ({ name: nameOf(document.uri.toString()), document }))
    .toArray();
  return { language, files, imported, nameOf };
}

interface OpenFiles extends Pick<CheckedFiles, 'language' | 'files'> {
  /** The callers' names, by address. */
  readonly given: ReadonlyMap<string, string>;
  /** Checks files; until then they are parsed and no more. */
  build(files: readonly CheckedFile[]): Promise<void>;
}

/** As `checkFiles`, without looking at more than the syntax. */
export async function openFiles(names: readonly string[]): Promise<OpenFiles> {
  const { shared, language } = createCheckingServices({ fileSystemProvider: () => new StrictFiles() });
  const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
  const files: CheckedFile[] = [];
  const given = new Map<string, string>();
  for (const name of names.flatMap(filesIn)) {
    const uri = name === '-' ? URI.file(path.resolve('standard-input.p2parch')) : URI.file(path.resolve(name));
    if (given.has(uri.toString())) continue;
    given.set(uri.toString(), name);
    const content = await read(name);
    const document = LangiumDocumentFactory.fromString(content, uri);
    LangiumDocuments.addDocument(document);
    files.push({ name, document });
  }
  const build = (some: readonly CheckedFile[]): Promise<void> =>
    DocumentBuilder.build(
      some.map(({ document }) => document),
      { validation: true },
    );
  return { language, files, given, build };
}

async function read(name: string): Promise<string> {
  try {
    return decoded(name === '-' ? await standardInput() : readFileSync(name));
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** What reads streams is loaded only for one. */
const standardInput = async (): Promise<Uint8Array> => (await import('node:stream/consumers')).buffer(process.stdin);

/** Fatal, for text read wrongly would be judged wrongly, and `format` would write it back; a byte order mark goes. */
const decoded = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** What is imported is read as strictly as what is named. */
class StrictFiles extends NodeFileSystemProvider {
  override async readFile(uri: URI): Promise<string> {
    return decoded(readFileSync(uri.fsPath));
  }
}

function filesIn(name: string): string[] {
  if (name === '-') return [name];
  try {
    if (!statSync(name).isDirectory()) {
      if (!name.endsWith('.p2parch')) throw new CallError(`${name}: not a .p2parch file`);
      return [name];
    }
    const entries = readdirSync(name, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.p2parch'))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !path.relative(name, file).split(path.sep).some(isPassedOver));
    if (files.length === 0) throw new CallError(`${name}: there is no .p2parch file in this folder`);
    return files.sort();
  } catch (error) {
    throw error instanceof CallError ? error : unreadable(name, error);
  }
}

const isPassedOver = (part: string): boolean => part === 'node_modules' || part.startsWith('.');

const unreadable = (name: string, error: unknown): CallError =>
  new CallError(`${name}: cannot be read (${reasonOf(error, 'no such file or folder')})`);
