import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { format } from '../../language/cli/format.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-format-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const good = path.join(folder, 'good.p2parch');
const bad = path.join(folder, 'bad.p2parch');
const wrong = path.join(folder, 'wrong.p2parch');
beforeEach(() => {
  writeFileSync(good, 'hazard Storm\n');
  writeFileSync(bad, 'hazard Storm\n\nhazard   Flood\n');
  writeFileSync(wrong, 'hazard   Storm\nhazard   12\n');
});
const read = (file: string): string => readFileSync(file, 'utf8');

describe('p2parch format', () => {
  it('writes what is not formatted, and says so', async () => {
    expect(await format.run([good, bad])).toEqual({ output: `${bad} formatted\n`, status: 0 });
    expect([read(good), read(bad)]).toEqual(['hazard Storm\n', 'hazard Storm\n\nhazard Flood\n']);
    expect(await format.run([good, bad])).toEqual({ output: '', status: 0 });
  });

  it('--check writes nothing, and ends with 1 if something is not formatted', async () => {
    expect(await format.run([good, bad, '--check'])).toEqual({ output: `${bad}:3 is not formatted\n`, status: 1 });
    expect(read(bad)).toBe('hazard Storm\n\nhazard   Flood\n');
    expect(await format.run([good, '--check'])).toEqual({ output: '', status: 0 });
  });

  it('takes folders', async () => {
    rmSync(wrong);
    expect(await format.run([folder])).toEqual({ output: `${bad} formatted\n`, status: 0 });
  });

  it('leaves lines with errors as they are, names the errors and ends with 1', async () => {
    const { output, status } = await format.run([wrong]);
    expect(output).toMatch(/^.*wrong\.p2parch:2:10 error .*\n.*wrong\.p2parch formatted\n$/);
    expect(status).toBe(1);
    expect(read(wrong)).toBe('hazard Storm\nhazard   12\n');
  });

  it.each([
    [[], /format takes at least one file or folder/],
    [['nowhere.p2parch'], /nowhere\.p2parch: cannot be read/],
    [['-', 'a.p2parch'], /standard input is formatted alone/],
    [['--nonsense'], /nonsense/],
  ] as const)('%j is a wrong call', async (args, message) => {
    await expect(format.run(args)).rejects.toThrow(message);
  });
});
