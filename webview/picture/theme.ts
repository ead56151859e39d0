/** The colours of the picture, each a CSS expression: variables of the editor, or plain values for a file of its own. */

export type Theme = 'editor' | 'light' | 'dark' | 'contrast-light' | 'contrast-dark';

export interface Palette {
  readonly font: string;
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly node: string;
  readonly line: string;
  readonly focus: string;
  readonly company: string;
  readonly users: string;
  readonly vendor: string;
  readonly companyZone: string;
  readonly usersZone: string;
  readonly vendorZone: string;
  readonly hazard: string;
  readonly good: string;
  readonly error: string;
  readonly warning: string;
  readonly information: string;
  readonly track: string;
  /** How strong the bands of traffic are, 0…1. */
  readonly band: number;
  /** Border of nodes and zones where the theme draws its own, as high-contrast themes do. */
  readonly border: string | undefined;
}

const FONT = '"Segoe UI", system-ui, -apple-system, "Helvetica Neue", Ubuntu, Arial, sans-serif';

const LIGHT: Palette = {
  font: FONT,
  background: '#ffffff',
  foreground: '#1c2128',
  muted: '#545d68',
  node: '#ffffff',
  line: '#57606a',
  focus: '#0b63ce',
  company: '#0b63ce',
  users: '#b35309',
  vendor: '#7a3fc2',
  companyZone: '#eff5fc',
  usersZone: '#fcf4ea',
  vendorZone: '#f6f1fc',
  hazard: '#b4234c',
  good: '#1b7f46',
  error: '#c92a2a',
  warning: '#a65f00',
  information: '#0b63ce',
  track: '#dde2e8',
  band: 0.32,
  border: undefined,
};

const DARK: Palette = {
  font: FONT,
  background: '#181a1f',
  foreground: '#e8eaed',
  muted: '#a9b1bc',
  node: '#20242b',
  line: '#9aa4b0',
  focus: '#6cb6ff',
  company: '#6cb6ff',
  users: '#f2a65a',
  vendor: '#c8a2ff',
  companyZone: '#1b2530',
  usersZone: '#2a231c',
  vendorZone: '#251f2f',
  hazard: '#ff8fa8',
  good: '#6fd08c',
  error: '#ff7b72',
  warning: '#f0b429',
  information: '#6cb6ff',
  track: '#3a414b',
  band: 0.42,
  border: undefined,
};

const CONTRAST_LIGHT: Palette = {
  ...LIGHT,
  foreground: '#000000',
  muted: '#292929',
  line: '#292929',
  focus: '#0f4a85',
  company: '#0f4a85',
  users: '#8a3b00',
  vendor: '#5c1fa3',
  companyZone: '#ffffff',
  usersZone: '#ffffff',
  vendorZone: '#ffffff',
  hazard: '#9b0034',
  good: '#0b5c2d',
  error: '#b00020',
  warning: '#7a4400',
  information: '#0f4a85',
  track: '#ffffff',
  border: '#0f4a85',
};

const CONTRAST_DARK: Palette = {
  ...DARK,
  background: '#000000',
  foreground: '#ffffff',
  muted: '#ffffff',
  node: '#000000',
  line: '#ffffff',
  focus: '#f38518',
  company: '#5ec8ff',
  users: '#ffb366',
  vendor: '#d3b3ff',
  companyZone: '#000000',
  usersZone: '#000000',
  vendorZone: '#000000',
  track: '#000000',
  border: '#6fc3df',
};

const zoneOf = (party: string): string => `color-mix(in srgb, ${party} 8%, var(--vscode-editor-background, #ffffff))`;
const EDITOR_COMPANY = 'var(--vscode-charts-blue, #0b63ce)';
// The editor's orange is half transparent, and too weak on white in its light themes.
const EDITOR_USERS =
  'color-mix(in srgb, rgb(from var(--vscode-charts-orange, #b35309) r g b / 1) 80%, var(--vscode-editor-foreground, #1c2128))';
const EDITOR_VENDOR = 'var(--vscode-charts-purple, #7a3fc2)';

const EDITOR: Palette = {
  font: `var(--vscode-font-family, ${FONT})`,
  background: 'var(--vscode-editor-background, #ffffff)',
  foreground: 'var(--vscode-editor-foreground, #1c2128)',
  muted: 'color-mix(in srgb, var(--vscode-editor-foreground, #1c2128) 78%, var(--vscode-editor-background, #ffffff))',
  node: 'var(--vscode-editor-background, #ffffff)',
  line: 'color-mix(in srgb, var(--vscode-editor-foreground, #1c2128) 72%, var(--vscode-editor-background, #ffffff))',
  focus: 'var(--vscode-focusBorder, #0b63ce)',
  company: EDITOR_COMPANY,
  users: EDITOR_USERS,
  vendor: EDITOR_VENDOR,
  companyZone: zoneOf(EDITOR_COMPANY),
  usersZone: zoneOf(EDITOR_USERS),
  vendorZone: zoneOf(EDITOR_VENDOR),
  hazard: 'var(--vscode-charts-red, #b4234c)',
  good: 'var(--vscode-charts-green, #1b7f46)',
  error: 'var(--vscode-editorError-foreground, #c92a2a)',
  warning: 'var(--vscode-editorWarning-foreground, #a65f00)',
  information: 'var(--vscode-editorInfo-foreground, #0b63ce)',
  track: 'color-mix(in srgb, var(--vscode-editor-foreground, #1c2128) 14%, var(--vscode-editor-background, #ffffff))',
  band: 0.38,
  border: undefined,
};

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  editor: EDITOR,
  light: LIGHT,
  dark: DARK,
  'contrast-light': CONTRAST_LIGHT,
  'contrast-dark': CONTRAST_DARK,
};
