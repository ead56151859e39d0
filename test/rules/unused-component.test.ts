import { describe, test } from 'vitest';
import { checkRule } from './check.ts';

const rule = 'unused-component';
const check = (text: string) => checkRule(rule, text);

describe(rule, () => {
  test('fires on what no service depends on, and on what only that needs', () =>
    check(`
architecture A {
  company Web
  company Cache { needs Disk }
//        ^^^^^ No service depends on Cache: its loss would change nothing for users. Say what needs it, or leave it out.
  company Disk
//        ^^^^ No service depends on Disk
  company Old
//        ^^^ No service … (accepted)
  service S needs Web
  accept unused-component on Old because "Until spring."
}
`));

  test('a need, a need to start, promotion, traffic, a population and its rivals for room are all used', () =>
    check(`
architecture A {
  users Client { instances 9 needs Web needs Login to start }
  company Web { instances 2 serves 9 Client serves 3 Robot needs Billing }
  company Login
  users Robot { instances 2 needs Web }
  users Node { promoted from Peer at 1/min }
  users Peer { instances 5 }
  company Carrier
  company Bank
  service Billing_ needs Bank
  company Billing
  service S for Client { needs Web needs Node traffic 100% through Carrier }
}
`));

  test('says in a draft without services that there is none', () =>
    check(`
architecture A {
  company Web
//        ^^^ No service depends on Web: there is none yet. Say what users get: \`service … needs …\`.
}
`));
});
