/** Colours for the chart, which is a canvas and cannot look up variables by itself. */

export type Rgb = readonly [number, number, number];

/** How architectures are told apart: by dash as well as by colour. The zones' colours are not among them. */
export const SERIES_LOOKS = [
  { variable: '--vscode-charts-green', fallback: '#388a34', dash: [] },
  { variable: '--vscode-editor-foreground', fallback: '#3b3b3b', dash: [9, 5] },
  { variable: '--vscode-charts-yellow', fallback: '#bf8803', dash: [3, 4] },
  { variable: '--vscode-charts-red', fallback: '#e51400', dash: [14, 4, 3, 4] },
] as const;

export interface Palette {
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  /** Of what is held or chosen: the editor's own. */
  readonly focus: string;
  readonly font: string;
  readonly fontPixels: number;
  /** In the order of `SERIES_LOOKS`. */
  readonly series: readonly Rgb[];
}

const LEAST_CONTRAST = 4.5;

/** The page's colours as they are now. */
export function readPalette(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  // While a recovery is presented, whoever sits in the last row reads it too.
  const fontPixels = element.classList.contains('presenting') ? 18 : 12;
  const colour = (variable: string, fallback: string): Rgb => {
    const value = style.getPropertyValue(variable);
    return parseColour(value) ?? computed(value, element) ?? parseColour(fallback) ?? [128, 128, 128];
  };
  const background = colour('--vscode-editor-background', '#ffffff');
  const foreground = colour('--vscode-editor-foreground', '#3b3b3b');
  const series = SERIES_LOOKS.map(({ variable, fallback }) =>
    readable(colour(variable, fallback), background, foreground, LEAST_CONTRAST),
  );
  return {
    background: cssOf(background),
    foreground: cssOf(foreground),
    muted: cssOf(mixed(foreground, background, 0.25)),
    grid: cssOf(mixed(foreground, background, 0.85)),
    focus: cssOf(colour('--vscode-focusBorder', '#0b63ce')),
    fontPixels,
    font: `${fontPixels}px ${style.fontFamily || 'sans-serif'}`,
    series,
  };
}

/** A colour that is written as a word is one of those that the reader has chosen for everything. */
function computed(value: string, element: HTMLElement): Rgb | undefined {
  if (!/^\s*[a-z]+\s*$/i.test(value)) return undefined;
  const probe = document.createElement('span');
  probe.style.color = value;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return parseColour(color);
}

export const cssOf = ([red, green, blue]: Rgb, alpha = 1): string =>
  alpha === 1 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha})`;

/** `#rgb`, `#rrggbb`, `rgb(…)` with or without opacity, which is left out: as a theme writes its colours. */
export function parseColour(text: string): Rgb | undefined {
  const hex = /^\s*#([0-9a-f]{3,8})\s*$/i.exec(text)?.[1];
  if (hex !== undefined) {
    const width = hex.length < 6 ? 1 : 2;
    const channel = (index: number) => {
      const digits = hex.slice(index * width, (index + 1) * width);
      return Number.parseInt(width === 1 ? digits + digits : digits, 16);
    };
    return [channel(0), channel(1), channel(2)];
  }
  const [red, green, blue] = (/^\s*rgba?\(([^)]*)\)\s*$/i.exec(text)?.[1] ?? '').split(/[\s,/]+/).map(Number);
  return isChannel(red) && isChannel(green) && isChannel(blue) ? [red, green, blue] : undefined;
}

const isChannel = (value: number | undefined): value is number => value !== undefined && value >= 0 && value <= 255;

/** As little towards the foreground as makes it stand out enough. */
export function readable(colour: Rgb, background: Rgb, foreground: Rgb, least: number): Rgb {
  for (let share = 0; share < 1; share += 0.1) {
    const candidate = mixed(colour, foreground, share);
    if (contrastOf(candidate, background) >= least) return candidate;
  }
  return foreground;
}

const mixed = (from: Rgb, to: Rgb, share: number): Rgb => {
  const channel = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [channel(0), channel(1), channel(2)];
};

/** The contrast ratio of WCAG 2.2. */
export function contrastOf(a: Rgb, b: Rgb): number {
  const [lighter, darker] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => y - x) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminanceOf(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
