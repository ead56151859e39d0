/** What is seen, as a picture of its own: as text for an SVG, as pixels for a PNG. */
import type { ExportFormat } from '../../../language/protocol/panel.ts';

/** Pixels to a unit of the picture: sharp on a projector. */
const SCALE = 2;
/** What browsers draw at most along one side. */
const LONGEST_SIDE = 16_000;

/** The text of an SVG, or the bytes of a PNG in base64. Rejected where a picture is too large to be drawn. */
export async function exported(stills: readonly string[], format: ExportFormat): Promise<string> {
  const svg = sideBySide(stills);
  return format === 'svg' ? `${svg}\n` : pngOf(svg);
}

const GAP = 32;

/** Pictures that are compared stand beside one another, as they are seen. */
export function sideBySide(stills: readonly string[]): string {
  const [first, ...others] = stills;
  if (first === undefined || others.length === 0) return first ?? '';
  let x = 0;
  const placed = stills.map((svg) => {
    const inner = svg.replace('<svg ', `<svg x="${x}" `);
    x += sizeOf(svg).width + GAP;
    return inner;
  });
  const height = Math.max(...stills.map((svg) => sizeOf(svg).height));
  const width = x - GAP;
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  // Behind them all, as the pictures are of different heights.
  const ground = `<g class="p2p"><rect class="background" width="${width}" height="${height}"/></g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${ground}${placed.join('')}</svg>`;
}

/** As the renderer writes it. */
function sizeOf(svg: string): { readonly width: number; readonly height: number } {
  const [, width, height] = / width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  return { width: Number(width ?? 1), height: Number(height ?? 1) };
}

async function pngOf(svg: string): Promise<string> {
  const { width, height } = sizeOf(svg);
  const scale = Math.min(SCALE, LONGEST_SIDE / width, LONGEST_SIDE / height);
  const image = new Image();
  // The page's policy lets pictures in that are given with it, and none from anywhere.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
