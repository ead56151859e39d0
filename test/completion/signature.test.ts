import { describe, expect, it } from 'vitest';
import { signatureAt } from './at.ts';

const inComponent = (text: string): string => `hazard Reboot architecture Product { users Client { ${text}`;
const inArchitecture = (text: string): string =>
  `architecture Product { users Client service Calling { needs Client } ${text}`;

describe('the form of what is written', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [inComponent('serves <|>'), ['serves «n» component: For how many of them each instance has room at once.']],
    [inComponent('serves 4<|>00'), ['serves «n» component: For how many of them each instance has room at once.']],
    [inComponent('serves 400 <|>'), ['serves n «component»: Whom it serves.']],
    [inComponent('serves 400 Cli<|>'), ['serves n «component»: Whom it serves.']],
    [inComponent('serves 400 Client <|>'), []],
    [inComponent('admits 30 Client<|>'), ['admits n «component»/s: Whom it lets in.']],
    [inComponent('admits 30 Client <|>'), ['admits n component«/s»: In which time: /s, /min, /h or /d.']],
    [inComponent('promoted <|>'), ['promoted «from» component at rate/min:']],
    [inComponent('promoted from <|>'), ['promoted from «component» at rate/min: Whose instances are turned into it.']],
    [
      inComponent('promoted from Client at 10<|>'),
      [
        'promoted from component at «rate»/min: How many are promoted: a number, or a percentage of the working instances of the source.',
      ],
    ],
    [
      inComponent('overloads above 200% losing <|>'),
      [
        'overloads above limit% losing «rate%»/min: Which share of its instances crashes while the load is above the limit.',
      ],
    ],
    [
      inComponent('retries every 30 s <|>'),
      ['retries every time [«up» to longest]: The mean time between attempts doubles with every refusal, up to this.'],
    ],
    [
      inComponent('restarts <|>'),
      [
        'restarts «in | after | over» time: `in`: a random (exponential) time with this mean; `after`: exactly this time; `over`: spread evenly over this time.',
        'restarts never',
      ],
    ],
    [
      inComponent('restarts in 5<|> min'),
      ['restarts in | after | over «time»: After what time a crashed instance is back.'],
    ],
    [
      inComponent('exposed to Reboot <|>'),
      ['exposed to hazard [«share%»]: Which share of it crashes; 100% unless said.'],
    ],
    [
      inComponent('needs <|>'),
      ['needs «what» [to start]: What must work for this to work: a name; `A and B`; `A or B`; `2 of (A, B, C)`.'],
    ],
    [
      inArchitecture('scenario S { at <|>'),
      ['at «time» crash | strike | restore | add: When, from the beginning of the scenario.'],
    ],
    [
      inArchitecture('scenario S { at 1 h crash <|>'),
      ['crash [«share%» of] component or group: Which share of the working instances; all unless said.'],
    ],
    [
      inArchitecture('scenario S { expect Calling <|>'),
      [
        'expect service «back» to level% within time: The service is back to this level within a time after the first step, and stays there, in at least 90% of the runs.',
        'expect service never below level%',
      ],
    ],
    [
      inArchitecture('scenario S { expect Calling never below <|>'),
      ['expect service never below «level%»: The level that it never falls below.'],
    ],
    [
      inArchitecture('accept <|>'),
      ['accept «rule» on element [for service] because "reason" [until date]: The rule whose finding is accepted.'],
    ],
    [
      inArchitecture('accept shared-fate on Client because "<|>"'),
      [
        'accept rule on element [for service] because «"reason"» [until date]: Why the team takes it on; it stands in every report.',
      ],
    ],
    [
      inArchitecture('require Calling survives any <|>'),
      ['require service survives any «n» [external] failure: How many failures at once it must survive.'],
    ],
    [inComponent('<|>'), []],
    [inComponent('instances 3 <|>'), []],
    [inComponent('serves // <|>'), []],
    [inComponent('serves many <|>'), []],
  ];
  it.each(cases)('%s', async (text, forms) => {
    expect(await signatureAt(text)).toEqual(forms);
  });
});
