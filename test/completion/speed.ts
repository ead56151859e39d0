import { URI } from 'langium';
import { generateProgram } from '../bench/generate.ts';
import { measure, printTable, type Row } from '../bench/measure.ts';
import { completion, open } from './at.ts';

/**
 * The time that completion, hover and signature help take in large files once the file is read. Before each, another
 * text is asked about, so that nothing is kept from the last time: a keystroke changes the text as well.
 */
export async function measureEditing(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const components of [1000, 5000]) {
    const text = generateProgram(components);
    const limit = components === 1000 ? { atMost: 30 } : {};
    const part = `users Part${Math.floor(components / 6) * 3 + 1} "`;
    const places: Readonly<Record<string, number>> = {
      'properties, in the middle': text.indexOf('{', text.indexOf(part)) + 1,
      'all names, near the end': text.indexOf('service Service0 needs 2 of (') + 'service Service0 needs 2 of ('.length,
    };
    for (const [what, at] of Object.entries(places)) {
      const opened = await openBeside(`${text.slice(0, at)} <|>${text.slice(at)}`);
      const complete = () => opened.forget().then(() => completion(opened));
      rows.push(await measure(`completion, ${components} components, ${what}`, complete, limit));
    }
    for (const [what, words] of Object.entries({ component: part, service: 'service Service0 ' })) {
      const at = text.indexOf(words) + words.indexOf(' ') + 2;
      const opened = await openBeside(`${text.slice(0, at)}<|>${text.slice(at)}`);
      const { language, document, position } = opened;
      const params = { textDocument: { uri: document.uri.toString() }, position };
      const hover = () => opened.forget().then(() => language.lsp.HoverProvider?.getHoverContent(document, params));
      rows.push(await measure(`hover, ${components} components, ${what}`, hover, limit));
      const help = () => opened.forget().then(() => language.lsp.SignatureHelp?.provideSignatureHelp(document, params));
      rows.push(await measure(`signature help, ${components} components, ${what}`, help));
    }
  }
  return rows;
}

async function openBeside(marked: string) {
  const opened = await open(marked, { 'small.p2parch': 'hazard Small' });
  const { language } = opened;
  const small = language.shared.workspace.LangiumDocuments.getDocument(URI.parse('file:///review/small.p2parch'));
  const textDocument = { uri: 'file:///review/small.p2parch' };
  const forget = async (): Promise<void> => {
    if (small)
      await language.lsp.HoverProvider?.getHoverContent(small, { textDocument, position: { line: 0, character: 0 } });
  };
  return { ...opened, forget };
}

export const printEditing = async (): Promise<void> => printTable(await measureEditing());
