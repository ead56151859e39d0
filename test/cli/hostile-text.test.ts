import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { p2parch } from './run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-text-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Colours, hidden text, another title of the window, a cleared screen, a step back, an end; and letters turned around. */
const ACTED_ON =
  '\u001b[31mred\u001b[8mhidden\u001b]0;title\u0007\u001b[2J\u009b2J\u0008\u007f\u0000 \u202egnp\u2066 end';

const file = path.join(folder, 'acted-on.p2parch');
writeFileSync(
  file,
  `hazard H "${ACTED_ON}"
architecture A "${ACTED_ON}" {
  vendor C "${ACTED_ON}" by "${ACTED_ON}" { instances 3 restarts in 5 min exposed to H 50% }
  users U "${ACTED_ON}" { instances 100 needs C restarts over 1 h }
  service S "${ACTED_ON}" for U { needs C traffic 100% through C }
  accept single-external-dependency on C because "So: ${ACTED_ON}"
  accept uncontrolled-majority on S because "So: ${ACTED_ON}"
}
scenario X "${ACTED_ON}" on A {
  at 1 h crash 40% of U
  run 5 h
  expect S back to 95% within 1 min
}
`,
);

/** All that a terminal would act on, but ends of lines. */
const CONTROLS = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u;

describe('What a file says', () => {
  for (const call of ['check', 'analyze', 'simulate --runs 3', 'simulate --runs 3 --sensitivity', 'format --check'])
    it(`is shown by a terminal and not acted on: ${call}`, async () => {
      const [command = '', ...options] = call.split(' ');
      const { stdout, stderr, status } = await p2parch([command, file, ...options]);
      expect(status).toBeLessThan(2);
      expect(stdout.length).toBeGreaterThan(20);
      expect(stdout + stderr).not.toMatch(CONTROLS);
    });

  it('is shown so in what is wrong with it, and so is what a call says', async () => {
    const wrong = await p2parch(['check', '-'], `architecture A \u001b[2J { company "${ACTED_ON}" }`);
    expect(wrong.stdout).toMatch(/error/);
    expect(wrong.stdout + wrong.stderr).not.toMatch(CONTROLS);
    const call = await p2parch(['analyze', file, '--architecture', ACTED_ON.replaceAll('\0', '')]);
    expect(call.status).toBe(2);
    expect(call.stdout + call.stderr).not.toMatch(CONTROLS);
  });

  it('comes to a program as it is', async () => {
    const { stdout } = await p2parch(['check', file, '--format', 'json']);
    const said = JSON.stringify(JSON.parse(stdout));
    expect(said).toContain(JSON.stringify(ACTED_ON).slice(1, -1));
  });
});
