/** The four kinds of colours that the editor has. */
import * as vscode from 'vscode';
import { type Panel, until } from './workbench.ts';

/** Each with how the editor calls its kind in the page of a panel. */
export const THEMES = {
  light: { name: 'Default Light Modern', kind: 'vscode-light' },
  dark: { name: 'Default Dark Modern', kind: 'vscode-dark' },
  'contrast-dark': { name: 'Default High Contrast', kind: 'vscode-high-contrast' },
  'contrast-light': { name: 'Default High Contrast Light', kind: 'vscode-high-contrast-light' },
} as const;

export type Theme = keyof typeof THEMES;

/** Undefined for that of the editor's own choice. */
export async function setTheme(theme: Theme | undefined): Promise<void> {
  const name = theme && THEMES[theme].name;
  await vscode.workspace.getConfiguration('workbench').update('colorTheme', name, vscode.ConfigurationTarget.Global);
}

let last: Theme = 'light';

/** Looks at an open panel in each theme, beginning with that of the last look. */
export async function inEachTheme(panel: Panel, look: (theme: Theme) => Promise<void>): Promise<void> {
  const all = Object.keys(THEMES) as Theme[];
  for (const theme of [last, ...all.filter((each) => each !== last)]) {
    await setTheme(theme);
    await until(`the panel in ${theme}`, async () => ((await isIn(panel, theme)) ? true : undefined));
    last = theme;
    await look(theme);
  }
}

/** A colour that is on its way to another is neither. */
const isIn = (panel: Panel, theme: Theme): Promise<boolean> =>
  panel
    .part('toolbar')
    .evaluate(
      (_, kind) =>
        document.body.dataset.vscodeThemeKind === kind &&
        document.getAnimations().every((each) => !(each instanceof CSSTransition)),
      THEMES[theme].kind,
    );
