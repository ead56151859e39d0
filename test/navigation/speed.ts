import type { P2PArchLenses } from '../../language/navigation/lenses.ts';
import { selectionRanges } from '../../language/navigation/selection.ts';
import { P2PArchWorkspaceSymbols } from '../../language/navigation/workspace-symbols.ts';
import { generateProgram } from '../bench/generate.ts';
import { measure, type Row } from '../bench/measure.ts';
import { type Opened, open, whole } from './at.ts';

/** Everything that an editor asks on its own account, as after a keystroke: nothing of the file is known yet. */
function asks({ document, language, position }: Opened): Record<string, () => unknown> {
  const lsp = language.lsp;
  const at = { textDocument: { uri: document.uri.toString() }, position };
  const range = whole(document);
  const fresh = (work: () => unknown) => () => {
    // A tree in a new object, as after parsing: what is kept for it is not found again.
    Object.assign(document, { parseResult: { ...document.parseResult } });
    return work();
  };
  return {
    'semantic tokens': fresh(() => lsp.SemanticTokenProvider?.semanticHighlight(document, at)),
    'document highlights': fresh(() => lsp.DocumentHighlightProvider?.getDocumentHighlight(document, at)),
    outline: fresh(() => lsp.DocumentSymbolProvider?.getSymbols(document, at)),
    folding: fresh(() => lsp.FoldingRangeProvider?.getFoldingRanges(document, at)),
    'code lenses': fresh(() => lsp.CodeLensProvider?.provideCodeLens(document, at)),
    'inlay hints': fresh(() => lsp.InlayHintProvider?.getInlayHints(document, { ...at, range })),
    'quick fixes': fresh(() =>
      lsp.CodeActionProvider?.getCodeActions(document, { ...at, range, context: { diagnostics: [] } }),
    ),
    'selection ranges': fresh(() => selectionRanges(document, [position])),
    'workspace symbols': fresh(() => new P2PArchWorkspaceSymbols(language.shared).getSymbols({ query: 'part9' })),
    rename: fresh(() => lsp.RenameProvider?.rename(document, { ...at, newName: 'Renamed' })),
    'call hierarchy': fresh(async () => {
      const [item] = (await lsp.CallHierarchyProvider?.prepareCallHierarchy(document, at)) ?? [];
      return item && lsp.CallHierarchyProvider?.incomingCalls({ item });
    }),
    'one code lens of cut sets': () => {
      const provider = lsp.CodeLensProvider as P2PArchLenses;
      return provider.resolveCodeLens(provider.provideCodeLens(document, at).findLast(({ data }) => data) as never);
    },
  };
}

/** How long each answer takes, once for each size of file. */
export async function measureNavigating(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const components of [1000, 5000]) {
    const text = generateProgram(components).replace('needs Part100 or', 'needs ‸Part100 or');
    const opened = await open({ 'main.p2parch': text });
    for (const [what, work] of Object.entries(asks(opened))) {
      rows.push(await measure(`${what}, ${components} components`, work));
    }
  }
  return rows;
}
