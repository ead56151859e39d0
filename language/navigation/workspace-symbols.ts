import { AstUtils } from 'langium';
import type { FuzzyMatcher, LangiumSharedServices, WorkspaceSymbolProvider } from 'langium/lsp';
import type { WorkspaceSymbol, WorkspaceSymbolParams } from 'vscode-languageserver-protocol';
import { isArchitecture } from '../generated/ast.ts';
import { fileOf, ownDeclarations } from '../names/files.ts';
import { declaredElements } from '../names/members.ts';
import { type Named, nameWords } from './occurrences.ts';
import { SYMBOL_KINDS } from './outline.ts';

/** The declarations of all files whose name fits what was typed, each with the architecture that it stands in. */
export class P2PArchWorkspaceSymbols implements WorkspaceSymbolProvider {
  private readonly services: LangiumSharedServices;
  private readonly matcher: FuzzyMatcher;

  constructor(services: LangiumSharedServices) {
    this.services = services;
    this.matcher = services.lsp.FuzzyMatcher;
  }

  getSymbols({ query }: WorkspaceSymbolParams): WorkspaceSymbol[] {
    const wanted = query.normalize('NFC');
    return this.services.workspace.LangiumDocuments.all
      .flatMap((document) => declarationsIn(ownDeclarations(fileOf(document))))
      .filter(({ name }) => this.matcher.match(wanted, name))
      .flatMap(symbolOf)
      .toArray();
  }
}

const declarationsIn = (declarations: readonly Named[]): Named[] =>
  declarations.flatMap((declaration) =>
    isArchitecture(declaration)
      ? ([
          declaration,
          ...declaredElements(declaration),
          ...declaration.members.filter((member) => member.$type === 'Scenario' && member.name !== undefined),
        ] as Named[])
      : [declaration],
  );

function symbolOf(named: Named): WorkspaceSymbol[] {
  const words = nameWords(named);
  if (!words) return [];
  const around = AstUtils.getContainerOfType(named.$container, isArchitecture);
  return [
    {
      name: named.name,
      kind: SYMBOL_KINDS[named.$type],
      location: { uri: AstUtils.getDocument(named).uri.toString(), range: words.range },
      ...(around && { containerName: around.name }),
    },
  ];
}
