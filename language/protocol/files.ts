/**
 * What the language server asks of its client where it cannot reach something by itself: files of virtual file systems
 * and, in a browser, any file and the script of its workers.
 */
import * as z from 'zod/mini';

export const uriRequestSchema = z.object({ uri: z.string() });

const kindSchema = z.enum(['file', 'folder']);

/** Why there is no answer, for the log; the server treats the file as one that cannot be read. */
const failureSchema = z.object({ kind: z.literal('failure'), message: z.string() });

export const fileReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), text: z.string() }),
  failureSchema,
]);
export const statusReplySchema = z.discriminatedUnion('kind', [z.object({ kind: kindSchema }), failureSchema]);
export const folderReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), entries: z.array(z.object({ name: z.string(), kind: kindSchema })) }),
  failureSchema,
]);
/** An address from which the server may start a worker. */
export const workerReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('worker'), url: z.string() }),
  failureSchema,
]);

export const FILE_REQUEST = 'p2parch/file';
export const STATUS_REQUEST = 'p2parch/status';
export const FOLDER_REQUEST = 'p2parch/folder';
export const WORKER_REQUEST = 'p2parch/worker';

export type FileReply = z.infer<typeof fileReplySchema>;
export type StatusReply = z.infer<typeof statusReplySchema>;
export type FolderReply = z.infer<typeof folderReplySchema>;
export type WorkerReply = z.infer<typeof workerReplySchema>;
