import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { RULE_NAMES, RULES, type RuleName } from '../../language/core/rules/index.ts';
import { check } from '../language/check.ts';
import { runAll } from './check.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, 'extension/documentation/rules');

interface Page {
  readonly text: string;
  readonly fires: string;
  readonly mended: string;
  readonly accept: string;
  readonly quoted: string;
}

function pageOf(rule: RuleName): Page {
  const text = readFileSync(path.join(FOLDER, `${rule}.md`), 'utf8');
  const [fires = '', mended = '', accept = ''] = [...text.matchAll(/```p2parch\n([\s\S]*?)```/g)].map(
    ([, block]) => block,
  );
  const quoted = [...text.matchAll(/^> (.*)$/gm)].map(([, words]) => words).join(' ');
  return { text, fires, mended, accept, quoted };
}

/** What fires with a rule by its nature: what was covered shows again, and what cannot be kept is not kept. */
const BESIDES: { readonly [Name in RuleName]?: readonly RuleName[] } = {
  'expired-acceptance': ['single-external-dependency'],
  'slow-recovery': ['expectation-failed'],
};

/** The problems of a text, runs included. */
async function problemsOf(text: string, severities = {}) {
  const checked = await check(text, {});
  const { Problems } = checked.language.problems;
  Problems.configure(() => ({ today: '2026-01-01', severities }));
  Problems.diagnose(checked.document, []);
  runAll(checked, 20);
  expect(checked.problems.filter(({ kind }) => kind === 'error')).toEqual([]);
  return Problems.of(checked.document);
}

test('each rule has its page, and each page its rule', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(RULE_NAMES.map((rule) => `${rule}.md`).sort());
});

test('the settings of the editor have an entry for each rule', () => {
  const { contributes } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const { properties } = contributes.configuration.properties['p2parch.rules'];
  expect(Object.keys(properties)).toEqual(RULE_NAMES);
  for (const entry of Object.values(properties)) {
    expect(entry).toMatchObject({ enum: ['error', 'warning', 'information', 'hint', 'off'] });
  }
});

describe.each(RULE_NAMES)('the page of %s', (rule) => {
  const page = pageOf(rule);

  it('names it, and its default severity', () => {
    expect(page.text.startsWith(`# ${rule}\n`)).toBe(true);
    expect(page.text).toContain(`Default severity: **${RULES[rule].defaultSeverity}**.`);
  });

  it('has an example in which this rule and no other fires, with the message that it quotes', async () => {
    const problems = await problemsOf(page.fires);
    const others = BESIDES[rule] ?? [];
    expect(new Set(problems.map((problem) => problem.rule))).toEqual(new Set([rule, ...others]));
    const [finding, ...more] = problems.filter((problem) => problem.rule === rule);
    expect(more).toEqual([]);
    expect(finding?.message).toBe(page.quoted);
    expect(finding?.severity).toBe(RULES[rule].defaultSeverity);
  });

  it('mends it', async () => {
    const problems = await problemsOf(page.mended);
    expect(problems.filter(({ accepted }) => !accepted)).toEqual([]);
  });

  it('says how to accept it', async () => {
    const accepted = page.fires.replace(/^architecture .*\{$/m, (line) => `${line}\n${page.accept}`);
    const problems = (await problemsOf(accepted)).filter((problem) => problem.rule === rule);
    expect(problems.map((problem) => problem.accepted)).toEqual([true]);
  });

  it('can be set to another severity, and off', async () => {
    const severe = await problemsOf(page.fires, { [rule]: 'hint' });
    expect(severe.filter((problem) => problem.rule === rule).map(({ severity }) => severity)).toEqual(['hint']);
    const off = await problemsOf(page.fires, { [rule]: 'off' });
    expect(off.filter((problem) => problem.rule === rule)).toEqual([]);
  });
});
