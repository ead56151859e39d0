import { describe, expect, it } from 'vitest';
import { Faults } from '../../language/drawing/faults.ts';
import { Pictures } from '../../language/drawing/pictures.ts';
import type { FaultAnswer, FaultQuestion } from '../../language/protocol/faults.ts';
import { faultAnswerSchema } from '../../language/protocol/faults.ts';
import { JOBS } from '../../language/workers/jobs.ts';
import { JobEnded, type JobRunner } from '../../language/workers/runner.ts';
import { bruteForceCutSets } from '../analysis/oracle.ts';
import { open } from '../navigation/at.ts';

const TEXT = `hazard Storm
architecture Bank "A bank" {
  vendor Cloud by "Nimbus" { exposed to Storm 50% }
  vendor Mail by "Nimbus"
  company Ledger "The ledger" by "Own IT"
  company Desk by "Own IT" { needs Ledger }
  vendor Spare by "Cirrus"
  service Paying "Paying bills" { needs (Cloud or Spare) and Ledger }
  service Letters needs Mail
}
architecture Broken { company A needs service S needs A }
`;

const runner = {
  run: (kind, input) => JOBS[kind](input as never),
  dispose: async () => undefined,
  width: 1,
} as JobRunner;

async function answers(architecture = 'Bank', jobs = runner) {
  const { language, document } = await open({ 'main.p2parch': TEXT });
  const faults = new Faults(new Pictures(language, jobs), jobs);
  const never = new AbortController().signal;
  return {
    model: language.problems.Problems.models.architectures(document)[0]?.model,
    ask: async (question: FaultQuestion): Promise<FaultAnswer> => {
      const request = { uri: document.uri.toString(), architecture, question };
      // As it crosses to the panel.
      return faultAnswerSchema.parse(JSON.parse(JSON.stringify(await faults.answer(document, request, never))));
    },
  };
}

describe('The server', () => {
  it('tells what can fail, the widest reach first, operators of several components included', async () => {
    const { ask } = await answers();
    const answer = await ask({ kind: 'failures' });
    if (answer.kind !== 'failures') throw new Error(answer.kind);
    expect(answer.services).toEqual([
      { name: 'Paying', label: 'Paying bills' },
      { name: 'Letters', label: 'Letters' },
    ]);
    expect(
      answer.failures.map(({ label, caption, components, firstServices }) => [
        label,
        caption,
        components,
        ...firstServices,
      ]),
    ).toEqual([
      ['The ledger', 'Company · Own IT', 2, 'Paying bills'],
      ['Nimbus', 'Operator of 2 components', 2, 'Letters'],
      ['Own IT', 'Operator of 2 components', 2, 'Paying bills'],
      ['Mail', 'Vendor · Nimbus', 1, 'Letters'],
      ['Cloud', 'Vendor · Nimbus', 1],
      ['Desk', 'Company · Own IT', 1],
      ['Spare', 'Vendor · Cirrus', 1],
      ['Storm', 'Hazard', 1],
    ]);
  });

  it('tells what falls, and passes over names that are no basic event any more', async () => {
    const { ask } = await answers();
    const failed = ['Storm', 'Gone', 'operator:Cirrus', 'Paying', 'Spare'];
    expect(await ask({ kind: 'losses', failed })).toEqual({
      kind: 'losses',
      failed: ['Storm', 'Spare'],
      components: ['Cloud', 'Spare'],
      services: ['Paying'],
    });
  });

  it('lists all minimal cut sets, and those of external events alone', async () => {
    const { ask, model } = await answers();
    if (model === undefined) throw new Error('no model');
    const all = bruteForceCutSets(model, 'Paying')
      .map((set) => [...set].sort())
      .sort();
    const question = { kind: 'cutSets', service: 'Paying', maxSets: 50 } as const;
    const answer = await ask({ ...question, externalOnly: false });
    if (answer.kind !== 'cutSets') throw new Error(answer.kind);
    expect(answer.sets.map((set) => [...set].sort()).sort()).toEqual(all);
    expect(answer).toMatchObject({ byOrder: ['2', '3'], total: '5', completeToOrder: null, allListed: true });
    const external = all.filter((set) => !set.includes('Ledger') && !set.includes('operator:Own IT'));
    const filtered = await ask({ ...question, externalOnly: true });
    if (filtered.kind !== 'cutSets') throw new Error(filtered.kind);
    expect(filtered.sets.map((set) => [...set].sort()).sort()).toEqual(external);
    expect(await ask({ ...question, externalOnly: false, maxSets: 1 })).toMatchObject({ total: '5', allListed: false });
  });

  it('refuses with words where there is no answer', async () => {
    const { ask } = await answers();
    const tree = { kind: 'faultTree' as const, service: 'Gone', open: [], closed: [] };
    expect(await ask(tree)).toEqual({ kind: 'refusal', message: 'There is no service Gone in Bank.' });
    const broken = await answers('Broken');
    expect(await broken.ask({ kind: 'failures' })).toEqual({
      kind: 'refusal',
      message: 'Broken has errors. What fails with what is known as soon as they are mended.',
    });
    const ends = {
      run: () => Promise.reject(new JobEnded('deadline')),
      dispose: async () => undefined,
      width: 1,
    } as JobRunner;
    const slow = await answers('Bank', ends);
    expect(await slow.ask({ ...tree, service: 'Paying' })).toEqual({
      kind: 'refusal',
      message: 'The job took too long and was ended.',
    });
  });
});
