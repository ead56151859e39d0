import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { P2PArchLenses } from '../../language/navigation/lenses.ts';
import { selectionRanges } from '../../language/navigation/selection.ts';
import { P2PArchWorkspaceSymbols } from '../../language/navigation/workspace-symbols.ts';
import { EXAMPLE } from '../bench/example.ts';
import { open, whole } from './at.ts';

const WORDS = EXAMPLE.split(/(\s+)/);
const STRAY = [
  '{',
  '}',
  '(',
  ')',
  '"',
  '/*',
  '//',
  ',',
  '%',
  '5',
  'needs',
  'extends',
  'on',
  '__proto__',
  'x-',
  '\u0301',
  '\\',
];

/** The example of the language with words taken out, doubled, or replaced by others that do not belong there. */
const broken = fc
  .array(fc.tuple(fc.nat(WORDS.length - 1), fc.constantFrom('', ...STRAY, ...WORDS)), { minLength: 1, maxLength: 6 })
  .map((changes) => {
    const words = [...WORDS];
    for (const [index, word] of changes) words[index] = word;
    return words.join('');
  });

describe('a text with any mistakes in it', () => {
  it('has every answer, and nothing throws', () =>
    fc.assert(
      fc.asyncProperty(broken, fc.nat(), async (text, at) => {
        const opened = await open({ 'main.p2parch': text });
        const { document, language } = opened;
        const { lsp } = language;
        const position = document.textDocument.positionAt(at % (text.length + 1));
        const where = { textDocument: { uri: document.uri.toString() }, position };
        const range = whole(document);
        const tokens = await lsp.SemanticTokenProvider?.semanticHighlight(document, where);
        expect(tokens?.data.every((value) => value >= 0)).toBe(true);
        await lsp.DefinitionProvider?.getDefinition(document, where);
        await lsp.ReferencesProvider?.findReferences(document, { ...where, context: { includeDeclaration: true } });
        await lsp.DocumentHighlightProvider?.getDocumentHighlight(document, where);
        const refusal = (error: unknown) => expect((error as { code?: number }).code).toBe(-32803);
        await Promise.resolve(lsp.RenameProvider?.rename(document, { ...where, newName: 'Renamed' })).catch(refusal);
        for (const item of (await lsp.CallHierarchyProvider?.prepareCallHierarchy(document, where)) ?? []) {
          await lsp.CallHierarchyProvider?.incomingCalls({ item });
          await lsp.CallHierarchyProvider?.outgoingCalls({ item });
        }
        await lsp.DocumentSymbolProvider?.getSymbols(document, where);
        await lsp.FoldingRangeProvider?.getFoldingRanges(document, where);
        await lsp.DocumentLinkProvider?.getDocumentLinks(document, where);
        await lsp.InlayHintProvider?.getInlayHints(document, { ...where, range });
        await lsp.CodeActionProvider?.getCodeActions(document, { ...where, range, context: { diagnostics: [] } });
        const lenses = lsp.CodeLensProvider as P2PArchLenses;
        for (const lens of lenses.provideCodeLens(document, where)) await lenses.resolveCodeLens(lens);
        let inner = selectionRanges(document, [position])[0];
        for (; inner?.parent; inner = inner.parent) expect(inner.range).not.toEqual(inner.parent.range);
        new P2PArchWorkspaceSymbols(language.shared).getSymbols({ query: 'a' });
      }),
      { numRuns: 150 },
    ));
});
