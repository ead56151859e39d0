import { describe, expect, it } from 'vitest';
import { analyse, minimalCutSets } from '../../language/core/analysis/index.ts';
import type { Summary } from '../../language/core/simulation/index.ts';
import { checkExample, medianRecovery, runnable, simulateMany } from './load.ts';

const RUNS = 10;

type Change = (text: string) => string;

async function runs(file: string, scenario: string, architecture: string, change?: Change): Promise<Summary> {
  return simulateMany(runnable(await checkExample(file, change), scenario, architecture), RUNS);
}

/** The text with one thing said otherwise, wherever it says it. */
const saying =
  (words: string, otherwise: string): Change =>
  (text) => {
    if (!text.includes(words)) throw new Error(`no example says ${words}`);
    return text.replaceAll(words, otherwise);
  };

const lastLevel = ({ services }: Summary, service: string): number => services[service]?.level.p50.at(-1) ?? NaN;

describe('Skype 2010', () => {
  // Overloaded, S supernodes lose a share q of S a minute and gain r: they tend to r / q, of 25,000.
  it.each([110, 60, 150])('alone, stands for ever at what %d found a minute can hold', async (found) => {
    const alone = await runs('skype-2010.p2parch', 'Alone', 'Skype2010', saying('at 110/min', `at ${found}/min`));
    expect(Math.abs(lastLevel(alone, 'Calling') - (found / 0.02) * (1_000 / 20_000_000))).toBeLessThan(0.015);
  });

  it('hundreds of supernodes of the company’s do not end it, thousands do', async () => {
    const noMore: Change = (text) => text.replace(/^ *at (?:22|26|30) h add .*\n/gm, '');
    const hundreds = await runs('skype-2010.p2parch', 'Rescue', 'Skype2010Rescued', noMore);
    expect(medianRecovery(hundreds, 'Calling', 0.9)).toBeNull();
    const thousands = await runs('skype-2010.p2parch', 'Rescue', 'Skype2010Rescued');
    expect(medianRecovery(thousands, 'Calling', 0.9)).toBeLessThan(36 * 3600);
  });
});

describe('hosted supernodes', () => {
  it.each([
    ['August2007', 'Skype2007', 'Hosted2007'],
    ['December2010', 'Skype2010', 'Hosted2010'],
  ])('%s: back within hours, where those of users are not within a day', async (scenario, users, hosted) => {
    const back = async (architecture: string): Promise<number | null> =>
      medianRecovery(await runs('skype-2012.p2parch', scenario, architecture), 'Calling', 0.95);
    expect(await back(hosted)).toBeLessThan(4 * 3600);
    expect((await back(users)) ?? Infinity).toBeGreaterThan(24 * 3600);
  });
});

describe('an avalanche restart', () => {
  const back = async (architecture: string, change?: Change): Promise<number | null> =>
    medianRecovery(await runs('sip-avalanche.p2parch', 'AvalancheRestart', architecture, change), 'Calling', 0.95);

  it('never ends without back-off, and ends with it', async () => {
    expect(await back('Impatient')).toBeNull();
    expect(await back('Patient')).not.toBeNull();
  });

  // 300,000 telephones over T are to be less than ten times 50 a second: one registrar then stays up by itself.
  it('ends without back-off where the retries are rare enough for one registrar', async () => {
    expect(await back('Impatient', saying('every 32 s', 'every 11 min'))).not.toBeNull();
  });

  it('ends without back-off where registrars refuse instead of crashing', async () => {
    expect(await back('Impatient', saying('    overloads above 1_000% losing 50%/s\n', ''))).not.toBeNull();
  });
});

it('Tor: any five of nine authorities, or the one flood that reaches all', async () => {
  const { architecture } = runnable(await checkExample('tor-2021.p2parch'), 'January2021', 'Tor');
  // 9! / (5! 4!)
  const { total, byOrder } = minimalCutSets(analyse(architecture), 'Consensus');
  expect([total, byOrder]).toEqual([127n, [1n, 0n, 0n, 0n, 126n]]);
});

it('Meta: with repair over the backbone alone, the backbone never comes back', async () => {
  expect(medianRecovery(await runs('meta-2021.p2parch', 'MaintenanceInBand', 'InBand'), 'Apps', 0.95)).toBeNull();
  expect(medianRecovery(await runs('meta-2021.p2parch', 'Maintenance', 'OnSite'), 'Apps', 0.95)).toBeLessThan(8 * 3600);
});

it('the content update: machines come back as e^(-t/T) says, and in stages no more than the first stage is lost', async () => {
  const all = await runs('content-update-2024.p2parch', 'July2024', 'AllAtOnce');
  const { times, firstStepSeconds } = all;
  times.forEach((time, index) => {
    if (time <= firstStepSeconds) return;
    const expected = 1 - Math.exp(-(time - firstStepSeconds) / (41 * 3600));
    expect(Math.abs((all.services.Work?.level.p50[index] ?? NaN) - expected)).toBeLessThan(0.01);
  });
  const staged = await runs('content-update-2024.p2parch', 'July2024', 'Staged');
  expect(staged.services.Work?.lowest.p10).toBeGreaterThan(0.985);
});
