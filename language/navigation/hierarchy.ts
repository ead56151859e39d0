import { type AstNode, AstUtils, type CstNode, type LangiumDocument, URI } from 'langium';
import type { CallHierarchyProvider } from 'langium/lsp';
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CallHierarchyPrepareParams,
  SymbolKind,
} from 'vscode-languageserver-protocol';
import {
  type Architecture,
  type Component,
  isComponent,
  isNeeds,
  isPromoted,
  isReferenceNeed,
  isService,
  type Service,
} from '../generated/ast.ts';
import { type FileNames, fileOf } from '../names/files.ts';
import type { P2PArchServices } from '../services.ts';
import { detailOf } from './details.ts';
import { type Meanings, meaningsOf } from './meanings.ts';
import { isDeclaration, nameWords, type Occurrence } from './occurrences.ts';

/** What a component or service needs, and what needs it, in the architecture in which it was asked for. */
export class P2PArchHierarchy implements CallHierarchyProvider {
  private readonly meanings: Meanings;
  private readonly names: FileNames;

  constructor(services: P2PArchServices) {
    this.meanings = meaningsOf(services);
    this.names = services.names.FileNames;
  }

  prepareCallHierarchy(
    document: LangiumDocument,
    { position }: CallHierarchyPrepareParams,
  ): CallHierarchyItem[] | undefined {
    const occurrence = this.meanings.occurrences.at(document, document.textDocument.offsetAt(position));
    if (!occurrence) return undefined;
    const items = this.groundsHere(occurrence).flatMap((ground) => {
      const member = isDeclaration(occurrence) ? occurrence.node : this.meanings.in(occurrence, ground);
      return isNeedy(member) ? itemOf(member, ground) : [];
    });
    return items.length > 0 ? items : undefined;
  }

  outgoingCalls({ item }: CallHierarchyOutgoingCallsParams): CallHierarchyOutgoingCall[] | undefined {
    const found = this.find(item);
    if (!found) return undefined;
    const [member, ground] = found;
    return [...this.needsOf(member, ground)].flatMap(([target, words]) =>
      itemOf(target, ground).map((to) => ({ to, fromRanges: words.map(({ range }) => range) })),
    );
  }

  incomingCalls({ item }: CallHierarchyIncomingCallsParams): CallHierarchyIncomingCall[] | undefined {
    const found = this.find(item);
    if (!found) return undefined;
    const [member, ground] = found;
    return [...this.names.members(ground).elements.values()].filter(isNeedy).flatMap((needy) => {
      const words = this.needsOf(needy, ground).get(member);
      return words ? itemOf(needy, ground).map((from) => ({ from, fromRanges: words.map(({ range }) => range) })) : [];
    });
  }

  /** A declaration is read in its own architecture; a scenario's words in each that it runs on. */
  private groundsHere(occurrence: Occurrence): Architecture[] {
    const grounds = this.meanings.grounds(occurrence.node);
    return isDeclaration(occurrence) || grounds.length < 2 || this.meanings.here(occurrence).length < 2
      ? grounds.slice(0, 1)
      : grounds;
  }

  private find({ data }: CallHierarchyItem): readonly [Needy, Architecture] | undefined {
    const { uri, architecture, element } = (data ?? {}) as Partial<ItemData>;
    const document = uri === undefined ? undefined : this.meanings.documents.getDocument(URI.parse(uri));
    const ground = document && fileOf(document).architectures.find(({ name }) => name === architecture);
    const member = ground && this.names.members(ground).elements.get(element ?? '');
    return isNeedy(member) && ground ? [member, ground] : undefined;
  }

  /** The targets of a member's needs, those to start included, and what it is promoted from; with the words for each. */
  private needsOf(member: Needy, ground: Architecture): Map<Needy, CstNode[]> {
    const needs = new Map<Needy, CstNode[]>();
    const add = (target: { $refText: string; $refNode?: CstNode } | undefined, from: AstNode): void => {
      const found = target && this.names.lookUp(target.$refText, ground, from);
      if (!isNeedy(found) || !target?.$refNode) return;
      needs.set(found, [...(needs.get(found) ?? []), target.$refNode]);
    };
    for (const property of member.properties as readonly AstNode[]) {
      if (isPromoted(property)) add(property.source, property);
      if (!isNeeds(property) || !property.need) continue;
      for (const node of AstUtils.streamAst(property)) if (isReferenceNeed(node)) add(node.target, node);
    }
    return needs;
  }
}

type Needy = Component | Service;

const isNeedy = (node: unknown): node is Needy => isComponent(node) || isService(node);

/** What finds an item again: a variant's member may be declared in another file than the variant. */
interface ItemData {
  readonly uri: string;
  readonly architecture: string;
  readonly element: string;
}

function itemOf(member: Needy, ground: Architecture): CallHierarchyItem[] {
  const name = nameWords(member);
  if (!name || !member.$cstNode) return [];
  const data: ItemData = {
    uri: AstUtils.getDocument(ground).uri.toString(),
    architecture: ground.name,
    element: member.name,
  };
  return [
    {
      name: member.name,
      kind: isService(member) ? SymbolKind.Interface : SymbolKind.Class,
      detail: [detailOf(member), ground.name].filter((words) => words !== '').join(' · '),
      uri: AstUtils.getDocument(member).uri.toString(),
      range: member.$cstNode.range,
      selectionRange: name.range,
      data,
    },
  ];
}
