import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, lookAt, openBrowser } from './browser.ts';
import { complaining, HOSTILE, hostileFile, seenAs } from './hostile.ts';
import { p2parch } from './run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-report-'));
const into = (...names: string[]): string => path.join(folder, ...names);
const address = (name: string): string => `file://${into(name)}`;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
  const { status, stdout, stderr } = await p2parch([
    'report',
    'skype-2007.p2parch',
    '--runs',
    '20',
    '-o',
    into('skype.html'),
  ]);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Until the recovery plays: its clock has moved. */
async function played(page: Page): Promise<void> {
  const clock = page.getByTestId('clock').first();
  await page.locator('.player').first().scrollIntoViewIfNeeded();
  await clock.waitFor();
  const first = await clock.textContent();
  await page.waitForFunction(
    (before) => document.querySelector('[data-testid="clock"]')?.textContent !== before,
    first,
  );
}

describe('the report as a page', () => {
  it('asks for nothing, and plays the recovery of each architecture on one clock', async () => {
    const seen = await lookAt(browser, address('skype.html'), async (page) => {
      await played(page);
      expect(await page.locator('.player .recovery-picture').count()).toBe(2);
      expect(await page.locator('.player .chart canvas').count()).toBeGreaterThan(0);
      expect(await page.locator('.still').isVisible()).toBe(false);
    });
    expect(seen.told).toEqual([]);
  });

  it('is read without scripts: pictures, findings, cut sets, verdicts, charts', async () => {
    const page = await browser.context.newPage();
    const source = readFileSync(into('skype.html'), 'utf8').replace(/script-src &#39;[^&]+&#39;/, "script-src 'none'");
    writeFileSync(into('still.html'), source);
    await page.goto(address('still.html'));
    expect(await page.locator('.player').isVisible()).toBe(false);
    for (const words of [
      'Warning',
      'hidden-overload',
      'Mass reboot',
      'Measured: Skype, 16 to 20 August 2007: online',
    ]) {
      expect(await page.locator('td, h4', { hasText: words }).first().isVisible()).toBe(true);
    }
    expect(await page.locator('.verdicts .met').count()).toBe(2);
    expect(await page.locator('svg.p2p .node').count()).toBeGreaterThan(10);
    expect(await page.locator('.still svg.chart-figure .median').count()).toBeGreaterThan(0);
    await page.close();
  });

  it('runs no other script than its own, and only as it was written', async () => {
    const page = await browser.context.newPage();
    const refused: string[] = [];
    page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
    await page.goto(address('skype.html'));
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.strange = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.strange = true">');
      return 'strange' in window;
    });
    expect(ran).toBe(false);
    expect(refused.join('\n')).toContain('Content Security Policy');
    await page.close();
  });

  it('follows the reader: light, dark, and light on paper', async () => {
    const page = await browser.context.newPage();
    await page.goto(address('skype.html'));
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground()).toBe('rgb(24, 26, 31)');
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await ground()).toBe('rgb(255, 255, 255)');
    expect(await page.locator('.still').isVisible()).toBe(true);
    expect(await page.locator('.player').isVisible()).toBe(false);
    await page.close();
  });
});

describe('a report for whom colours are too weak', () => {
  const seen = (page: Page, what: string, style: string) =>
    page
      .locator(what)
      .first()
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), style);

  it.each([
    ['more contrast, light', { colorScheme: 'light', contrast: 'more' }, '#ffffff'],
    ['more contrast, dark', { colorScheme: 'dark', contrast: 'more' }, '#000000'],
  ] as const)('has full borders and nothing told by a tint: %s', async (_, media, ground) => {
    const page = await browser.context.newPage();
    await page.goto(address('skype.html'));
    const frame = '.picture .zone.party-users > .frame';
    await page.emulateMedia({ colorScheme: media.colorScheme });
    expect(Number(await seen(page, frame, 'stroke-opacity'))).toBeLessThan(1);
    await page.emulateMedia(media);
    expect(await seen(page, frame, 'stroke-opacity')).toBe('1');
    expect(await seen(page, frame, 'stroke-width')).toBe('2px');
    const [red, blue] = [ground.slice(1, 3), ground.slice(5)].map((part) => Number.parseInt(part, 16));
    for (const what of [frame, '.picture .heading.party-users > .heading-back', '.picture .background'])
      expect(await seen(page, what, 'fill')).toBe(`rgb(${red}, ${red}, ${blue})`);
    await page.close();
  });

  it('takes the colours that its reader has chosen for everything', async () => {
    const page = await browser.context.newPage();
    await page.goto(address('skype.html'));
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    // White on black here. A mixture of two colours is written with channels up to 1.
    const WHITE = /^(rgb\(255, 255, 255\)|color\(srgb 1 1 1\))$/;
    const BLACK = /^(rgb\(0, 0, 0\)|color\(srgb 0 0 0\))$/;
    expect(await seen(page, '.picture .background', 'fill')).toMatch(BLACK);
    expect(await seen(page, '.picture .zone.party-users > .frame', 'fill')).toMatch(BLACK);
    for (const what of ['.zone.party-users > .frame', '.party-users .icon', '.node.service > .box'])
      expect(await seen(page, `.picture ${what}`, 'stroke')).toMatch(WHITE);
    expect(await seen(page, '.picture .text-title', 'fill')).toMatch(WHITE);
    await played(page);
    await page.close();
  });
});

describe('a report of hostile words', () => {
  it.each([0, 1, 2, 4])('is words and nothing else, as a page that plays: turn %d', async (turn) => {
    writeFileSync(into('hostile.p2parch'), hostileFile(turn));
    const { stderr } = await p2parch(['report', into('hostile.p2parch'), '--runs', '4', '-o', into('hostile.html')]);
    expect(stderr).toMatch(/^(p2parch: .*, told in .*\n)?$/);
    const seen = await lookAt(browser, address('hostile.html'), played);
    expect(seen.told).toEqual([]);
    const strange = ['img', 'b', 'iframe', 'object', 'embed', 'link', 'base', 'foreignObject', 'form'];
    expect(seen.elements.filter((name) => strange.includes(name))).toEqual([]);
    // The titles of architectures, of the scenario and of services.
    for (const at of [1, 3, 4, 6, 7]) {
      expect(seen.words).toContain(seenAs(HOSTILE[(turn + at) % HOSTILE.length] as string));
    }
    expect(seen.words).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    const page = await browser.context.newPage();
    await page.goto(address('hostile.html'));
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
    await page.close();
  });

  it('is sound XML in the pictures beside Markdown', async () => {
    writeFileSync(into('hostile.p2parch'), hostileFile());
    await p2parch(['report', into('hostile.p2parch'), '--runs', '4', '-o', into('hostile.md')]);
    const markdown = readFileSync(into('hostile.md'), 'utf8');
    const shown = [...markdown.matchAll(/^!\[.*\]\((.+)\)$/gm)].map(([, file = '']) => decodeURIComponent(file));
    expect(shown.length).toBe(readdirSync(into('hostile-pictures')).length);
    for (const file of shown) {
      const complaints: string[] = [];
      const parsed = new DOMParser({ onError: complaining(complaints) });
      parsed.parseFromString(readFileSync(into(file), 'utf8'), 'image/svg+xml');
      expect(complaints).toEqual([]);
    }
  });
});

describe('p2parch report', () => {
  it('gives each accepted finding its own reason, and calls what has no title by its name', async () => {
    writeFileSync(
      into('reasons.p2parch'),
      `architecture Acc "" {
  vendor A by "Amazon" vendor A2 by "Amazon" vendor B by "Google" vendor B2 by "Google"
  service S "  " { needs A or A2 }
  service T "\u200b" { needs B or B2 }
  accept single-external-dependency on A because "Of Amazon."
  accept shared-fate on S because "Of S."
  accept single-external-dependency on B because "Of Google." until 2099-12-31
}
scenario X "" on Acc { at 1 min crash A expect S back to 50% within 30 min run 1 h }
`,
    );
    const { status } = await p2parch(['report', into('reasons.p2parch'), '--runs', '3', '-o', into('reasons.md')]);
    expect(status).toBe(0);
    const text = readFileSync(into('reasons.md'), 'utf8');
    expect(text).toMatch(/Amazon runs A and A2[^\n]*Accepted: Of Amazon\./);
    expect(text).toMatch(/Google runs B and B2[^\n]*Accepted until 2099-12-31: Of Google\./);
    expect(text).not.toMatch(/^#+ *$|takes {2}down|\bOn ,/m);
    for (const heading of [/^#+ Acc$/m, /takes S down/, /takes T down/, /On Acc\b/]) expect(text).toMatch(heading);
  });

  it('takes a folder, and tells of files with errors what is wrong with them', async () => {
    mkdirSync(into('system'));
    writeFileSync(into('system', 'a.p2parch'), 'architecture Good { company C service S needs C }');
    writeFileSync(into('system', 'b.p2parch'), 'architecture Bad { company C needs }');
    const { status, stderr } = await p2parch(['report', into('system'), '-o', into('both.md')]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^p2parch: .*b\.p2parch: 1 error, told in .*both\.md\n$/);
    const markdown = readFileSync(into('both.md'), 'utf8');
    expect(markdown).toContain('# system');
    expect(markdown).toContain('### Good');
    expect(markdown).toMatch(/\| Error \|.*\| 1 \|/);
  });

  it.each([
    [['-o', 'x.html'], 'report takes one file or folder'],
    [['kazaa.p2parch'], '.html or .md'],
    [['kazaa.p2parch', '-o', 'x.pdf'], '.html or .md'],
    [['kazaa.p2parch', '-o', '/nowhere/at/all.md'], 'cannot be written'],
    [['kazaa.p2parch', '--today', 'soon', '-o', 'x.md'], '--today takes a date'],
  ])('%j is refused in one line', async (args, words) => {
    const { status, stdout, stderr } = await p2parch(['report', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
