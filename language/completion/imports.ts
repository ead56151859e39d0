import { type LangiumDocument, type LangiumSharedCoreServices, type URI, UriUtils } from 'langium';
import { CompletionItemKind } from 'vscode-languageserver-types';
import { fileOf, importedUri } from '../names/files.ts';
import type { Offer } from './items.ts';

const EXTENSION = '.p2parch';

/** Paths that an import may name: every file that the server knows, and what lies in the folder that is written already. */
export async function importOffers(
  { workspace }: LangiumSharedCoreServices,
  document: LangiumDocument,
  written: string,
): Promise<Offer[]> {
  const here = UriUtils.dirname(document.uri);
  const imported = new Set(
    fileOf(document).imports.flatMap((node) =>
      node.path === written ? [] : (importedUri(document.uri, node)?.toString() ?? []),
    ),
  );
  const offers = new Map<string, Offer>();
  const addFile = (uri: URI): void => {
    if (!uri.path.endsWith(EXTENSION) || UriUtils.equals(uri, document.uri) || imported.has(uri.toString())) return;
    if (uri.scheme !== document.uri.scheme || uri.authority !== document.uri.authority) return;
    const path = asRelative(UriUtils.relative(here, uri));
    offers.set(path, { label: path, kind: CompletionItemKind.File, rank: depth(path) });
  };
  for (const other of workspace.LangiumDocuments.all) addFile(other.uri);
  const folder = written.slice(0, written.lastIndexOf('/') + 1);
  for (const entry of await entriesOf(workspace, UriUtils.resolvePath(here, folder))) {
    if (entry.isFile) addFile(entry.uri);
    const name = UriUtils.basename(entry.uri);
    if (!entry.isDirectory || name.startsWith('.') || name === 'node_modules') continue;
    const path = `${asRelative(folder)}${name}/`;
    offers.set(path, { label: path, kind: CompletionItemKind.Folder, rank: 50 });
  }
  const up = /^(\.\/)?$/.test(folder) ? '../' : `${folder}../`;
  if (/^(\.\/|(\.\.\/)*)$/.test(folder)) offers.set(up, { label: up, kind: CompletionItemKind.Folder, rank: 60 });
  // Files are found in no order of their own.
  return [...offers.values()].sort((left, right) => (left.label < right.label ? -1 : 1));
}

const asRelative = (path: string): string => (path.startsWith('.') ? path : `./${path}`);

const depth = (path: string): number => Math.min(40, path.split('/').length + (path.startsWith('../') ? 10 : 0));

/** What lies in a folder; nothing where that cannot be read. */
async function entriesOf({ FileSystemProvider }: LangiumSharedCoreServices['workspace'], folder: URI) {
  try {
    return await FileSystemProvider.readDirectory(folder);
  } catch {
    return [];
  }
}
