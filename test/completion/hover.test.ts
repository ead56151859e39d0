import { describe, expect, it } from 'vitest';
import { EXAMPLE } from '../bench/example.ts';
import { hoverAt } from './at.ts';

/** What a hover says of the first words in the example that begin like these, the cursor where `<|>` stands. */
async function says(marked: string, text = EXAMPLE): Promise<string | undefined> {
  const words = marked.replace('<|>', '');
  if (!text.includes(words)) throw new Error(`"${words}" does not stand in the text`);
  return (await hoverAt(text.replace(words, () => marked)))?.says;
}

const lines = (...all: readonly string[]): string => all.join('\n');

describe('comments', () => {
  it('load no picture from where a file says: it is a link', async () => {
    const text = '/** ![a](https://example.com/a.png) **b** [![c][d]](e) */\narchitecture A { company C }\n';
    expect(await says('architecture A<|>', text)).toContain('\\![a](https://example.com/a.png) **b** [\\![c][d]](e)');
  });
});

describe('names', () => {
  it('of components: who runs them, what the company can do, what they take down, how they refill', async () => {
    const superNode = lines(
      '```p2parch',
      'users SuperNode',
      '```',
      '',
      '- Users run it. The company can neither touch nor command it.',
      '- 25,000 instances.',
      '- Serves 400 Client each: room for 10 million; there are 9.6 million.',
      '- Promoted from Client at 10/min: refilled from nothing after 41 h 40 min (25,000 ÷ 10/min).',
      '- Above 200% load it loses 5%/min of its instances.',
      '- MassReboot takes 90% of it.',
      '- Takes Calling down alone.',
    );
    expect(await says('users Super<|>Node {\n    instances')).toEqual(superNode);
    expect(await says('needs <|>SuperNode\n    needs LoginServer')).toEqual(superNode);
    expect(await says('company Login<|>Server')).toEqual(
      lines(
        '```p2parch',
        'company LoginServer "Log-in servers"',
        '```',
        '',
        '- The company runs it. The company can both touch and command it.',
        '- 40 instances.',
        '- What crashes of it is back after 5 min on average: half of it after 3 min 28 s, 95% after 15 min.',
        '- Admits 30/s Client, 1,200/s in all: all of Client are in after 2 h 13 min (9.6 million ÷ 1,200/s).',
        '- Takes no service down alone.',
      ),
    );
    expect(await says('needs Login<|>Server to start')).toEqual(await says('company Login<|>Server'));
    expect(await says('serves 400 Cli<|>ent')).toEqual(
      lines(
        '```p2parch',
        'users Client "Skype clients"',
        '```',
        '',
        '- Users run it. The company can neither touch nor command it.',
        '- 9.6 million instances.',
        '- Needs SuperNode.',
        '- Needs LoginServer to start.',
        '- All that crashes of it is back after 2 h, half of it after 1 h.',
        '- Let in by LoginServer at 1,200/s in all: 2 h 13 min for all of it.',
        '- An instance that is not let in tries again after 30 s on average, doubling up to 10 min.',
        '- MassReboot takes 60% of it.',
        '- Takes no service down alone.',
      ),
    );
  });

  it('of services: for whom, what they need, who carries them, what they are lost with', async () => {
    expect(await says('require Call<|>ing')).toEqual(
      lines(
        '```p2parch',
        'service Calling',
        '```',
        '',
        '- For Client: 9.6 million instances.',
        '- Needs SuperNode.',
        '- Its traffic is carried 5% by the company and 95% by users (SuperNode 95%, LoginServer 5%).',
        '- Lost with any one of these alone: SuperNode and MassReboot.',
      ),
    );
  });

  it('in a scenario of the file are told for each architecture', async () => {
    expect(await says('strike Mass<|>Reboot')).toEqual(
      lines(
        '```p2parch',
        'hazard MassReboot "Mass reboot"',
        '```',
        '',
        'Windows machines restart after an update. Documentation comments show on hover.',
        '',
        'In Skype2007:',
        '',
        '- Hits Client (60%, 5.76 million) and SuperNode (90%, 22,500).',
        '- Takes Calling down alone.',
        '',
        'In SkypeHosted:',
        '',
        '- Hits Client (60%, 5.76 million).',
        '- Takes no service down alone.',
      ),
    );
    expect(await says('hazard Mass<|>Reboot')).toEqual(await says('strike Mass<|>Reboot'));
  });

  it('of architectures and scenarios', async () => {
    expect(await says('Skype2007, Skype<|>Hosted')).toEqual(
      lines(
        '```p2parch',
        'architecture SkypeHosted',
        '```',
        '',
        'The same product on supernodes that the company runs (as from 2012).',
        '',
        '- A variant of Skype2007.',
        '- The company runs LoginServer and SuperNode.',
        '- Users run Client.',
        '- Gives Calling.',
      ),
    );
    expect(await says('scenario Patch<|>Tuesday')).toEqual(
      lines(
        '```p2parch',
        'scenario PatchTuesday "Patch Tuesday"',
        '```',
        '',
        '- Runs on Skype2007 and SkypeHosted.',
        '- Lasts 72 h.',
        '',
        '- `at 1 h strike MassReboot`',
        '- `expect Calling back to 95% within 1 h`',
        '- `expect Calling never below 20%`',
      ),
    );
  });

  it('of rules: what they say, why, and what to do', async () => {
    expect(await says('accept single-ext<|>ernal')).toEqual(
      lines(
        '**single-external-dependency**',
        '',
        'One component that the company does not run, one hazard that strikes such components, or one operator of them takes a service down alone.',
        '',
        '*Why it matters:* The company answers for the service, but it can neither prevent this loss nor repair it: the service comes back when somebody else brings it back.',
        '',
        '*What to do:* Give the service a second way that does not fall with the first (`or` a component that the company runs), run the component yourself, or accept the finding with a reason and a date.',
      ),
    );
  });

  it('of groups, operators and promotion by share', async () => {
    const text = `architecture Product {
      group Region "North_1" { vendor Queue "*Queue*" by "Big_Co" { fails every 30 d } vendor Store by "Big_Co" { restarts after 2 min } }
      users Peer { instances 100 promoted from Client at 5%/min }
      users Client { instances 1_000 restarts never needs Peer or Store }
      service Calling for Client needs 1 of (Queue, Store) and Queue
    }`;
    expect(await says('group Reg<|>ion', text)).toEqual(
      lines('```p2parch', 'group Region "North_1"', '```', '', '- Holds Queue and Store.'),
    );
    expect(await says('vendor Que<|>ue', text)).toEqual(
      lines(
        '```p2parch',
        'vendor Queue "*Queue*" by "Big_Co"',
        '```',
        '',
        '- Big\\_Co runs it. The company can neither touch nor command it.',
        '- 1 instance, in Region.',
        '- What crashes of it stays down: it has no `restarts`.',
        '- Each instance fails every 30 d on average.',
        '- Takes Calling down alone.',
        '- Big\\_Co takes Calling down alone.',
      ),
    );
    expect(await says('users Pe<|>er', text)).toContain(
      '- Promoted from Client at 5%/min of those that are up: refilled after 2 min at the least, while all of Client is up.',
    );
    expect(await says('service Call<|>ing', text)).toContain('- Needs 1 of (Queue, Store) and Queue.');
  });

  it('that are inherited are told as they are in the variant', async () => {
    const text =
      'architecture Base { company Gate { instances 3 } } architecture Variant extends Base { users C { needs Gate } }';
    expect(await says('needs Ga<|>te', text)).toContain('- 3 instances.');
    const without =
      'architecture Base { company Gate { instances 3 } } architecture Variant extends Base { without Gate }';
    expect(await says('without Ga<|>te', without)).toContain('- 3 instances.');
  });
});

describe('words of the language', () => {
  it('say what they mean where they stand', async () => {
    expect(await says('<|>serves 400')).toEqual(
      lines(
        '```p2parch',
        'serves n component',
        '```',
        '',
        'Each instance has room for so many at once. Without it, room is no limit.',
      ),
    );
    expect(await says('LoginServer t<|>o start')).toEqual(
      'Asked for only when an instance (re)joins: losing it later harms nobody who is in.',
    );
    expect(await says('Calling f<|>or')).toEqual(
      'For whom the service is: its level is at most the share of these that are up.',
    );
    expect(await says('over 2 <|>h')).toEqual('Hours: 60 min.');
    expect(await says('restarts ove<|>r')).toEqual('Back spread evenly over this time, from at once to all of it.');
    expect(await says('us<|>ers Client')).toEqual(
      lines(
        '```p2parch',
        'users name ["title"] [by "operator"]',
        '```',
        '',
        'Run by users, on their machines. External: the company can neither touch nor command it, unless `control` says otherwise.',
        '',
        'A pool of like instances under one operator. Whatever is not `company` is external.',
      ),
    );
  });

  it('are explained in every place that the example has them', async () => {
    const words = [
      ...EXAMPLE.replace(/\/\*.*?\*\/|"[^"]*"/g, (hidden) => ' '.repeat(hidden.length)).matchAll(
        /[\p{L}][\p{L}\d-]*/gu,
      ),
    ];
    const silent: string[] = [];
    for (const { 0: word, index } of words) {
      const hover = await hoverAt(`${EXAMPLE.slice(0, index + 1)}<|>${EXAMPLE.slice(index + 1)}`);
      if (hover?.about !== word) silent.push(`${index} ${word}`);
    }
    expect(silent).toEqual([]);
  }, 30_000);

  it('say nothing where nothing is', async () => {
    for (const place of [
      'instances 4<|>0',
      '"Log<|>-in',
      'company LoginServer "Log-in servers" {<|>',
      'Documentation comm<|>ents',
      '  }<|>',
    ]) {
      expect([place, await says(place)]).toEqual([place, undefined]);
    }
    expect(await hoverAt('architecture A { users C { needs No<|>body } }')).toBeUndefined();
  });
});

it('an import tells what the file declares', async () => {
  const others = { 'more.p2parch': 'hazard Fire "Fire"\narchitecture Other {}\nscenario S on Other { run 1 h }' };
  expect(await hoverAt('import "./mo<|>re.p2parch"', others)).toEqual({
    about: '"./more.p2parch"',
    says: lines('**more.p2parch**', '', '- `hazard Fire "Fire"`', '- `architecture Other`', '- `scenario S`'),
  });
  expect((await hoverAt('import "./no<|>ne.p2parch"'))?.says).toEqual('none.p2parch cannot be read.');
});

it('in a file with errors tells what can be read, and nothing of an analysis', async () => {
  const text = 'architecture A { users C { instances 3 foo } service S needs C company D { needs <|>C';
  expect((await hoverAt(text))?.says).toEqual(
    lines(
      '```p2parch',
      'users C',
      '```',
      '',
      '- Users run it. The company can neither touch nor command it.',
      '- 3 instances.',
      '- What crashes of it stays down: it has no `restarts`.',
    ),
  );
});
