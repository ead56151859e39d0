import { type Form, type Part, type Slot, slot } from './form.ts';

const TITLE: Part = {
  optional: [slot('title', '"title"', '"Title"', 'What readers know it by, in the picture and in reports.')],
};
const name = (example: string): Slot =>
  slot('name', 'name', example, 'Its name: letters, digits, "_" and "-", beginning with a letter.');

/** What stands in files and architectures, and the steps of scenarios. */
export const MEMBER_FORMS = {
  Import: {
    parts: ['import', slot('path', '"file"', '"./hazards.p2parch"', 'The path of a .p2parch file, from this file.')],
    says: 'Makes the architectures, hazards and scenarios of another file known here. What that file imports stays its own.',
  },
  Hazard: {
    parts: ['hazard', name('MassReboot'), TITLE],
    says: 'Something outside that hits many components at once: a common cause. Components say that they are `exposed to` it.',
  },
  Architecture: {
    parts: [
      'architecture',
      name('Product'),
      TITLE,
      {
        optional: [
          'extends',
          slot(
            'base',
            'architecture',
            'Base',
            'The architecture that this is a variant of: all of it is taken over, members of the same name are replaced whole.',
          ),
        ],
      },
    ],
    block: true,
    says: 'One design: who runs what, and what needs what.',
  },
  Component: {
    parts: [
      slot('party', 'company | users | vendor', ['company', 'users', 'vendor'], 'Who operates it.'),
      name('Server'),
      TITLE,
      {
        optional: [
          'by',
          slot(
            'operator',
            '"operator"',
            '"Amazon"',
            'Who operates it, by name. Two components of one operator share its fate.',
          ),
        ],
      },
    ],
    block: true,
    says: 'A pool of like instances under one operator. Whatever is not `company` is external.',
  },
  Group: {
    parts: ['group', name('Region'), TITLE],
    block: true,
    says: 'A region, a site, a platform: components that stand together. It can be crashed, accepted on and exposed as one.',
  },
  Service: {
    parts: [
      'service',
      name('Service'),
      TITLE,
      {
        optional: [
          'for',
          slot('population', 'component', 'Client', 'For whom: the component whose instances are its users.'),
        ],
      },
    ],
    block: true,
    says: 'What users get. Its loss is what the analysis explains (the top event). A service may need services.',
  },
  Requirement: {
    parts: [
      'require',
      slot('service', 'service', 'Service', 'The service that must survive.'),
      'survives',
      'any',
      slot('count', 'n', '1', 'How many failures at once it must survive.'),
      { optional: ['external'] },
      'failure',
    ],
    others: {
      lost: [
        'require',
        slot('service', 'service', 'Service', 'The service that must survive.'),
        'survives',
        slot('lost', 'component, group or hazard', 'Server', 'What it must survive the loss of.'),
      ],
    },
    says: 'Must hold, or it is an error: no set of so many failures (only those of external parties, if said) takes the service down; or it survives the loss of one component, group or hazard by name.',
  },
  Acceptance: {
    parts: [
      'accept',
      slot('rule', 'rule', 'single-external-dependency', 'The rule whose finding is accepted.'),
      'on',
      slot('subject', 'element', 'Server', 'The component, group, service or hazard that the finding is about.'),
      { optional: ['for', slot('service', 'service', 'Service', 'Only for this service.')] },
      'because',
      slot('reason', '"reason"', '"Reason"', 'Why the team takes it on; it stands in every report.'),
      { optional: ['until', slot('until', 'date', '2027-01-01', 'The last day on which this holds, YYYY-MM-DD.')] },
    ],
    says: 'A finding that the team has taken on: why, and until when. It is counted and listed, and no problem any more.',
  },
  Removal: {
    parts: ['without', slot('target', 'element', 'Server', 'The member of the base that this variant does not have.')],
    says: 'Leaves one member of the base out of this variant.',
  },
  Scenario: {
    parts: [
      'scenario',
      name('Outage'),
      TITLE,
      {
        optional: [
          'on',
          slot(
            'architectures',
            'architectures',
            'Product',
            'The architectures that it runs on, separated by commas. Inside an architecture it runs on that one.',
          ),
        ],
      },
    ],
    block: true,
    says: 'What happens, step by step, for how long, and what is expected of the services meanwhile.',
  },
  Run: {
    parts: ['run', slot('duration', 'time', '24 h', 'How long the scenario lasts, from its beginning.')],
    says: 'How long the scenario lasts.',
  },
  Step: {
    parts: [
      'at',
      slot('at', 'time', '1 h', 'When, from the beginning of the scenario.'),
      slot('action', 'crash | strike | restore | add', ['crash', 'strike', 'restore', 'add'], 'What happens then.'),
    ],
    says: 'One step of the scenario: when, and what happens.',
  },
  Crash: {
    parts: [
      'crash',
      { optional: [slot('share', 'share%', '40%', 'Which share of the working instances; all unless said.'), 'of'] },
      slot('target', 'component or group', 'Server', 'What crashes.'),
    ],
    says: 'This share of the working instances crashes; all of them unless said.',
  },
  Strike: {
    parts: ['strike', slot('hazard', 'hazard', 'MassReboot', 'What strikes.')],
    says: 'The hazard strikes: all that is exposed to it crashes, each by its share.',
  },
  Restore: {
    parts: [
      'restore',
      slot(
        'target',
        'component or group',
        'Server',
        'What is brought back; the company needs programmatic control of it.',
      ),
    ],
    says: 'All that is down of it is brought back at once. The company can do so only to what it has programmatic control of.',
  },
  Add: {
    parts: [
      'add',
      slot('count', 'n', '10', 'How many instances are added.'),
      slot('target', 'component', 'Server', 'Of what; the company must run it.'),
    ],
    says: 'So many instances more. The company can add only what it runs.',
  },
  Expectation: {
    parts: [
      'expect',
      slot('service', 'service', 'Service', 'The service that is watched.'),
      'back',
      'to',
      slot('backTo', 'level%', '95%', 'The level that it comes back to and stays at.'),
      'within',
      slot('within', 'time', '1 h', 'No later than this after the first step of the scenario.'),
    ],
    others: {
      never: [
        'expect',
        slot('service', 'service', 'Service', 'The service that is watched.'),
        'never',
        'below',
        slot('neverBelow', 'level%', '20%', 'The level that it never falls below.'),
      ],
    },
    says: 'What must hold in at least 90% of the runs: back to a level, for good, within a time after the first step; or never below a level.',
  },
} as const satisfies Readonly<Record<string, Form>>;
