import { describe, expect, it } from 'vitest';
import { diagramOf } from '../../language/core/diagram/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { renderPicture } from '../../webview/picture/index.ts';
import { checkExample, EXAMPLES, runnable, simulateMany } from './load.ts';

/** What each example is told: severity, rule and subject. */
const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  'aws-2025.p2parch': [
    'single-external-dependency DnsRecord',
    'single-external-dependency operator:Amazon',
    // Accepted: one region was the choice.
    'single-external-dependency DynamoDb',
    'single-external-dependency LeaseManager',
  ],
  'content-update-2024.p2parch': [
    // The variant declares Sensor anew, here and below.
    'single-external-dependency BadContent',
    'single-external-dependency BadContent',
    'single-external-dependency Sensor',
    'single-external-dependency Sensor',
  ],
  'kazaa.p2parch': [
    'single-external-dependency BadUpdate',
    'single-external-dependency SuperNode',
    // TotalLoss leaves none to promote others from.
    'no-recovery SuperNode',
    'cold-start-cycle SuperNode',
    'uncontrolled-majority Search',
  ],
  'meta-2021.p2parch': [
    // Without anybody on site nothing brings it back, which is the same cycle seen from the scenario.
    'no-recovery Backbone',
    'cold-start-cycle RepairTools',
  ],
  'sightspeed.p2parch': [],
  // Accepted: without power there is nobody to serve.
  'sip-avalanche.p2parch': ['single-external-dependency PowerCut'],
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
  'skype-2010.p2parch': [
    'single-external-dependency BadVersion',
    'single-external-dependency SuperNode',
    'cold-start-cycle SuperNode',
    // With the company's supernodes it is a cascade still, but none that takes the service along.
    'hidden-overload SuperNode',
    'hidden-overload SuperNode',
    'uncontrolled-majority Calling',
  ],
  // Of the users' supernodes of 2007, which it is compared with.
  'skype-2012.p2parch': ['slow-recovery SuperNode'],
  // 24 hours of promotion at the least, where 4 are allowed.
  'supernodes-or-servers.p2parch': ['slow-recovery SuperNode'],
  'tor-2021.p2parch': [
    'single-external-dependency Flood',
    'shared-fate Consensus',
    // Four may be lost, but not to what reaches all nine.
    'requirement-failed Consensus',
  ],
};

/** Scenarios that are to show that nothing falls. */
const UNHARMED: ReadonlySet<string> = new Set(['FourLost']);

it('every example has its findings written down here', () => {
  expect(Object.keys(FINDINGS).sort()).toEqual(Object.keys(EXAMPLES).sort());
});

it('every example begins with a title of its own, up to the first full stop or colon, for the list to choose from', () => {
  const titles = Object.values(EXAMPLES).map((text) => /^(?:\/\*|\/\/)\s*([^.:]+)[.:]/.exec(text)?.[1] ?? '');
  for (const title of titles) expect(title).toMatch(/^\S[^\n]{7,79}$/);
  expect(new Set(titles).size).toBe(titles.length);
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
        const lowest = Math.min(...level.p50);
        if (UNHARMED.has(model.name)) expect(lowest).toBe(1);
        else expect(lowest).toBeLessThan(1);
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
