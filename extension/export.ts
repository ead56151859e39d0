/** Pictures and reviews that leave VS Code: each is written where the user says, on whatever file system that is. */
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { type ExportTheme, exportThemeSchema } from '../language/protocol/panel.ts';
import { reviewMarkdown, reviewPage } from '../webview/standalone/index.ts';
import { LANGUAGE_ID, type Server } from './client.ts';
import type { DiagramPanels } from './panels.ts';
import { runs } from './settings.ts';

/** Where to write without asking; from the palette the commands come without. */
const pictureArguments = z.object({ to: z.string(), theme: exportThemeSchema });
const reviewArguments = z.object({ uri: z.string(), to: z.string() });

export function registerExports(
  context: vscode.ExtensionContext,
  server: Server,
  panels: DiagramPanels,
): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('p2parch.exportPicture', async (input: unknown) => {
      const asked = pictureArguments.safeParse(input);
      const theme = asked.success ? asked.data.theme : await chooseTheme();
      if (theme) await exportPicture(panels, theme, asked.success ? vscode.Uri.parse(asked.data.to) : undefined);
    }),
    vscode.commands.registerCommand('p2parch.exportReview', async (input: unknown) => {
      const asked = reviewArguments.safeParse(input);
      const uri = asked.success ? vscode.Uri.parse(asked.data.uri) : fileOf(panels);
      if (uri) await exportReview(context, server, uri, asked.success ? vscode.Uri.parse(asked.data.to) : undefined);
      else inform('open a .p2parch file or its diagram first.');
    }),
  ];
}

const inform = (words: string): void => void vscode.window.showInformationMessage(`P2P Arch: ${words}`);
const complain = (words: string): void => void vscode.window.showErrorMessage(`P2P Arch: ${words}`);

const THEMES: readonly { readonly label: string; readonly theme: ExportTheme; readonly of: vscode.ColorThemeKind }[] = [
  { label: 'Light', theme: 'light', of: vscode.ColorThemeKind.Light },
  { label: 'Dark', theme: 'dark', of: vscode.ColorThemeKind.Dark },
  { label: 'High Contrast Light', theme: 'contrast-light', of: vscode.ColorThemeKind.HighContrastLight },
  { label: 'High Contrast Dark', theme: 'contrast-dark', of: vscode.ColorThemeKind.HighContrast },
];

/** That of the editor first. */
async function chooseTheme(): Promise<ExportTheme | undefined> {
  const { kind } = vscode.window.activeColorTheme;
  const items = [...THEMES].sort((left, right) => Number(right.of === kind) - Number(left.of === kind));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'In which colours?' }))?.theme;
}

async function exportPicture(panels: DiagramPanels, theme: ExportTheme, known: vscode.Uri | undefined): Promise<void> {
  const panel = panels.seen();
  if (!panel) {
    inform('open a diagram first: what it shows is exported.');
    return;
  }
  const name = `${panel.architecture ?? 'diagram'}.svg`;
  const to = known ?? (await ask(panel.uri, name, { 'SVG picture': ['svg'], 'PNG picture': ['png'] }));
  if (!to) return;
  const format = to.path.toLowerCase().endsWith('.png') ? 'png' : 'svg';
  const content = await panel.exported(format, theme);
  if (content === undefined)
    complain('the diagram shows nothing that can be exported. A very large one can be as SVG.');
  else await write(to, format === 'svg' ? encoded(content) : bytesOf(content));
}

async function exportReview(
  context: vscode.ExtensionContext,
  server: Server,
  uri: vscode.Uri,
  known: vscode.Uri | undefined,
): Promise<void> {
  const name = `${nameOf(uri).replace(/\.p2parch$/, '')}-review.html`;
  const to = known ?? (await ask(uri, name, { 'Web page': ['html'], Markdown: ['md'] }));
  if (!to) return;
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: 'P2P Arch: running the scenarios',
    cancellable: true,
  };
  const reply = await vscode.window.withProgress(progress, (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return server.review({ uri: uri.toString(), runs: runs() }, abort.signal);
  });
  if (!reply) return;
  if (reply.kind === 'refusal') {
    complain(reply.message);
    return;
  }
  if (to.path.toLowerCase().endsWith('.md')) {
    const folder = `${nameOf(to).replace(/\.md$/i, '')}-pictures`;
    const { markdown, pictures } = reviewMarkdown(reply.review, folder);
    const beside = vscode.Uri.joinPath(to, '..', folder);
    for (const [file, svg] of pictures) {
      if (!(await write(vscode.Uri.joinPath(beside, file), encoded(svg)))) return;
    }
    await write(to, encoded(markdown));
    return;
  }
  const [script = '', style = ''] = await Promise.all(
    ['player.js', 'player.css'].map(async (file) =>
      new TextDecoder().decode(
        await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', file)),
      ),
    ),
  );
  await write(to, encoded(await reviewPage(reply.review, { script, style })));
}

/** The file of the panel that is looked at, or of the editor. */
function fileOf(panels: DiagramPanels): vscode.Uri | undefined {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const editor = editors.find((candidate) => candidate?.document.languageId === LANGUAGE_ID);
  return panels.active()?.uri ?? editor?.document.uri ?? panels.seen()?.uri;
}

/** Beside the file, unless the user says otherwise. */
const ask = (beside: vscode.Uri, name: string, filters: Record<string, string[]>): Thenable<vscode.Uri | undefined> =>
  vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(beside, '..', name), filters });

const nameOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1);
const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** Whether it could be written; where not, the user is told. */
async function write(to: vscode.Uri, bytes: Uint8Array): Promise<boolean> {
  try {
    await vscode.workspace.fs.writeFile(to, bytes);
    return true;
  } catch (error) {
    complain(`${nameOf(to)} could not be written: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}
