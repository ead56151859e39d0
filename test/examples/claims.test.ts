import { describe, expect, it } from 'vitest';
import { checkExample, medianRecovery, runnable, simulateMany } from './load.ts';

const RUNS = 25;

/** Median time back to 95% of a Skype architecture whose promotion rate is set to so many a minute; null: never. */
async function skypeRecovery(architecture: string, promotedPerMinute: number): Promise<number | null> {
  const checked = await checkExample('skype-2007.p2parch', (text) =>
    text.replaceAll('at 9/min', `at ${promotedPerMinute}/min`),
  );
  return medianRecovery(simulateMany(runnable(checked, 'PatchTuesday', architecture), RUNS), 'Calling', 0.95);
}

describe('SuperNodes come back as fast as new ones are found', () => {
  it('without overload, promoting twice as fast halves the time to get back', async () => {
    const [slow, fast] = await Promise.all([
      skypeRecovery('Skype2007WithoutOverload', 5),
      skypeRecovery('Skype2007WithoutOverload', 10),
    ]);
    expect(slow).not.toBeNull();
    expect((slow as number) / (fast as number)).toBeGreaterThan(1.95);
    expect((slow as number) / (fast as number)).toBeLessThan(2.05);
  });

  it('without overload, it takes what the promotion of the missing places takes', async () => {
    // 800 survivors of 20,000; 95% of 6 million clients need 14,250 supernodes of 400 places.
    const minutes = (14_250 - 800) / 9;
    const measured = await skypeRecovery('Skype2007WithoutOverload', 9);
    expect(Math.abs((measured as number) / (minutes * 60) - 1)).toBeLessThan(0.01);
  });

  // Overloaded, S supernodes lose 0.25% of S a minute and gain r: they tend to 400 r. The overload ends where
  // 6 million clients are less than five times 400 S places, at S = 3,000; so it ends if and only if r > 7.5 a minute.
  it.each([3, 6, 7])('with overload, it never comes back at %d a minute', async (rate) => {
    expect(await skypeRecovery('Skype2007', rate)).toBeNull();
  });

  it.each([8, 9, 18])('with overload, it comes back at %d a minute', async (rate) => {
    expect(await skypeRecovery('Skype2007', rate)).not.toBeNull();
  });
});

describe('a company-run core comes back as fast as the company restarts and admits', () => {
  /** Registrars crashed: seconds until so many clients are let in, with restarts of mean T and R admitted a second. */
  function refill(clients: number, restartSeconds: number, admittedPerSecond: number): number {
    const admitted = (t: number): number =>
      admittedPerSecond * (t - restartSeconds * (1 - Math.exp(-t / restartSeconds)));
    let seconds = 0;
    while (admitted(seconds) < clients) seconds++;
    return seconds;
  }

  async function sightSpeedRecovery(restartMinutes: number, admittedPerSecond: number): Promise<number> {
    const checked = await checkExample('sightspeed.p2parch', (text) =>
      text
        // Many small registrars, so that their average is what every run sees.
        .replaceAll('instances 4\n', 'instances 400\n')
        .replaceAll('serves 100_000', 'serves 1_000')
        .replaceAll('admits 25 Client/s', `admits ${admittedPerSecond / 800} Client/s`)
        .replaceAll('restarts in 5 min', `restarts in ${restartMinutes} min`),
    );
    const summary = simulateMany(runnable(checked, 'AvalancheRestart', 'SightSpeed'), RUNS);
    return medianRecovery(summary, 'Calling', 0.95) as number;
  }

  it.each([
    [5, 200],
    [5, 400],
    [10, 200],
    [1, 200],
  ])('restarts in %d min, %d admitted a second', async (restartMinutes, admittedPerSecond) => {
    const expected = refill(0.95 * 200_000, restartMinutes * 60, admittedPerSecond);
    const measured = await sightSpeedRecovery(restartMinutes, admittedPerSecond);
    expect(Math.abs(measured / expected - 1)).toBeLessThan(0.03);
  });

  it('under the same crash it is back within hours where the SuperNodes need more than a day', async () => {
    const checked = await checkExample('supernodes-or-servers.p2parch');
    const back = (architecture: string): number | null =>
      medianRecovery(simulateMany(runnable(checked, 'SameCrash', architecture), RUNS), 'Calling', 0.95);
    expect(back('CompanyCore')).toBeLessThan(2 * 3600);
    expect(back('Skype2007')).toBeGreaterThan(24 * 3600);
  });
});
