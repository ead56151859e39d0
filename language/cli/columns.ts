import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Column } from '../core/simulation/index.ts';

/** A column as a text: what is alike in its numbers stands together, and so takes little room. */
export function encodeColumn({ values }: Column): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const planes = new Uint8Array(bytes.length);
  for (let at = 0; at < values.length; at++)
    for (let plane = 0; plane < 8; plane++) planes[plane * values.length + at] = bytes[8 * at + plane] as number;
  return deflateRawSync(planes).toString('base64');
}

/** The column that was encoded, or undefined if the text is none of so many moments and runs. */
export function decodeColumn(text: string, moments: number, runs: number): Column | undefined {
  const length = moments * runs;
  let planes: Buffer;
  try {
    planes = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: Math.max(8, 8 * length) });
  } catch {
    return undefined;
  }
  if (planes.length !== 8 * length) return undefined;
  const values = new Float64Array(length);
  const bytes = new Uint8Array(values.buffer);
  for (let at = 0; at < length; at++)
    for (let plane = 0; plane < 8; plane++) bytes[8 * at + plane] = planes[plane * length + at] as number;
  return { moments, runs, values };
}
