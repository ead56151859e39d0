import { type Form, slot } from './form.ts';

/** The properties of components and services. */
export const PROPERTY_FORMS = {
  Instances: {
    parts: ['instances', slot('count', 'n', '10', 'How many there are when all is well.')],
    says: 'How many there are when all is well; 1 unless said.',
  },
  ControlLevel: {
    parts: [
      'control',
      slot(
        'level',
        'level',
        ['full', 'physical', 'programmatic', 'none'],
        'What the company can do to it: touch the machines (physical), command the software (programmatic), both (full), neither (none).',
      ),
    ],
    says: 'What the company can do to it. Unless said, `full` for what it runs itself and `none` for the rest.',
  },
  Needs: {
    parts: [
      'needs',
      slot('need', 'what', 'Server', 'What must work for this to work: a name; `A and B`; `A or B`; `2 of (A, B, C)`.'),
      { optional: ['to', 'start'] },
    ],
    says: 'It works only while what it needs works. Several `needs` must all hold. With `to start` it asks only when an instance joins.',
  },
  ServiceNeeds: {
    parts: [
      'needs',
      slot('need', 'what', 'Server', 'What must work for this to work: a name; `A and B`; `A or B`; `2 of (A, B, C)`.'),
    ],
    says: 'The service works only while what it needs works. Several `needs` must all hold; a service may need services.',
  },
  Serves: {
    parts: [
      'serves',
      slot('capacity', 'n', '400', 'For how many of them each instance has room at once.'),
      slot('consumer', 'component', 'Client', 'Whom it serves.'),
    ],
    says: 'Each instance has room for so many at once. Without it, room is no limit.',
  },
  Admits: {
    parts: [
      'admits',
      slot('rate', 'n', '30', 'How many each instance lets in, at most.'),
      slot('consumer', 'component', 'Client', 'Whom it lets in.'),
      slot('per', '/s', '/s', 'In which time: /s, /min, /h or /d.'),
    ],
    says: 'Each instance lets in at most so many in a time. Without it, all come in at once.',
  },
  Restarts: {
    parts: [
      'restarts',
      slot(
        'mode',
        'in | after | over',
        ['in', 'after', 'over'],
        '`in`: a random (exponential) time with this mean; `after`: exactly this time; `over`: spread evenly over this time.',
      ),
      slot('duration', 'time', '5 min', 'After what time a crashed instance is back.'),
    ],
    others: { never: ['restarts', 'never'] },
    says: 'A crashed instance is back after a time: `in` a random one with this mean, `after` exactly this, `over` spread evenly up to this. `never`, or nothing said: it stays down.',
  },
  Promoted: {
    parts: [
      'promoted',
      'from',
      slot('source', 'component', 'Client', 'Whose instances are turned into it.'),
      'at',
      slot(
        'rate',
        'rate',
        '10',
        'How many are promoted: a number, or a percentage of the working instances of the source.',
      ),
      slot('per', '/min', '/min', 'In which time: /s, /min, /h or /d.'),
    ],
    says: 'It has no machines of its own: instances of another component are turned into it while it is short of `instances`.',
  },
  Overloads: {
    parts: [
      'overloads',
      'above',
      slot('limit', 'limit%', '200%', 'The load from which on it suffers; 100% is full. It may be more than 100%.'),
      'losing',
      slot('loss', 'rate%', '5%', 'Which share of its instances crashes while the load is above the limit.'),
      slot('per', '/min', '/min', 'In which time: /s, /min, /h or /d.'),
    ],
    says: 'It takes everyone who comes; while its load is above the limit, instances crash at this rate. Without this line, `serves` and `admits` are hard limits.',
  },
  Retries: {
    parts: [
      'retries',
      'every',
      slot('first', 'time', '30 s', 'The mean time to the next attempt after the first refusal.'),
      { optional: ['up', 'to', slot('most', 'longest', '10 min', 'The mean doubles with every refusal, up to this.')] },
    ],
    says: 'An instance that is not let in tries again after a random time with this mean, doubling with every refusal up to a longest.',
  },
  Fails: {
    parts: ['fails', 'every', slot('mean', 'time', '90 d', 'The mean time between failures of one working instance.')],
    says: 'Each working instance crashes on its own, with this mean time between failures.',
  },
  Exposure: {
    parts: [
      'exposed',
      'to',
      slot('hazard', 'hazard', 'MassReboot', 'What hits it.'),
      { optional: [slot('share', 'share%', '60%', 'Which share of it crashes; 100% unless said.')] },
    ],
    says: 'When the hazard strikes, this share of it crashes; all of it unless said.',
  },
  Traffic: {
    parts: [
      'traffic',
      slot(
        'shares',
        'share% through component',
        '100% through Server',
        'Who carries which share; separate several by commas.',
      ),
    ],
    says: 'How the traffic of the service is carried; the shares add up to 100%.',
  },
  Share: {
    parts: [
      slot('share', 'share%', '95%', 'Which share of the traffic; all shares add up to 100%.'),
      'through',
      slot('carrier', 'component', 'Server', 'The component that carries it.'),
    ],
    says: 'A share of the traffic, and who carries it.',
  },
} as const satisfies Readonly<Record<string, Form>>;
