/** The variables of an editor for a page that stands alone: those of a light or a dark one, as the reader's system asks. */
import { PALETTES, type Palette, type Theme } from '../picture/index.ts';

export const pageColours = (): string =>
  [
    `:root { ${editorVariables('light')} }`,
    `@media (prefers-contrast: more) { :root { ${editorVariables('contrast-light')} } }`,
    `@media (prefers-color-scheme: dark) { :root { ${editorVariables('dark')} } }`,
    `@media (prefers-color-scheme: dark) and (prefers-contrast: more) { :root { ${editorVariables('contrast-dark')} } }`,
    `@media (forced-colors: active) { :root { ${variablesOf(FORCED)} ${FORCED_BUTTONS} } }`,
    // On paper.
    `@media print { :root { ${editorVariables('light')} } }`,
  ].join('\n');

/** As the declarations of a style: what an editor with this theme says to its panels. */
export const editorVariables = (theme: Theme): string => variablesOf(PALETTES[theme]);

/** Colours that the reader has chosen for everything: who runs what is then told by signs and words. */
const FORCED: Palette = {
  ...PALETTES['contrast-light'],
  background: 'Canvas',
  foreground: 'CanvasText',
  muted: 'CanvasText',
  node: 'Canvas',
  line: 'CanvasText',
  focus: 'Highlight',
  company: 'CanvasText',
  users: 'CanvasText',
  vendor: 'CanvasText',
  hazard: 'CanvasText',
  good: 'CanvasText',
  error: 'CanvasText',
  warning: 'CanvasText',
  information: 'CanvasText',
  track: 'Canvas',
  border: 'CanvasText',
};

const FORCED_BUTTONS =
  '--vscode-button-background: ButtonFace; --vscode-button-foreground: ButtonText; --vscode-button-hoverBackground: ButtonFace;';

function variablesOf(p: Palette): string {
  const values: Readonly<Record<string, string>> = {
    'font-family': p.font,
    'font-size': '14px',
    'editor-background': p.background,
    'editor-foreground': p.foreground,
    'editorWidget-background': p.node,
    focusBorder: p.focus,
    'panel-border': p.border ?? p.track,
    ...(p.border !== undefined && { contrastBorder: p.border }),
    'charts-blue': p.company,
    'charts-orange': p.users,
    'charts-purple': p.vendor,
    'charts-red': p.hazard,
    'charts-green': p.good,
    'charts-yellow': p.warning,
    'editorError-foreground': p.error,
    'editorWarning-foreground': p.warning,
    'editorInfo-foreground': p.information,
    'button-background': p.focus,
    'button-foreground': p.background,
    'button-hoverBackground': p.foreground,
    'button-secondaryBackground': p.node,
    'button-secondaryForeground': p.foreground,
    'button-secondaryHoverBackground': p.track,
    'button-border': p.line,
    'dropdown-background': p.node,
    'dropdown-foreground': p.foreground,
    'dropdown-border': p.line,
    'inputOption-activeBackground': p.track,
    'inputOption-activeForeground': p.foreground,
    'progressBar-background': p.focus,
  };
  return Object.entries(values)
    .map(([name, value]) => `--vscode-${name}: ${value};`)
    .join(' ');
}
