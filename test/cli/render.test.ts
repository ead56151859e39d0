import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, lookAt, openBrowser } from './browser.ts';
import { complaining, HOSTILE, hostileFile, seenAs } from './hostile.ts';
import { p2parch } from './run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-render-'));
const into = (name: string): string => path.join(folder, name);
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What is said of the other architectures of a file, and nothing else. */
const OTHERS = /^(p2parch: this is \w+; for [\w, ]+ use --architecture\n)?$/;

async function rendered(name: string, ...args: string[]): Promise<Buffer> {
  const ended = await p2parch(['render', ...args, '-o', into(name)]);
  expect(ended).toMatchObject({ status: 0, stdout: '' });
  expect(ended.stderr).toMatch(OTHERS);
  return readFileSync(into(name));
}

/** Width and height, as the header of a PNG says them. */
const pixelsOf = (png: Buffer): [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)];

/** How far two pictures are apart: the share of points whose colours differ clearly. */
const differing = (svg: Buffer, png: Buffer): Promise<number> =>
  browser.page.evaluate(
    async ([vector, raster]) => {
      const pixels = async (type: string, data: string): Promise<Uint8ClampedArray> => {
        const image = new Image();
        image.src = `data:${type};base64,${data}`;
        await image.decode();
        const canvas = new OffscreenCanvas(400, Math.round((400 * image.height) / image.width));
        const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        return context.getImageData(0, 0, canvas.width, canvas.height).data;
      };
      const [one, other] = await Promise.all([pixels('image/svg+xml', vector), pixels('image/png', raster)]);
      if (one.length !== other.length) return 1;
      let count = 0;
      for (let at = 0; at < one.length; at += 4) {
        const distance = [0, 1, 2].reduce(
          (sum, channel) => sum + Math.abs((one[at + channel] ?? 0) - (other[at + channel] ?? 0)),
          0,
        );
        if (distance > 150) count++;
      }
      return count / (one.length / 4);
    },
    [svg.toString('base64'), png.toString('base64')] as const,
  );

describe('p2parch render to PNG', () => {
  it('is folded where it is too large to be read, and says so; whole or folded where that is asked for', async () => {
    const parts = Array.from({ length: 150 }, (_, at) => `  vendor Part${at} by "V${at % 3}"`).join('\n');
    writeFileSync(into('large.p2parch'), `architecture Large {\n${parts}\n  service S needs Part0\n}\n`);
    const words = async (...args: string[]): Promise<string> =>
      (await rendered('large.svg', into('large.p2parch'), ...args)).toString('utf8');
    expect(await words()).toMatch(/>Large: 100 of 150 components are folded into 2 boxes\.</);
    const whole = await words('--fold', 'none');
    expect(whole).not.toContain('folded into');
    expect(whole).toContain('data-node="Part149"');
    // A narrow picture wraps its title.
    expect(await words('--fold', 'all')).toContain('150 of 150 components are');
  });

  it.each(['light', 'contrast-dark'])('draws what a browser draws of the SVG: %s', async (theme) => {
    const args = ['skype-2007.p2parch', '--theme', theme, '--scenario', 'PatchTuesday', '--at', '3h'];
    const [svg, png] = [await rendered('a.svg', ...args), await rendered('a.png', ...args)];
    // Another picture of the same size differs in its dots and figures, the same one in the edges of its letters.
    const same = await differing(svg, png);
    expect(same).toBeLessThan(0.02);
    const atRest = await rendered('b.png', 'skype-2007.p2parch', '--theme', theme);
    expect(await differing(svg, atRest)).toBeGreaterThan(1.2 * same);
  });

  it('shows the very moment that is asked for', async () => {
    const seen = async (at: string): Promise<string> =>
      (await rendered('at.svg', 'skype-2007.p2parch', '--scenario', 'PatchTuesday', '--at', at)).toString('utf8');
    // The strike is at one hour; samples of a run are twelve minutes apart unless they are asked for.
    const [before, after, later] = [await seen('59min'), await seen('60min'), await seen('61min')];
    expect(before).not.toBe(after);
    expect(after).not.toBe(later.replace('1 h 1 min', '1 h'));
  });

  it('is as large as asked for', async () => {
    const svg = await rendered('c.svg', 'kazaa.p2parch');
    const [, width, height] = / width="(\d+)" height="(\d+)"/.exec(svg.toString()) as unknown as [
      string,
      string,
      string,
    ];
    expect(pixelsOf(await rendered('c.png', 'kazaa.p2parch'))).toEqual([2 * Number(width), 2 * Number(height)]);
    expect(pixelsOf(await rendered('d.png', 'kazaa.p2parch', '--scale', '1'))).toEqual([Number(width), Number(height)]);
    expect(pixelsOf(await rendered('e.png', 'kazaa.p2parch', '--width', '1920'))[0]).toBe(1920);
  });

  it('says which characters it has no font for', async () => {
    const source = 'architecture A "東京 Tōkyō Токио Τόκιο" { company C }';
    const { status, stderr } = await p2parch(['render', '-', '-o', into('f.png')], source);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'p2parch: no font for “東京”: name a font file that has these with --font\n',
    });
  });

  it('says what else is in the file, where nobody has named one', async () => {
    const source =
      'architecture A { company C service S for C { needs C } } architecture B extends A { } scenario X on B, A { run 1 h }';
    const render = async (...args: string[]) => (await p2parch(['render', '-', ...args, '-o', '-'], source)).stderr;
    expect(await render()).toBe('p2parch: this is A; for B use --architecture\n');
    expect(await render('--scenario', 'X', '--at', '1 min')).toBe('p2parch: this is B; for A use --architecture\n');
    expect(await render('--architecture', 'B')).toBe('');
  });

  it.each([
    [['--scale', '1', '--width', '100', '-o', 'g.png'], '--scale or --width, not both'],
    [['--width', '32768', '--scenario', 'PatchTuesday', '--at', '1h', '-o', 'g.png'], 'is too large'],
    [['--scenario', 'PatchTuesday', '--at', '1000h', '-o', 'g.svg'], 'is after the end of PatchTuesday, which runs'],
    [['--width', '5', '-o', 'g.png'], '--width takes a whole number from 16 to 32768'],
    [['--scale', '2', '-o', 'g.svg'], 'an .svg has no pixels'],
    [['--font', 'nowhere.ttf', '-o', 'g.png'], 'nowhere.ttf: the font cannot be read'],
    [['-o', 'g.jpg'], '.svg and .png'],
  ])('%j is refused in one line', async (args, words) => {
    const { status, stderr } = await p2parch(['render', 'skype-2007.p2parch', ...args]);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('an SVG of hostile words', () => {
  it.each([0, 3, 5, 6])('is sound XML, and asks, runs and shows nothing but words: turn %d', async (turn) => {
    writeFileSync(into('hostile.p2parch'), hostileFile(turn));
    const svg = await rendered('hostile.svg', into('hostile.p2parch'));
    const complaints: string[] = [];
    const parsed = new DOMParser({ onError: complaining(complaints) });
    parsed.parseFromString(svg.toString(), 'image/svg+xml');
    expect(complaints).toEqual([]);
    const seen = await lookAt(browser, `file://${into('hostile.svg')}`);
    expect(seen.told).toEqual([]);
    expect(seen.elements).toEqual(['g', 'path', 'rect', 'style', 'svg', 'text', 'title']);
    expect(seen.words).toContain(seenAs(HOSTILE[(turn + 1) % HOSTILE.length] as string));
    expect(seen.words).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
});
