import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkReportSchema } from '../../language/protocol/reports.ts';
import { p2parch } from './run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-reading-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | Buffer): string => {
  const full = path.join(folder, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, content);
  return name;
};

const GOOD = 'architecture A {\n  company Server\n  service S needs Server\n}\n';
const BAD = 'architecture A {\n  company Server\n  service S needs Servr\n}\n';

const check = (args: readonly string[], input: string | Buffer = '') => p2parch(['check', ...args], input, folder);

/** Ended with 2, and one line that says why. */
async function refused(args: readonly string[], why: RegExp, input: string | Buffer = ''): Promise<void> {
  const { status, stdout, stderr } = await p2parch(args, input, folder);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(why);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
}

describe('what a call reads', () => {
  it('is a folder without a file: refused', async () => {
    mkdirSync(path.join(folder, 'empty/below'), { recursive: true });
    file('empty/below/notes.txt', GOOD);
    await refused(['check', 'empty'], /^p2parch: empty: there is no \.p2parch file in this folder\n$/);
  });

  it('is a folder with broken files among others: all are told, each at its place, and the status is 1', async () => {
    file('some/good.p2parch', GOOD);
    file('some/deep/er/bad.p2parch', BAD);
    file('some/unread.p2parch', 'architecture {{{ \u0007 "');
    file('some/empty.p2parch', '');
    file('some/.hidden/bad.p2parch', BAD);
    file('some/node_modules/x/bad.p2parch', BAD);
    const { status, stdout, stderr } = await check(['some', '--format', 'json']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const { files, summary } = checkReportSchema.parse(JSON.parse(stdout));
    expect(files.map((one) => one.file)).toEqual([
      path.join('some', 'deep', 'er', 'bad.p2parch'),
      path.join('some', 'empty.p2parch'),
      path.join('some', 'good.p2parch'),
      path.join('some', 'unread.p2parch'),
    ]);
    const errors = files.map(({ problems }) => problems.filter(({ kind }) => kind === 'error').length);
    expect(errors.map((count) => count > 0)).toEqual([true, false, false, true]);
    expect(summary.error).toBe(errors.reduce((sum, count) => sum + count, 0));
  });

  it('is one file twice, or a file and its folder: told once', async () => {
    file('twice/good.p2parch', GOOD);
    const { stdout } = await check([
      'twice',
      'twice/good.p2parch',
      './twice/../twice/good.p2parch',
      '--format',
      'json',
    ]);
    expect(checkReportSchema.parse(JSON.parse(stdout)).files).toHaveLength(1);
  });

  it('is one missing file among others: refused as a whole', async () => {
    file('there.p2parch', GOOD);
    await refused(['check', 'there.p2parch', 'missing.p2parch'], /missing\.p2parch: cannot be read \(no such file/);
  });

  it.skipIf(process.platform === 'win32')(
    'is no file at all, such as a pipe that nobody may read: refused',
    async () => {
      await refused(['check', `${file('a-file.p2parch', GOOD)}/below`], /cannot be read \(no such file or folder\)/);
      // The one who runs the tests may read what root may.
      if (process.getuid?.() === 0) return;
      file('locked.p2parch', GOOD);
      execFileSync('chmod', ['000', path.join(folder, 'locked.p2parch')]);
      await refused(['check', 'locked.p2parch'], /locked\.p2parch: cannot be read \(not allowed\)/);
    },
  );

  it('is text in another encoding: refused, and never written back', async () => {
    const latin = Buffer.from('/* caf\xe9 */\narchitecture   A { company Server }\n', 'latin1');
    const utf16 = Buffer.from(`\uFEFF${GOOD}`, 'utf16le');
    for (const [name, content] of [
      ['latin.p2parch', latin],
      ['utf16.p2parch', utf16],
    ] as const) {
      file(name, content);
      await refused(['check', name], /cannot be read \(its text is not UTF-8\)/);
      await refused(['format', name], /cannot be read \(its text is not UTF-8\)/);
      expect(readFileSync(path.join(folder, name))).toEqual(content);
      await refused(['check', '-'], /-: cannot be read \(its text is not UTF-8\)/, content);
      const { status, stdout } = await check(['-'], `import "./${name}"\n${GOOD}`);
      expect({ status, stdout }).toEqual({
        status: 1,
        stdout: expect.stringMatching(/^-:1:8 error ".*" cannot be read\.$/m),
      });
    }
  });

  it('has the same places with a byte order mark and with line ends of every kind', async () => {
    const places = async (content: string): Promise<unknown> => {
      const { status, stdout } = await check(['-', '--format', 'json'], content);
      expect(status).toBe(1);
      return checkReportSchema
        .parse(JSON.parse(stdout))
        .files[0]?.problems.map(({ message, range }) => [message, range]);
    };
    const plain = await places(BAD);
    expect(plain).toMatchObject([[expect.stringContaining('"Servr"'), { start: { line: 2, character: 18 } }]]);
    expect(await places(`\uFEFF${BAD}`)).toEqual(plain);
    expect(await places(BAD.replaceAll('\n', '\r\n'))).toEqual(plain);
    expect(await places(`\uFEFF${BAD.replaceAll('\n', '\r\n')}`)).toEqual(plain);
  });

  it('is nothing on standard input: no problems', async () => {
    expect(await check(['-'], '')).toEqual({ status: 0, stdout: 'No problems.\n', stderr: '' });
  });
});
