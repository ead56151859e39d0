import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GrammarAST } from 'langium';
import { describe, expect, it } from 'vitest';
import { eachElement } from '../../language/parsing/elements.ts';
import { check } from './check.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(ROOT, 'extension/documentation/language.md'), 'utf8');
const examples = [...page.matchAll(/^```p2parch\n(.*?)^```/gms)].map(([, text = '']) => text);
/** What stands in the page as code. */
const code = [...examples, ...[...page.matchAll(/`([^`\n]+)`/g)].map(([, words = '']) => words)].join('\n');

describe('the page that tells the language', () => {
  it('has examples without errors', async () => {
    expect(examples.length).toBeGreaterThan(4);
    for (const example of examples) {
      const { problems } = await check(example);
      expect(
        problems.filter(({ kind }) => kind === 'error').map(({ message }) => message),
        example,
      ).toEqual([]);
    }
  });

  it('has all words of the language', async () => {
    const { language } = await check('');
    const words = new Set<string>();
    for (const rule of language.Grammar.rules.filter(GrammarAST.isParserRule))
      eachElement(rule.definition, (element) => {
        if (GrammarAST.isKeyword(element) && /^[a-z]+$/.test(element.value)) words.add(element.value);
      });
    expect(words.size).toBeGreaterThan(60);
    const missing = [...words].filter((word) => !new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(code));
    expect(missing).toEqual([]);
  });

  it('is named where a new user looks', () => {
    expect(readFileSync(path.join(ROOT, 'README.md'), 'utf8')).toContain('(extension/documentation/language.md)');
  });
});
