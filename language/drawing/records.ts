import { type LangiumDocument, type LangiumSharedCoreServices, type URI, UriUtils } from 'langium';
import { type OutageRecord, type RecordFile, recordFileSchema } from '../protocol/records.ts';

type Files = LangiumSharedCoreServices['workspace']['FileSystemProvider'];

/** A folder of other things is not read through. */
const MOST_FILES = 50;

/**
 * The records of a scenario: of the files `record/*.json` beside the document those that name it, the scenario and one
 * of the architectures. What cannot be read, or is no record, is none.
 */
export async function recordsOf(
  files: Files,
  document: LangiumDocument,
  scenario: { readonly name: string; readonly firstStepSeconds: number },
  architectures: readonly string[],
): Promise<OutageRecord[]> {
  const folder = UriUtils.joinPath(UriUtils.dirname(document.uri), 'record');
  const entries = await listed(files, folder);
  const named = entries.filter(({ isFile, uri }) => isFile && uri.path.endsWith('.json')).slice(0, MOST_FILES);
  const read = await Promise.all(named.map(({ uri }) => files.readFile(uri).then(recordIn, () => undefined)));
  const example = UriUtils.basename(document.uri);
  return read
    .filter((record) => record !== undefined)
    .filter((record) => record.example === example && record.scenario === scenario.name)
    .filter(({ architecture }) => architectures.includes(architecture))
    .map((record) => placed(record, scenario.firstStepSeconds));
}

async function listed(files: Files, folder: URI): Promise<Awaited<ReturnType<Files['readDirectory']>>> {
  try {
    return await files.readDirectory(folder);
  } catch {
    return [];
  }
}

function recordIn(text: string): RecordFile | undefined {
  try {
    return recordFileSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const placed = (
  { title, architecture, service, full, points }: RecordFile,
  firstStepSeconds: number,
): OutageRecord => ({
  title,
  architecture,
  service,
  full,
  points: points.map(({ hours, level, low = level, high = level, says }) => ({
    atSeconds: firstStepSeconds + hours * 3600,
    level,
    low: Math.min(low, level),
    high: Math.max(high, level),
    says,
  })),
  sources: [...new Set(points.map(({ source }) => source))],
});
