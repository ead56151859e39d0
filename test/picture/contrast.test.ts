import { describe, expect, test } from 'vitest';
import { PALETTES } from '../../webview/picture/theme.ts';
import { editorVariables } from '../../webview/standalone/page-colours.ts';

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe('contrast', () => {
  for (const theme of ['light', 'dark', 'contrast-light', 'contrast-dark'] as const) {
    const palette = PALETTES[theme];
    const grounds = ['background', 'node', 'companyZone', 'usersZone', 'vendorZone'] as const;
    const least = theme.startsWith('contrast') ? 7 : 4.5;

    test(`${theme}: words at least ${least}:1 on every ground`, () => {
      const weak = (['foreground', 'muted'] as const).flatMap((ink) =>
        grounds
          .filter((ground) => contrast(palette[ink], palette[ground]) < least)
          .map((ground) => `${ink} on ${ground}`),
      );
      expect(weak).toEqual([]);
    });

    test(`${theme}: signs, lines and bars at least 3:1 on every ground`, () => {
      const signs = [
        'company',
        'users',
        'vendor',
        'line',
        'hazard',
        'good',
        'error',
        'warning',
        'information',
        'focus',
      ] as const;
      const weak = signs.flatMap((ink) =>
        grounds.filter((ground) => contrast(palette[ink], palette[ground]) < 3).map((ground) => `${ink} on ${ground}`),
      );
      expect(weak).toEqual([]);
    });

    if (!theme.startsWith('contrast')) continue;
    test(`${theme}: a page's own borders stand out at least 3:1`, () => {
      for (const name of ['contrastBorder', 'panel-border']) {
        const [, colour] = new RegExp(`--vscode-${name}: (#\\w{6});`).exec(editorVariables(theme)) ?? [];
        expect(contrast(colour ?? palette.background, palette.background), name).toBeGreaterThanOrEqual(3);
      }
    });
  }
});
