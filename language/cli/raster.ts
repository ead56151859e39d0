/**
 * SVG to PNG, by resvg, with a font that comes along: the same picture on every machine, whatever fonts it has. Both lie
 * as files beside the bundle, and are read by nobody but who asks for a PNG.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CallError, reasonOf } from './call.ts';

export interface RasterOptions {
  /** Pixels to a unit of the SVG. */
  readonly scale: number;
  /** Font files for scripts that the font which comes along does not write. */
  readonly fonts: readonly string[];
}

/** More than any screen or sheet shows, and less than memory holds. */
const MOST_PIXELS = 120_000_000;

/** The bytes of a PNG. Throws a `CallError` where the picture would be too large or a font cannot be read. */
export async function pngOf(svg: string, { scale, fonts }: RasterOptions): Promise<Uint8Array> {
  const size = sizeOf(svg);
  if (size.width * size.height * scale * scale > MOST_PIXELS) {
    throw new CallError(
      `a picture of ${Math.round(size.width * scale)} by ${Math.round(size.height * scale)} pixels is too large; a smaller --width or --scale, or an .svg, will do`,
    );
  }
  const [{ initWasm, Resvg }, wasm, ...known] = await Promise.all([
    import('@resvg/resvg-wasm'),
    readFile(path.join(OWN, 'resvg.wasm')),
    ...OWN_FONTS.map((name) => readFile(path.join(OWN, name))),
  ]);
  const more = await Promise.all(fonts.map(fontFile));
  started ??= initWasm(wasm);
  await started;
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontBuffers: [...known, ...more], defaultFontFamily: FAMILY, sansSerifFamily: FAMILY },
  });
  return image.render().asPng();
}

const OWN = path.join(import.meta.dirname, 'raster');
const FAMILY = 'Inter';
const OWN_FONTS = ['Inter-Regular.woff2', 'Inter-SemiBold.woff2'];
let started: Promise<void> | undefined;

/** As the picture says it. */
export function sizeOf(svg: string): { readonly width: number; readonly height: number } {
  const [, width = '1', height = '1'] = /^<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  return { width: Number(width), height: Number(height) };
}

async function fontFile(name: string): Promise<Uint8Array> {
  try {
    return await readFile(name);
  } catch (error) {
    throw new CallError(`${name}: the font cannot be read (${reasonOf(error, 'no such file')})`);
  }
}

const UNKNOWN = /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/gu;

/** Characters that the font which comes along cannot draw: those of other scripts than Latin, Greek and Cyrillic. */
export const beyondOwnFont = (svg: string): string => [...new Set(svg.match(UNKNOWN) ?? [])].join('');
