/** What the requests have in common that are not of the editor's own protocol. */
import { DocumentState, type LangiumDocument, OperationCancelled, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { type CancellationToken, ResponseError } from 'vscode-languageserver';
import type * as z from 'zod/mini';

/** Jobs are ended by signals, requests by tokens. */
export async function withSignal<Result>(
  token: CancellationToken,
  act: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const listening = token.onCancellationRequested(() => abort.abort());
  try {
    return await act(abort.signal);
  } finally {
    listening.dispose();
  }
}

/** A request that does not fit its schema is the caller's mistake, and is told so. */
export function accept<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ResponseError(-32602, `Not a request of this kind: ${parsed.error.issues[0]?.message ?? ''}`);
}

/** The file once it is checked, or undefined if there is none. */
export async function validated(
  shared: LangiumSharedServices,
  text: string,
  token: CancellationToken,
): Promise<LangiumDocument | undefined> {
  const uri = URI.parse(text);
  for (;;) {
    if (!shared.workspace.LangiumDocuments.hasDocument(uri)) return undefined;
    try {
      await shared.workspace.DocumentBuilder.waitUntil(DocumentState.Validated, uri, token);
      return shared.workspace.LangiumDocuments.getDocument(uri);
    } catch (error) {
      // The next keystroke cancels a check; the request waits for the one after it.
      if (error !== OperationCancelled || token.isCancellationRequested) throw error;
    }
  }
}
