import * as fc from 'fast-check';
import { applied, type Texts } from './at.ts';
import { reopen } from './fixes-of-findings.ts';

/**
 * Programs that have much to find: pools of all parties and operators in and outside of groups, needs with choices and
 * to start, promotions, hazards, acceptances (fitting, stale, expired), a requirement, a variant, and a file that
 * builds on it. On lines as the formatter would have them, or not.
 */
export const findingPrograms: fc.Arbitrary<Texts> = fc.gen().map((random) => {
  const pick = <T>(items: readonly T[]): T => random(fc.constantFrom, ...items);
  const chance = (): boolean => random(fc.boolean);
  const names = ['Alpha', 'beta-pool', 'Gamma', 'delta_2', 'Ε'].slice(0, random(fc.integer, { min: 2, max: 5 }));
  const atom = (): string => pick(names);
  const expression = (): string =>
    pick([
      () => atom(),
      () => atom(),
      () => `${atom()} or ${atom()}`,
      () => `${atom()} and ${atom()}`,
      () => `(${atom()} or ${atom()}) and ${atom()}`,
      () => `2 of (${atom()}, ${atom()}, ${atom()})`,
    ])();
  const component = (name: string): string => {
    const head = `${pick(['company', 'users', 'vendor'])} ${name}${chance() ? '' : ` by "${pick(['One', 'Two'])}"`}`;
    const properties = [
      ...(chance() ? [`instances ${pick([1, 2, 100])}`] : []),
      ...(chance() ? [`needs ${expression()}`] : []),
      ...(chance() ? [`needs ${atom()} to start`] : []),
      ...(chance() ? [] : [`exposed to Storm ${pick(['40%', '100%'])}`]),
    ];
    return properties.length === 0 ? head : [`${head} {`, ...properties.map((one) => `  ${one}`), '}'].join('\n');
  };
  let sites = 0;
  const grouped = (text: string): string =>
    random(fc.integer, { min: 0, max: 2 }) === 0
      ? grouped(`group Site${++sites} {\n${chance() ? '  exposed to Storm\n' : ''}${indented(text)}\n}`)
      : text;
  const acceptance = (): string =>
    `accept ${pick(['single-external-dependency', 'single-company-dependency', 'unused-component', 'cold-start-cycle'])} on ${atom()}` +
    `\n  because "So."${pick(['', ' until 2025-06-30', ' until 2027-06-30'])}`;
  const services = (prefix: string): string[] =>
    ['One', 'Two']
      .slice(0, random(fc.integer, { min: 1, max: 2 }))
      .map(
        (name) =>
          `service ${prefix}${name}${chance() ? ` for ${atom()}` : ''} {\n  needs ${expression()}\n` +
          `${chance() ? `  traffic 100% through ${atom()}\n` : ''}}`,
      );
  const block = (head: string, members: readonly string[]): string =>
    `${head} {\n${members.map(indented).join(chance() ? '\n\n' : '\n')}\n}\n`;
  const main = [
    'hazard Storm\n',
    block('architecture Base', [
      ...names.map((name) => grouped(component(name))),
      ...services('S'),
      ...(chance() ? [`require SOne survives any ${pick([1, 2])} external ${pick(['failures'])}`] : []),
      ...(chance() ? [acceptance()] : []),
      ...(chance() ? [acceptance()] : []),
    ]),
    ...(chance()
      ? [block('architecture Variant extends Base', [component(atom()), ...(chance() ? services('V') : [])])]
      : []),
  ].join('\n');
  const above = block('architecture Above extends Base', [component(atom()), ...(chance() ? services('A') : [])]);
  const squeezed = (text: string): string =>
    random(fc.integer, { min: 0, max: 4 }) === 0 ? text.replace(/\s+/g, ' ') : text;
  return {
    'main.p2parch': squeezed(main),
    ...(chance() ? { 'above.p2parch': `import "./main.p2parch"\n\n${above}` } : {}),
  };
});

/** The texts as the formatter has them. */
export async function inOrder(texts: Texts): Promise<Texts> {
  const { documents, language } = await reopen(texts);
  return Object.fromEntries(
    Object.keys(texts).map((name, index) => {
      const document = documents[index] as (typeof documents)[number];
      const edits = language.lsp.Formatter?.formatDocument(document, {
        textDocument: { uri: document.uri.toString() },
        options: { tabSize: 2, insertSpaces: true },
      });
      return [name, applied(document, edits as never)];
    }),
  );
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');

/** A word, a string, a comment or a sign of the language, or the blanks between them. */
const PIECE = /"(?:\\.|[^"\\])*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|\s+|[^\s"/]+/g;

/** All comments of a text, in their order. */
export const commentsOf = (text: string): string[] => text.match(PIECE)?.filter((piece) => /^\/[/*]/.test(piece)) ?? [];

/**
 * The same program as nobody would write it: comments between any two words, among them such as look like a text of the
 * language; titles and operators with signs in them; tabs; line ends of other systems; blanks at the ends of lines; and
 * another architecture that is wrong.
 */
export const disturbed = (program: Texts, random: fc.GeneratorValue): Texts => {
  const rarely = (most: number): boolean => random(fc.integer, { min: 0, max: most }) === 0;
  const seldom = random(fc.constantFrom, 2, 8, 40);
  const lineEnd = random(fc.constantFrom, '\n', '\r\n', '\r');
  const unit = random(fc.constantFrom, '  ', '\t', '    ', '');
  const blank = (text: string): string => {
    if (!rarely(seldom)) return text;
    const comment = random(fc.constantFrom, ...COMMENTS);
    return comment.startsWith('//') ? `${rarely(1) ? text : ' '}${comment}\n` : `${text}${comment}${text}`;
  };
  return Object.fromEntries(
    Object.entries(program).map(([name, text]) => {
      const broken = rarely(3) ? '\narchitecture Broken {\n  company Lone { needs Nowhere }\n  service\n}\n' : '';
      const between = (text + broken).replace(PIECE, (piece) => (/^\s/.test(piece) ? blank(piece) : piece));
      const named = between
        .replaceAll('by "One"', 'by "O\\"ne } \\\\"')
        .replace(/(company|users|vendor) (\S+)/g, (head) => (rarely(6) ? `${head} "{ // \\" /* "` : head));
      const indentation = named.replace(/^(?: {2})+/gm, (blanks) => unit.repeat(blanks.length / 2));
      const ends = rarely(2) ? indentation.replace(/$/gm, '  ') : indentation;
      return [name, (rarely(4) ? ends.trimEnd() : ends).replaceAll('\n', lineEnd)];
    }),
  );
};

const COMMENTS = [
  '// }',
  '// accept unused-component on Alpha because "x"',
  '//',
  '/* { */',
  '/* "\n } */',
  '/** What this is. */',
  '/** { */ /* */',
];
