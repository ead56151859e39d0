import { type FileSystemProvider, URI, UriUtils } from 'langium';
import { createCheckingServices } from '../checking-services.ts';
import type { Block, BlockRequest } from '../protocol/blocks.ts';
import type { JobRunner } from '../workers/runner.ts';
import { Pictures } from './pictures.ts';

/**
 * Draws a text that is no file of its own. It is read apart from the workspace, which it is no part of: what it says is
 * known to nobody else, and is forgotten with the answer.
 */
export async function drawBlock(
  files: FileSystemProvider,
  runner: JobRunner,
  { text, document }: BlockRequest,
): Promise<Block> {
  const { shared, language } = createCheckingServices({ fileSystemProvider: () => files });
  const problems = language.problems.Problems;
  const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
  const uri = UriUtils.joinPath(UriUtils.dirname(URI.parse(document)), 'block.p2parch');
  const block = LangiumDocumentFactory.fromString(text, uri);
  LangiumDocuments.addDocument(block);
  await DocumentBuilder.build([block], { validation: true });
  const errors = problems.of(block).filter(({ kind }) => kind === 'error');
  const sound = problems.models.architectures(block).filter((lowered) => problems.isSound(lowered));
  const pictures = new Pictures(language, runner);
  return {
    errors: errors.map(({ range, message }) => ({ line: range.start.line + 1, message })),
    pictures: await Promise.all(
      sound.map(async (lowered) => {
        const diagram = pictures.diagram(lowered);
        return { diagram, layout: await pictures.layout(lowered.model.name, diagram) };
      }),
    ),
  };
}
