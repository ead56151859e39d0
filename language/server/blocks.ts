import { drawBlock } from '../drawing/blocks.ts';
import { BLOCK_REQUEST, type Block, blockRequestSchema } from '../protocol/blocks.ts';
import type { ServerHost } from './connect.ts';
import { accept } from './requests.ts';

/** Answers with what is drawn of texts that stand in other documents. */
export function answerBlocks({ connection, shared, runner }: ServerHost): void {
  connection.onRequest<Block, void>(BLOCK_REQUEST, (input: unknown) =>
    drawBlock(shared.workspace.FileSystemProvider, runner, accept(blockRequestSchema, input)),
  );
}
