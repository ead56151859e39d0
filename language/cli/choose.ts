import type { LoweredArchitecture } from '../lowering/architecture.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import { CallError, FileError } from './call.ts';
import { type CheckedFile, type CheckedFiles, checkFiles } from './files.ts';

export interface SoundFile extends CheckedFiles {
  readonly file: CheckedFile;
}

/** A file without errors in it or what it imports; with them, the call ends with the first. */
export async function soundFile(name: string): Promise<SoundFile> {
  const checked = await checkFiles([name]);
  const file = checked.files[0];
  if (!file) throw new CallError(`${name}: cannot be read`);
  // Of a folder only one file would be answered for, and nobody would know which.
  if (file.name !== name) throw new CallError(`${name}: a folder; name one file`);
  for (const { name: shown, document } of [file, ...checked.imported]) {
    const error = checked.language.problems.Problems.of(document).find(({ kind }) => kind === 'error');
    if (!error) continue;
    const { line, character } = error.range.start;
    throw new FileError(`${shown}:${line + 1}:${character + 1} error ${error.message}`);
  }
  return { ...checked, file };
}

/** The architectures of a file, or the one that `--architecture` names. */
export function chooseArchitectures({ language, file }: SoundFile, name?: string): LoweredArchitecture[] {
  const all = language.problems.Problems.models.architectures(file.document);
  const chosen = name === undefined ? all : all.filter(({ model }) => model.name === name);
  if (chosen.length === 0) {
    throw new CallError(
      name === undefined ? `${file.name} has no architecture` : `${file.name} has no architecture named "${name}"`,
    );
  }
  return chosen;
}

/** The scenarios of a file on each of their architectures, as far as the options name them. */
export function chooseScenarios(
  { language, file }: SoundFile,
  { architecture, scenario }: { architecture?: string | undefined; scenario?: string | undefined },
): LoweredScenario[] {
  const all = language.problems.Problems.models.scenarios(file.document);
  const chosen = all.filter(
    (candidate) =>
      (scenario === undefined || candidate.model.name === scenario) &&
      (architecture === undefined || candidate.architecture.name === architecture),
  );
  if (chosen.length > 0) return chosen;
  const named = [scenario !== undefined && `named "${scenario}"`, architecture !== undefined && `on "${architecture}"`]
    .filter(Boolean)
    .join(' ');
  throw new CallError(`${file.name} has no scenario${named ? ` ${named}` : ''}`);
}
