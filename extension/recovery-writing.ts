import * as vscode from 'vscode';
import { edit, written } from '../language/core/words/index.ts';
import type { About } from '../language/protocol/contract.ts';
import type { InputOf } from '../language/protocol/panel.ts';
import type { Server } from './client.ts';
import type { Answer } from './conversation.ts';
import { toRange } from './source.ts';

/**
 * Puts a value into the text, as one edit that can be undone. The place is asked for anew, and nothing is written if
 * the text is no longer that which the panel shows, or changes meanwhile: a value belongs to the text it was tried on.
 */
export async function writeNumber(
  server: Server,
  { uri, version }: About,
  { architecture, scenario, number: id, value }: InputOf<'write'>,
  signal: AbortSignal,
): Promise<Answer<'write'> | undefined> {
  const changed = refusal('The text has changed since this was run. Run it again, then write.');
  const reply = await server.numbers({ uri, architecture, scenario }, signal);
  if (reply?.kind !== 'numbers') return reply;
  if (reply.version !== version) return changed;
  const number = reply.numbers.find((candidate) => candidate.id === id);
  if (!number) return changed;
  const { source, notation } = number;
  if (!source) return refusal(`${number.words}: no number of the text says this, so there is none to write.`);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(source.uri));
  const { version: writtenTo } = document;
  const again = await server.numbers({ uri, architecture, scenario }, signal);
  const same = again?.kind === 'numbers' && again.numbers.find((candidate) => candidate.id === id);
  const isSame = same && JSON.stringify(same.source) === JSON.stringify(source) && same.value === number.value;
  if (!isSame || again.version !== version || document.version !== writtenTo) return changed;
  const change = new vscode.WorkspaceEdit();
  change.replace(document.uri, toRange(source.range), edit(value, notation, source));
  if (!(await vscode.workspace.applyEdit(change))) return refusal('The editor did not take the change.');
  return { kind: 'reply', reply: { text: written(value, notation) }, version };
}

const refusal = (message: string) => ({ kind: 'refusal', message }) as const;
