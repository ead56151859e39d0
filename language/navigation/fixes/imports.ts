import { type LangiumDocument, type URI, UriUtils } from 'langium';
import { isImport } from '../../generated/ast.ts';
import { importedUri } from '../../names/files.ts';
import { nearest } from '../../parsing/nearest.ts';
import type { P2PArchServices } from '../../services.ts';
import { type Fixer, nodeAt } from './fix.ts';

/** An import that cannot be read: the file that is called most like it, or called so in another folder. */
export const nearestFile: Fixer = async (mistake) => {
  const { document, services, diagnostic } = mistake;
  const node = nodeAt(mistake, isImport);
  const wanted = node && importedUri(document.uri, node);
  if (!wanted) return [];
  const paths = (await filesNear(services, document, wanted)).map((uri) => pathTo(document.uri, uri));
  const written = pathTo(document.uri, wanted);
  const sameName = paths.filter((path) => nameIn(path) === nameIn(written));
  const path = nearest(written, paths) ?? (sameName.length === 1 ? sameName[0] : undefined);
  if (path === undefined || path === node.path) return [];
  const newText = `"${path.replace(/["\\]/g, '\\$&')}"`;
  return [{ title: `Change to ${newText}`, edits: [{ range: diagnostic.range, newText }], isPreferred: true }];
};

/** The files that are known, and those in the folder where the import looks and in the importing file's own. */
async function filesNear(services: P2PArchServices, document: LangiumDocument, wanted: URI): Promise<URI[]> {
  const { LangiumDocuments, FileSystemProvider } = services.shared.workspace;
  const found = new Map<string, URI>();
  for (const { uri } of LangiumDocuments.all) found.set(uri.toString(), uri);
  for (const folder of [UriUtils.dirname(wanted), UriUtils.dirname(document.uri)]) {
    // A folder that is not there has no files.
    const entries = await FileSystemProvider.readDirectory(folder).catch(() => []);
    for (const { isFile, uri } of entries) {
      if (isFile && uri.path.endsWith('.p2parch')) found.set(uri.toString(), uri);
    }
  }
  const taken = new Set(services.names.FileNames.importedFiles(document).map(({ uri }) => uri.toString()));
  return [...found].flatMap(([text, uri]) => (text === document.uri.toString() || taken.has(text) ? [] : uri));
}

function pathTo(from: URI, to: URI): string {
  const path = UriUtils.relative(UriUtils.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

const nameIn = (path: string): string => path.replace(/^.*\//, '');
