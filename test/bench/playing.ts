/**
 * Frame times of a playing recovery, in Chromium without a window and without a graphics card. Every one of so many
 * pools changes all the time, which is the most that a page has to draw.
 */
import path from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { EditingSession } from '../session/session.ts';
import { launch, openPanel, post } from './page.ts';

const URI = 'file:///bench/program.p2parch';
const SECONDS = 4;

interface Frames {
  readonly what: string;
  /** Milliseconds from a frame to the next. */
  readonly p50: number;
  readonly p95: number;
  /** Milliseconds of processor time a frame that the page's own thread takes: what a busy machine does not change. */
  readonly work: Readonly<Record<string, number>>;
}

/** `root` holds the built bundles. Several architectures play side by side. */
export async function measurePlaying(root: string, components: number, names: readonly string[]): Promise<void> {
  const messages = await recoveryOf(root, components, names);
  const chromium = await launch(root);
  try {
    const { page } = chromium;
    const session = await page.context().newCDPSession(page);
    await open(page, root, messages);
    const rows: Frames[] = [];
    for (const scale of ['fitted', 'at full size'] as const) {
      if (scale === 'at full size') await fullSize(page);
      const all = names.length > 1 ? `${names.length} architectures of ${components}` : String(components);
      rows.push(await frames(page, session, `${all} components playing, ${scale}`));
    }
    for (const { what, p50, p95, work } of rows) {
      const parts = Object.entries(work).map(([name, milliseconds]) => `${name} ${milliseconds.toFixed(2)}`);
      console.log(`${what}: frame ${p50.toFixed(1)} ms, 95th percentile ${p95.toFixed(1)} ms (17 at most)`);
      console.log(`  of a processor, milliseconds a frame in the page's thread: ${parts.join(', ')}`);
    }
  } finally {
    await chromium.close();
  }
}

/** A recovery and the picture it belongs to, from the server as an editor gets them. */
async function recoveryOf(root: string, components: number, names: readonly string[]): Promise<readonly object[]> {
  const server = await EditingSession.open([path.join(root, 'dist/server.cjs')], busyProgram(components, names));
  const { picture } = (await server.request('p2parch/picture', { uri: URI })) as { picture: object };
  const { recovery } = (await server.request('p2parch/recovery', {
    uri: URI,
    scenario: 'Storm',
    architectures: names,
    runs: 3,
    firstSeed: 1,
  })) as { recovery: object };
  await server.close();
  return [picture, recovery];
}

const SITES = 20;

/** All is large, hit at once, and back over a day; sites with tiers, vendors behind them. */
function busyProgram(components: number, names: readonly string[]): string {
  const part = (index: number): string => {
    const below = index + SITES < components - 1 ? `    needs Part${index + SITES}\n` : '';
    const load = index % 3 === 0 ? '    serves 40 Client\n' : '';
    return `    company Part${index} "Part ${index}" {
      instances ${5000 + 37 * index}
      restarts in 6 h
      exposed to Gust ${60 + (index % 40)}%
${below}${load}    }
`;
  };
  const groups = Array.from({ length: SITES }, (_, site) => {
    const parts = Array.from({ length: components - 1 }, (_unused, index) => index).filter(
      (index) => index % SITES === site,
    );
    return `  group Site${site} "Site ${site}" {\n${parts.map(part).join('')}  }\n`;
  });
  const served = Array.from({ length: Math.floor((components - 1) / 3) }, (_, index) => `Part${index * 3}`);
  const architectures = names.map(
    (name) => `architecture ${name} {
${groups.join('')}  users Client {
    instances 250_000
    needs ${served.join(' or ')}
    restarts in 2 h
    exposed to Gust 50%
  }
  service Service for Client needs Client
}
`,
  );
  return `hazard Gust
${architectures.join('')}scenario Storm on ${names.join(', ')} {
  at 30 min strike Gust
  run 30 h
  expect Service back to 95% within 24 h
}
`;
}

async function open(page: Page, root: string, [picture, recovery]: readonly object[]): Promise<void> {
  await openPanel(page, root);
  const architectures = (recovery as Played).results.map(({ architecture }) => architecture);
  await post(page, { type: 'picture', epoch: 1, picture });
  await post(page, { type: 'play', scenario: 'Storm', architectures });
  const request = await page.waitForFunction(() =>
    (window as unknown as { posted: { message: { type: string; id: number; about: object } }[] }).posted
      .map(({ message }) => message)
      .find(({ type }) => type === 'request'),
  );
  const { id, about } = (await request.jsonValue()) as { id: number; about: object };
  await post(page, { type: 'reply', kind: 'recovery', id, about, reply: recovery });
  await page.waitForSelector('[data-testid="scrub"]');
}

interface Played {
  readonly results: readonly { readonly architecture: string }[];
}

/** Every word of a node can be read, and the picture is larger than the page. */
async function fullSize(page: Page): Promise<void> {
  for (let press = 0; press < 12; press++) await page.keyboard.press('+');
}

async function frames(page: Page, session: CDPSession, what: string): Promise<Frames> {
  await restart(page);
  await page.waitForTimeout(500);
  const before = await times(session);
  const gaps = await page.evaluate(
    (milliseconds) =>
      new Promise<number[]>((resolve) => {
        const stamps: number[] = [];
        const next = (stamp: number): void => {
          stamps.push(stamp);
          if (stamp - (stamps[0] ?? stamp) < milliseconds) requestAnimationFrame(next);
          else resolve(stamps.slice(1).map((at, index) => at - (stamps[index] ?? at)));
        };
        requestAnimationFrame(next);
      }),
    SECONDS * 1000,
  );
  const after = await times(session);
  const work = Object.fromEntries(
    Object.entries(after).map(([name, seconds]) => [name, (1000 * (seconds - (before[name] ?? 0))) / gaps.length]),
  );
  gaps.sort((left, right) => left - right);
  const at = (share: number): number => gaps[Math.floor((gaps.length - 1) * share)] as number;
  return { what, p50: at(0.5), p95: at(0.95), work };
}

/** From the crash on, at a speed at which all of it takes a minute. */
async function restart(page: Page): Promise<void> {
  await page.getByTestId('scrub').evaluate((input: HTMLInputElement) => {
    input.value = '2400';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.getByTestId('play').click();
}

const PARTS = ['TaskDuration', 'ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'];

async function times(session: CDPSession): Promise<Record<string, number>> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(
    metrics.filter(({ name }) => PARTS.includes(name)).map(({ name, value }) => [name.replace('Duration', ''), value]),
  );
}
