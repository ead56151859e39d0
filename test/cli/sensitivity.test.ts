import { describe, expect, it } from 'vitest';
import { sensitivityReportSchema } from '../../language/protocol/reports.ts';
import { p2parch } from './run.ts';

/** Nobody is served until supernodes have been promoted: half are back after 1,000 ÷ 2 r. */
const TEXT = `architecture A {
  company Seed
  users Super { instances 1_000 serves 10 Client promoted from Seed at 5/min }
  users Client { instances 10_000 needs Super }
  service Calling for Client needs Super
}
scenario Crash on A {
  at 1 min crash Super
  run 6 h
  expect Calling back to 50% within 50 min
}
`;

describe('p2parch simulate --sensitivity', () => {
  it('says in words what would just meet the expectation: ten a minute, or the half of them run by the company', async () => {
    const { status, stdout, stderr } = await p2parch(['simulate', '-', '--sensitivity', '--runs', '10'], TEXT);
    expect([status, stderr]).toEqual([1, '']);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('Crash on A: what its recovery depends on, 10 runs of each variation');
    expect(lines[1]).toMatch(/^ {2}Calling back to 50%: 1 h (3\d|4\d) min \(median\)$/);
    expect(lines[2]).toBe('  missed: expect Calling back to 50% within 50 min, in 0 of 10 runs');
    // All of 90% of the runs, so somewhat more than the mean asks for.
    expect(stdout).toMatch(/promote Super 2(\.\d)? times faster \(1[01](\.\d+)?\/min\)/);
    const own = Number(/run (\d+) Super yourself/.exec(stdout)?.[1]);
    // In 50 min some 250 are promoted.
    expect(Math.abs(own - 250)).toBeLessThan(50);
    expect(stdout).toMatch(/Super promoted from Seed at +5\/min +4\/min +2 h \d+ min +6\/min +1 h \d+ min/);
  });

  it('says nothing that is not so when it is written and run as often', async () => {
    const text = `architecture A {
      company Hub { instances 50 serves 20_000 C restarts in 30 min }
      users C { instances 900_000 needs Hub }
      service S for C needs Hub
    }
    scenario X on A { at 1 h crash Hub run 8 h expect S back to 95% within 30 min }`;
    const { stdout } = await p2parch(['simulate', '-', '--sensitivity', '--runs', '40'], text);
    const said = (words: RegExp): string => words.exec(stdout)?.[1] ?? expect.fail(stdout);
    const written = [
      text.replace('20_000 C', `${said(/let each Hub serve (\S+) C/)} C`),
      text.replace('900_000', said(/have (\S+) C instead/)),
      text.replace('instances 50', `instances ${said(/have (\S+) Hub instead/)}`),
      text.replace('restarts in 30 min', `restarts in ${said(/restart Hub .* \((.*)\)/)}`),
    ];
    for (const changed of written) {
      expect(changed).not.toBe(text);
      const { status } = await p2parch(['simulate', '-', '--runs', '40'], changed);
      expect(status, changed).toBe(0);
    }
  });

  it('tells the numbers of the scenario’s own steps, and what of them would do is so when it is written', async () => {
    const text = `architecture A {
      users Super { instances 1_000 serves 10 C }
      company Own { instances 1 serves 10 C }
      users C { instances 10_000 needs Super or Own }
      service S for C needs Super or Own
    }
    scenario Help on A { at 1 h crash 80% of Super at 2 h add 200 Own at 3.5 h restore Own run 8 h expect S back to 50% within 90 min }`;
    const { stdout } = await p2parch(['simulate', '-', '--sensitivity', '--runs', '20'], text);
    expect(stdout).toMatch(/Help at 1 h, Super: crash +80% +64% +\S.* 96%/);
    expect(stdout).toMatch(/Help at 2 h, Own: add, delay from the first step +1 h +48 min/);
    expect(stdout).toMatch(/Help at 3 h 30 min, Own: restore, delay from the first step +2\.5 h +2 h /);
    const said = (words: RegExp): string => words.exec(stdout)?.[1] ?? expect.fail(stdout);
    const written = [
      text.replace('add 200', `add ${said(/add (\S+) Own at 2 h instead of 200/)}`),
      text.replace('crash 80%', `crash ${said(/no more than (\S+) of Super crashed at 1 h instead of 80%/)}`),
    ];
    for (const changed of written) {
      const { status } = await p2parch(['simulate', '-', '--runs', '20'], changed);
      expect(status, changed).toBe(0);
    }
    // The blow is the last that is told: nobody chooses it.
    expect(stdout.lastIndexOf(' or: ')).toBe(stdout.indexOf(' or: no more than'));
  });

  it('says the same as JSON', async () => {
    const call = ['simulate', '-', '--sensitivity', '--runs', '5', '--format', 'json'];
    const { status, stdout } = await p2parch(call, TEXT);
    expect(status).toBe(1);
    const { results } = sensitivityReportSchema.parse(JSON.parse(stdout));
    const [result] = results;
    expect([result?.runs, result?.expectations[0]?.holds]).toEqual([5, false]);
    const rate = result?.numbers.find(({ number }) => number.id === 'Super/promotions');
    expect(rate?.number).toMatchObject({ words: 'promoted from Seed at', text: '5/min', value: 5 / 60 });
    expect(Math.abs((rate?.turns[0]?.value ?? 0) * 60 - 10)).toBeLessThan(1);
    const own = result?.numbers.find(({ number }) => number.id === 'Super/own instances');
    expect([own?.number.value, own?.less.value, own?.less.text]).toEqual([0, 0, '0']);
  });

  it.each([
    [['--shard', '1/2'], /--sensitivity gives text or JSON/],
    [['--format', 'csv'], /--sensitivity gives text or JSON/],
    [['--every', '1h'], /--sensitivity takes no --every/],
  ])('does not go with %s', async (more, words) => {
    const { status, stderr } = await p2parch(['simulate', '-', '--sensitivity', ...more], TEXT);
    expect(status).toBe(2);
    expect(stderr).toMatch(words);
  });
});
