import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallArchitectures } from '../analysis/generate.ts';
import { bruteForceCutSets } from '../analysis/oracle.ts';
import { checkRule, found } from './check.ts';

const rule = 'single-company-dependency';
const check = (text: string) => checkRule(rule, text);

describe(rule, () => {
  test('fires on one instance that the company runs, and says until when', () =>
    check(`
architecture A {
  company Database { restarts in 20 min }
//        ^^^^^^^^ Orders depends on Database (Orders → Web → Database), and the company runs one single instance of it. If that is lost, Orders is lost until it is back, after 20 min on average: nothing else stands in. Run a second instance, add a fallback, or accept the finding.
  company Web { instances 8 needs Database }
  company Mail
//        ^^^^ Letters needs Mail, and the company runs one single instance of it. If that is lost, Letters is lost until somebody brings it back:
  company Fax { restarts after 1 h }
//        ^^^ Letters needs Fax, … until it is back after 1 h:
  service Orders needs Web
  service Letters { needs Mail needs Fax }
}
`));

  test('does not fire on several instances, on what others run, or where something stands in', () =>
    check(`
architecture A {
  company Web { instances 2 }
  vendor Cloud
  company East
  company West
  company Idle
  service S { needs Web needs Cloud needs East or West }
}
`));

  test('is accepted on the component, for one service and not for another', () =>
    check(`
architecture A {
  company Web
//        ^^^ S needs Web
//        ^^^ T needs Web…(accepted)
  service S needs Web
  service T needs Web
  accept single-company-dependency on Web for T because "T may be down."
}
`));
});

test('fires exactly on the single instances of the company that are cut sets alone', () => {
  fc.assert(
    fc.property(smallArchitectures(4), (model) => {
      const some = { ...model, components: model.components.map((one, at) => ({ ...one, instances: 1 + (at % 2) })) };
      const expected = some.components
        .filter(({ party, instances }) => party === 'company' && instances === 1)
        .map(({ name }) => [
          name,
          some.services.filter((one) => bruteForceCutSets(some, one.name).some((set) => set.join() === name)),
        ])
        .filter(([, services]) => (services?.length ?? 0) > 0)
        .map(([name, services]) => [name, (services as { name: string }[]).map((one) => one.name)]);
      expect(found(rule, some).map(({ subject, services }) => [subject, services])).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
