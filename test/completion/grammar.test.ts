// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets of the editor protocol are written like this.
import fc from 'fast-check';
import { EmptyFileSystem, GrammarAST } from 'langium';
import { describe, expect, it } from 'vitest';
import { FORMS, type Form, type Part } from '../../language/completion/forms.ts';
import { ruleWords } from '../../language/completion/rule-words.ts';
import { Sights } from '../../language/completion/sight.ts';
import { createP2PArchServices } from '../../language/services.ts';
import { EXAMPLE } from '../bench/example.ts';
import { generateProgram } from '../bench/generate.ts';
import { check } from '../language/check.ts';
import { open } from './at.ts';

const { language } = createP2PArchServices(EmptyFileSystem);
const parserRules = language.Grammar.rules.filter(GrammarAST.isParserRule);

/** Every word of the language in every place that it may stand in. */
const EVERYTHING = `import "./other.p2parch"
hazard Storm "Storm"
architecture Base "Base" {
  company Gate by "Ops" { instances 3 control full needs Store and (Queue or 2 of (A, B, C)) to start }
  users A users B vendor C
  group Region "R" { exposed to Storm group Site { vendor Store { control none admits 3.5 A/min fails every 3 d } } }
  company Queue { serves 4 A restarts never promoted from A at 5%/h overloads above 150% losing 1%/min retries every 5 s }
  service One "One" for A needs Store or Queue
  service Two { needs One traffic 50% through Store, 50% through Queue }
  hazard Inside
  require One survives any 2 external failures
  require One survives any 1 failure
  require Two survives Region
  accept shared-fate on One for Two because "so" until 2027-01-02
  scenario Inner { run 5 ms at 1 ms crash 40% of A at 1 ms crash A at 2 ms restore Gate at 3 ms add 4 Gate
    expect One never below 4% expect One back to 5% within 3 ms at 2 ms strike Inside }
}
architecture Variant extends Base { without Queue }
scenario Outer on Base, Variant { run 1 d }
`;

describe('the walk through the grammar', () => {
  const texts = { example: EXAMPLE, generated: generateProgram(30), everything: EVERYTHING };
  it.each(Object.entries(texts))('reads whatever the parser reads: %s', async (_, text) => {
    const sights = new Sights(language);
    const { document } = await open(`<|>${text}`);
    expect(document.parseResult.parserErrors).toEqual([]);
    const { tokens } = language.parser.Lexer.tokenize(text);
    const unread = tokens.filter((token) => {
      const sight = sights.on(document, token.startOffset);
      const isBrace = token.image === '{' || token.image === '}';
      return !isBrace && (!sight || sight.isWrong || sight.way.at(-1)?.word !== token.tokenType.name);
    });
    expect(unread.map(({ image, startOffset }) => `${startOffset} ${image}`)).toEqual([]);
  });

  it('says at every word that this word may stand there', async () => {
    const sights = new Sights(language);
    const { document } = await open(`<|>${EVERYTHING}`);
    const { tokens } = language.parser.Lexer.tokenize(EVERYTHING);
    const missing = tokens.filter((token) => {
      const { steps } = sights.at(document, token.startOffset);
      // Right behind a word it is the word that is still being written.
      const isApart = !/[\p{L}\d]/u.test(EVERYTHING[token.startOffset - 1] ?? '');
      return isApart && !steps.some((step) => step.word === token.tokenType.name);
    });
    expect(missing.map(({ image, startOffset }) => `${startOffset} ${image}`)).toEqual([]);
  });
});

const flat = (parts: readonly Part[]): readonly Part[] =>
  parts.flatMap((part) => (typeof part !== 'string' && 'optional' in part ? flat(part.optional) : [part]));

const listsOf = (form: Form): readonly (readonly Part[])[] => [form.parts, ...Object.values(form.others ?? {})];

/** The properties that a rule's own words fill, those of its fragments included. */
function propertiesOf(rule: GrammarAST.ParserRule): string[] {
  const found: string[] = [];
  const collect = (node: GrammarAST.AbstractElement): void => {
    if (GrammarAST.isAssignment(node)) found.push(node.feature);
    else if (GrammarAST.isGroup(node) || GrammarAST.isAlternatives(node)) node.elements.forEach(collect);
    else if (GrammarAST.isRuleCall(node)) {
      const called = node.rule.ref;
      if (GrammarAST.isParserRule(called) && called.fragment) collect(called.definition);
    }
  };
  collect(rule.definition);
  return [...new Set(found)];
}

/** Rules that are no form of their own: choices between forms, and the parts of values and needs. */
const WITHOUT_FORM = [
  'File Member Property ServiceProperty Need AndNeed AtomicNeed Action BackTo NeverBelow Percent Duration Per Decimal',
].join(' ');

/** Properties that no form shows: the insides of blocks, and what is read with another part. */
const NOT_SHOWN: Readonly<Record<string, readonly string[]>> = {
  Architecture: ['members'],
  Component: ['properties'],
  Group: ['members'],
  Service: ['properties'],
  Scenario: ['steps', 'runs', 'expectations'],
  Needs: ['toStart'],
  Restarts: ['never'],
  Promoted: ['percent'],
  Requirement: ['external'],
};

describe('the table of forms', () => {
  it('has a row for every rule of the grammar that is a form, and no other', () => {
    const wanted = parserRules.map(({ name }) => name).filter((name) => !WITHOUT_FORM.split(' ').includes(name));
    expect(Object.keys(FORMS).sort()).toEqual(wanted.sort());
  });

  it.each(Object.entries(FORMS) as [string, Form][])('%s shows every property of its rule', (name, form) => {
    const rule = parserRules.find((one) => one.name === name) as GrammarAST.ParserRule;
    const shown = listsOf(form).flatMap((parts) =>
      flat(parts).flatMap((part) => (typeof part !== 'string' && 'of' in part ? [part.of] : [])),
    );
    const wanted = propertiesOf(rule).filter((property) => !NOT_SHOWN[name]?.includes(property));
    expect([...new Set(shown)].sort()).toEqual(wanted.sort());
  });

  const around: Readonly<Record<string, readonly [string, string]>> = {
    file: ['', ''],
    architecture: ['architecture Outer {\n', '\n}'],
    component: ['architecture Outer {\ncompany Self {\n', '\n}\n}'],
    service: ['architecture Outer {\nservice Self {\n', '\n}\n}'],
    scenario: ['architecture Outer {\nscenario Self {\n', '\n}\n}'],
    share: ['architecture Outer {\nservice Self {\ntraffic ', '\n}\n}'],
    step: ['architecture Outer {\nscenario Self {\nat 1 h ', '\n}\n}'],
  };
  const PLACES: Readonly<Record<string, string>> = {
    Import: 'file',
    Hazard: 'file',
    Architecture: 'file',
    ServiceNeeds: 'service',
    Traffic: 'service',
    Share: 'share',
    Run: 'scenario',
    Step: 'scenario',
    Expectation: 'scenario',
    Crash: 'step',
    Strike: 'step',
    Restore: 'step',
    Add: 'step',
  };
  const MEMBERS = ['Component', 'Group', 'Service', 'Requirement', 'Acceptance', 'Removal', 'Scenario'];

  /** The form with its examples, each optional part once there and once left out. */
  const written = (parts: readonly Part[], withOptional: boolean): string =>
    parts
      .map((part) => {
        if (typeof part === 'string') return part;
        if ('optional' in part) return withOptional ? written(part.optional, true) : '';
        const example = typeof part.example === 'string' ? part.example : part.example[0];
        return part.of === 'action' ? 'crash Server' : example;
      })
      .join(' ');

  it.each(Object.entries(FORMS) as [string, Form][])(
    '%s is read by the parser as it is written',
    async (name, form) => {
      const [before, behind] = around[MEMBERS.includes(name) ? 'architecture' : (PLACES[name] ?? 'component')] as [
        string,
        string,
      ];
      for (const parts of listsOf(form)) {
        for (const withOptional of [true, false]) {
          const text = `${before}${written(parts, withOptional)}${form.block ? ' {}' : ''}${behind}`;
          const { document } = await check(text);
          expect(document.parseResult.parserErrors.map(({ message }) => `${text}: ${message}`)).toEqual([]);
        }
      }
    },
  );
});

it('has words for every rule of the analysis', () => {
  expect([...ruleWords()].filter(([, { says }]) => says === '')).toEqual([]);
});

describe('texts that are broken', () => {
  const pieces = [...EVERYTHING.matchAll(/\s+|[\p{L}_-]+|\d+|./gu)].map(([piece]) => piece);
  const broken = fc
    .array(
      fc.oneof(
        fc.constantFrom(...pieces),
        fc.constantFrom('__proto__', 'constructor', '/*', '"', '名前-x', '\\', '${1'),
      ),
      {
        maxLength: 60,
      },
    )
    .map((words) => words.join(' '));

  it('are answered, whatever stands in them', async () => {
    await fc.assert(
      fc.asyncProperty(broken, fc.nat(), async (text, seed) => {
        const at = seed % (text.length + 1);
        const {
          provider,
          language: services,
          document,
          position,
        } = await open(`${text.slice(0, at)}<|>${text.slice(at)}`.replace(/<\|>(?=.*<\|>)/gs, ''));
        const params = { textDocument: { uri: document.uri.toString() }, position };
        const { items } = await provider.getCompletion(document, params);
        expect(items.every(({ textEdit }) => textEdit !== undefined)).toBe(true);
        await services.lsp.HoverProvider?.getHoverContent(document, params);
        await services.lsp.SignatureHelp?.provideSignatureHelp(document, params);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
