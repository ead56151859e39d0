import { AstUtils, CstUtils, type LangiumDocument } from 'langium';
import type { TextEdit } from 'vscode-languageserver-protocol';
import type { Place } from '../../core/model/index.ts';
import type { Finding } from '../../core/rules/index.ts';
import { isReferenceNeed, type ReferenceNeed } from '../../generated/ast.ts';
import type { LoweredArchitecture } from '../../lowering/architecture.ts';
import { locate } from '../../lowering/places.ts';
import type { P2PArchServices } from '../../services.ts';

/** A finding that is told in a file, and what a fix may ask about it. */
export interface Found {
  readonly services: P2PArchServices;
  readonly finding: Finding;
  /** The architecture that the finding is about. */
  readonly lowered: LoweredArchitecture;
}

export interface FileEdit {
  readonly document: LangiumDocument;
  readonly edit: TextEdit;
}

/** One way to be rid of a finding; whether it does that is for the proof to say. */
export interface Way {
  readonly title: string;
  readonly edits: readonly FileEdit[];
  readonly isPreferred?: boolean;
  /** Stands in the edits where only the reader knows what to write; what is proved is the text with that written. */
  readonly blank?: string;
}

/** Ways to one end, the best first: the first that is proved is offered. */
export type FindingFixer = (found: Found) => readonly Way[];

/** The reference of a need that a place stands for, in whichever file it is. */
export function referenceAt({ services, lowered }: Found, place: Place): ReferenceNeed | undefined {
  const location = place.kind === 'need' ? locate(lowered, place) : undefined;
  const document = services.shared.workspace.LangiumDocuments.all.find(({ uri }) => uri.toString() === location?.uri);
  const root = document?.parseResult.value.$cstNode;
  if (!location || !document || !root) return undefined;
  const leaf = CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(location.range.start));
  return leaf && AstUtils.getContainerOfType(leaf.astNode, isReferenceNeed);
}
