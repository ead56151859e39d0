import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { EmptyFileSystem } from 'langium';
import { describe, expect, it } from 'vitest';
import { createCheckingServices } from '../../language/checking-services.ts';
import { FileReader } from '../../language/parsing/reader.ts';
import { programs } from '../formatting/programs.ts';
import { apply, edited } from './edits.ts';
import { describeResult } from './tree.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../extension/examples');

describe('a statement that is read by walking the grammar', () => {
  const { language } = createCheckingServices(EmptyFileSystem);
  const slow = () => language.parsing.StatementParser;
  const quickly = new FileReader(language, slow);
  const slowly = new FileReader(language, slow, () => undefined);
  const never = new FileReader(language, () => {
    throw new Error('the parser was asked');
  });
  const checkSame = (text: string): void => {
    expect(describeResult(quickly.read(text))).toEqual(describeResult(slowly.read(text)));
  };

  it.each(readdirSync(EXAMPLES).filter((name) => name.endsWith('.p2parch')))(
    'is what the parser reads, and needs no parser: %s',
    (name) => {
      const text = readFileSync(path.join(EXAMPLES, name), 'utf8');
      checkSame(text);
      never.read(text);
    },
  );

  it('is what the parser reads, whatever the program', () => {
    fc.assert(
      fc.property(programs(), ({ text }) => checkSame(text)),
      { numRuns: 200, seed: 1 },
    );
  });

  it('is what the parser reads, whatever is wrong with it', () => {
    fc.assert(
      fc.property(edited(3), ({ text, edits }) => checkSame(edits.reduce(apply, text))),
      { numRuns: 400, seed: 2 },
    );
  });
});
