import fc from 'fast-check';

/** The words of a part of a program; `'\n'` stands where a statement ends. */
type Words = readonly string[];
type Part = fc.Arbitrary<Words>;

/** Names in several scripts, with hyphens, decomposed, and such as JavaScript knows. */
const COMPONENTS = [
  'Client',
  'SuperNode',
  'login-server',
  'Größe',
  '名前',
  'e\u0301tat',
  '__proto__',
  'constructor',
  'a-1_b',
];
const HAZARDS = ['Reboot', 'Storm-2', 'toString'];
const GROUPS = ['East', 'über-Süd'];
const SERVICES = ['Calling', 'Search', 'valueOf'];
const ARCHITECTURES = ['Skype2007', 'Hosted', 'hasOwnProperty'];
const SCENARIOS = ['Patch-Tuesday', 'Loss'];
const RULES = ['single-external-dependency', 'cold-start-cycle', 'no-such-rule'];

const nothing: Part = fc.constant([]);
const one = (...words: string[]): Part => fc.constantFrom(...words).map((word) => [word]);
const all = (...parts: (Part | string)[]): Part =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? one(part) : part))).map((found) => found.flat());
const maybe = (...parts: (Part | string)[]): Part => fc.oneof(nothing, all(...parts));
const any = (...parts: Part[]): Part => fc.oneof(...parts);
const many = (part: Part, minLength: number, maxLength: number, between: Words = []): Part =>
  fc
    .array(part, { minLength, maxLength })
    .map((found) => found.flatMap((words, index) => (index > 0 ? [...between, ...words] : words)));
const statement = (...parts: (Part | string)[]): Part => all(...parts, '\n');
const block = (part: Part, most: number): Part => all('{', '\n', many(part, 0, most), '}');

const component = one(...COMPONENTS);
const hazard = one(...HAZARDS);
const service = one(...SERVICES);
const architecture = one(...ARCHITECTURES);
const thing = one(...COMPONENTS, ...HAZARDS, ...GROUPS);
const whole = one('1', '40', '9_600_000', '002');
const decimal = one('1', '0.5', '30', '1_000.25');
const percent = all(one('5', '12.5', '60', '200', '0'), '%');
const duration = all(decimal, one('ms', 's', 'min', 'h', 'd'));
const per = all('/', one('s', 'min', 'h', 'd'));
const text = one(
  '""',
  '"Log-in servers"',
  '"a // b /* c */ { } ( ), %"',
  '"say \\"no\\", C:\\\\ \\n\\t"',
  '"Überlast 負荷 🙂"',
);
const title = maybe(text);

const { need } = fc.letrec<{ need: Words; atom: Words }>((tie) => ({
  need: any(tie('atom'), tie('atom'), many(tie('atom'), 2, 3, ['or']), many(tie('atom'), 2, 3, ['and'])),
  atom: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: component, weight: 4 },
    { arbitrary: all('(', tie('need'), ')'), weight: 1 },
    { arbitrary: all(whole, 'of', '(', many(tie('need'), 2, 3, [',']), ')'), weight: 1 },
  ),
}));

const exposure = statement('exposed', 'to', hazard, maybe(percent));
const property = any(
  statement('instances', whole),
  statement('control', one('full', 'physical', 'programmatic', 'none')),
  statement('needs', need, maybe('to', 'start')),
  statement('serves', whole, component),
  statement('admits', decimal, component, per),
  statement('restarts', any(all(one('in', 'after', 'over'), duration), one('never'))),
  statement('promoted', 'from', component, 'at', any(decimal, percent), per),
  statement('overloads', 'above', percent, 'losing', percent, per),
  statement('retries', 'every', duration, maybe('up', 'to', duration)),
  statement('fails', 'every', duration),
  exposure,
);
const componentMember = statement(
  one('company', 'users', 'vendor'),
  component,
  title,
  maybe('by', text),
  maybe(block(property, 4)),
);
const { group } = fc.letrec<{ group: Words }>((tie) => ({
  group: statement(
    'group',
    one(...GROUPS),
    title,
    block(fc.oneof({ depthSize: 'small' }, exposure, componentMember, tie('group')), 3),
  ),
}));
const traffic = statement('traffic', many(all(percent, 'through', component), 1, 3, [',']));
const serviceMember = statement(
  'service',
  service,
  title,
  maybe('for', component),
  any(all('needs', need), block(any(statement('needs', need), traffic), 3)),
);
const hazardMember = statement('hazard', hazard, title);
const requirement = statement(
  'require',
  service,
  'survives',
  any(all('any', whole, maybe('external'), one('failure', 'failures')), thing),
);
const acceptance = statement(
  'accept',
  one(...RULES),
  'on',
  thing,
  maybe('for', service),
  'because',
  text,
  maybe('until', one('2027-06-30', '1999-12-31')),
);
const removal = statement('without', thing);
const step = statement(
  'at',
  duration,
  any(
    all('crash', maybe(percent, 'of'), thing),
    all('strike', hazard),
    all('restore', component),
    all('add', whole, component),
  ),
);
const expectation = statement(
  'expect',
  service,
  any(all('back', 'to', percent, 'within', duration), all('never', 'below', percent)),
);
const scenario = (on: Part): Part =>
  statement('scenario', one(...SCENARIOS), title, on, block(any(step, statement('run', duration), expectation), 4));
const member = any(
  componentMember,
  componentMember,
  group,
  serviceMember,
  hazardMember,
  scenario(nothing),
  requirement,
  acceptance,
  removal,
);
const variant = statement('architecture', architecture, title, maybe('extends', architecture), block(member, 6));
const declaration = any(hazardMember, variant, variant, scenario(maybe('on', many(architecture, 1, 3, [',']))));

export const file: Part = all(
  many(statement('import', one('"./hazards.p2parch"', '"../common/a b.p2parch"')), 0, 2),
  many(declaration, 0, 4),
);
