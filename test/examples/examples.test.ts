import { describe, expect, it } from 'vitest';
import { diagramOf } from '../../language/core/diagram/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { renderPicture } from '../../webview/picture/index.ts';
import { checkExample, EXAMPLES, runnable, simulateMany } from './load.ts';

/** What each example is told: severity, rule and subject. */
const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  'kazaa.p2parch': [
    'single-external-dependency BadUpdate',
    'single-external-dependency SuperNode',
    // TotalLoss leaves none to promote others from.
    'no-recovery SuperNode',
    'cold-start-cycle SuperNode',
    'uncontrolled-majority Search',
  ],
  'sightspeed.p2parch': [],
  'skype-2007.p2parch': [
    'single-external-dependency MassReboot',
    'single-external-dependency SuperNode',
    'cold-start-cycle SuperNode',
    'hidden-overload SuperNode',
    'uncontrolled-majority Calling',
    // The variant declares SuperNode anew.
    'single-external-dependency SuperNode',
    'cold-start-cycle SuperNode',
  ],
  // 24 hours of promotion at the least, where 4 are allowed.
  'supernodes-or-servers.p2parch': ['slow-recovery SuperNode'],
};

it('every example has its findings written down here', () => {
  expect(Object.keys(FINDINGS).sort()).toEqual(Object.keys(EXAMPLES).sort());
});

describe.each(Object.keys(FINDINGS))('%s', (file) => {
  it('is without errors, and is told its findings', async () => {
    const { problems } = await checkExample(file);
    expect(problems.filter(({ kind }) => kind === 'error')).toEqual([]);
    expect(problems.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual(FINDINGS[file]);
  });

  it('cites its sources, and names its assumptions', () => {
    expect(EXAMPLES[file]).toMatch(/\bSources\b/);
    expect(EXAMPLES[file]).toMatch(/\bassumptions?\b/);
  });

  it('runs every scenario: it begins at the full level and falls with the first step', async () => {
    const checked = await checkExample(file);
    const scenarios = checked.language.problems.Problems.models.scenarios(checked.document);
    expect(scenarios.length).toBeGreaterThan(0);
    for (const { model, architecture } of scenarios) {
      const summary = simulateMany(runnable(checked, model.name, architecture.name), 3);
      for (const { level } of Object.values(summary.services)) {
        expect(level.p50[0]).toBe(1);
        expect(Math.min(...level.p50)).toBeLessThan(0.6);
      }
    }
  });

  it('is drawn, every component in it by name', async () => {
    const { language, document } = await checkExample(file);
    for (const { model } of language.problems.Problems.models.architectures(document)) {
      const diagram = diagramOf(model);
      const picture = renderPicture(diagram, await createElkEngine().layOut(diagram), { theme: 'light' });
      const drawn = [...picture.matchAll(/data-node="([^"]+)"/g)].map((match) => match[1]);
      for (const { name } of [...model.components, ...model.services]) expect(drawn).toContain(name);
    }
  });
});
