/** The clock of a recovery, as the end-to-end suites move it, whichever VS Code they run in. */
import type { Locator } from 'playwright-core';

/** To so many hours after its beginning. */
export const seek = (scrub: Locator, hours: number): Promise<void> =>
  scrub.evaluate((input: HTMLInputElement, seconds: number) => {
    input.value = String(seconds);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, hours * 3600);

/** Whether the pictures say for every reader what the clock's time is; what was just done to it reaches them a frame later. */
export async function areAtRest(scrub: Locator, pictures: Locator): Promise<boolean> {
  await scrub.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const states = await pictures.evaluateAll((all: HTMLElement[]) => all.map(({ dataset }) => dataset.settled));
  return states.every((state) => state === 'true');
}
