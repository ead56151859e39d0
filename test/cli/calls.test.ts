import { describe, expect, it } from 'vitest';
import { p2parch } from './run.ts';

describe('a call for help', () => {
  it('is answered with all commands, or with the one that is named', async () => {
    const all = await p2parch(['--help']);
    expect(all.status).toBe(0);
    const one = await p2parch(['check', '--help']);
    expect(one).toMatchObject({ status: 0, stderr: '' });
    expect(one.stdout).toMatch(/^ {2}p2parch check FILE/);
    expect(one.stdout).not.toContain('p2parch analyze');
    expect(all.stdout).toContain(one.stdout);
    expect(await p2parch(['help', 'check'])).toEqual(one);
  });
});

describe('a call that is wrong', () => {
  it.each([
    [['chek', 'x'], /there is no command "chek"/],
    [['help', 'chek'], /there is no command "chek" \(check, analyze, /],
    [['check'], /check takes at least one file or folder/],
    [['check', 'nowhere.p2parch'], /nowhere\.p2parch: cannot be read \(no such file or folder\)/],
    [['check', '../../package.json'], /package\.json: not a \.p2parch file/],
    [['check', '--format', 'xml', 'kazaa.p2parch'], /--format is one of text, json, sarif, not "xml"/],
    [['check', '--today', 'soon', 'kazaa.p2parch'], /--today takes a date/],
    [['check', '--today', '2026-02-30', 'kazaa.p2parch'], /--today takes a date/],
    [['check', '--nonsense', 'kazaa.p2parch'], /nonsense/],
    [['analyze', 'kazaa.p2parch', '--architecture', 'Skype'], /kazaa\.p2parch has no architecture named "Skype"/],
    [['analyze', 'kazaa.p2parch', '--service', 'Calling'], /no service named "Calling"/],
    [['simulate', 'kazaa.p2parch', '--scenario', 'Nope'], /no scenario named "Nope"/],
    [['simulate', 'kazaa.p2parch', '--runs', '0'], /--runs takes a whole number from 1/],
    [['simulate', 'kazaa.p2parch', '--every', '5'], /--every takes a duration/],
    [
      ['simulate', 'kazaa.p2parch', '--every', '1ms'],
      /--every asks for [\d.]+ million samples of \w+; at most 100,000 are taken/,
    ],
    [['simulate', 'kazaa.p2parch', '--seed', '-1'], /--seed takes a whole number from 0 to \d+, not "-1"/],
    [
      ['simulate', 'kazaa.p2parch', '--shard', '-1/3'],
      /--shard takes i\/n with i from 1 to n, such as 3\/8, not "-1\/3"/,
    ],
    [['render', 'kazaa.p2parch'], /-o/],
    [['merge', 'nowhere.json'], /nowhere\.json: cannot be read \(no such file\)/],
    [['export', 'kazaa.p2parch', '-o', '-'], /export asks for --to/],
    [['export', 'kazaa.p2parch', '--to', 'xml', '-o', '-'], /--to is one of open-psa, json, not "xml"/],
    [['export', 'kazaa.p2parch', '--to', 'json'], /-o/],
    [
      ['export', 'skype-2007.p2parch', '--to', 'open-psa', '-o', '-'],
      /--architecture, one of Skype2007, Skype2007With/,
    ],
    [['export', 'kazaa.p2parch', '--to', 'json', '--architecture', 'X', '-o', '-'], /no architecture named "X"/],
    [
      ['export', 'kazaa.p2parch', '--to', 'json', '-o', '/nowhere/at/all.json'],
      /cannot be written \(there is no such folder\)/,
    ],
    [['export', 'kazaa.p2parch', 'sightspeed.p2parch', '--to', 'json', '-o', '-'], /export takes one file/],
    [['render', 'kazaa.p2parch', '-o', '/nowhere/at/all.svg'], /cannot be written \(there is no such folder\)/],
    [['analyze', '.'], /a folder; name one file/],
    [['simulate', '.'], /a folder; name one file/],
    [['export', '.', '--to', 'json', '-o', '-'], /a folder; name one file/],
    [['render', '.', '-o', '-'], /a folder; name one file/],
  ] as const)('%j', async (args, message) => {
    const { status, stdout, stderr } = await p2parch(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    // One line, never a stack trace.
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
