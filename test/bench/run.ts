/** The project's figures: `npm run bench`. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import { findings } from '../../language/core/rules/index.ts';
import { compile, run, summarise } from '../../language/core/simulation/index.ts';
import { createP2PArchServices } from '../../language/services.ts';
import { measureEditing } from '../completion/speed.ts';
import { measureNavigating } from '../navigation/speed.ts';
import { EditingSession } from '../session/session.ts';
import { measureAralia } from './aralia.ts';
import { measureChanging } from './changing.ts';
import { EXAMPLE } from './example.ts';
import { generateProgram } from './generate.ts';
import { measureLayouts } from './layout.ts';
import { measure, printTable, type Row } from './measure.ts';
import { measurePlaying } from './playing.ts';
import { measureSimulating } from './simulation.ts';

const ROOT = path.resolve(__dirname, '../../..');

async function parse(text: string) {
  const { shared, language } = createP2PArchServices(EmptyFileSystem);
  const document: LangiumDocument = shared.workspace.LangiumDocumentFactory.fromString(
    text,
    URI.parse('file:///bench.p2parch'),
  );
  shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build([document], { validation: true });
  return { document, language };
}

/** What an editor waits for, over the protocol. */
async function editing(components: number): Promise<Row[]> {
  const text = generateProgram(components);
  const session = await EditingSession.open([path.join(ROOT, 'dist/server.cjs')], text);
  const digit = text.indexOf('instances ', text.length / 2) + 'instances '.length;
  let typed = false;
  const keystroke = async (): Promise<void> => {
    // A digit more, and at the next stroke a digit less.
    if (typed) await session.type(digit, 1, '');
    else await session.type(digit, 0, '1');
    typed = !typed;
  };
  const line = text.slice(0, text.indexOf('needs ', text.length / 2)).split('\n').length - 1;
  const size = `${components} components`;
  const small = components === 1000;
  const rows = [
    await measure(`keystroke → diagnostics, ${size}`, keystroke, { atMost: small ? 50 : 250 }),
    await measure(
      `completion, ${size}`,
      () => session.request('textDocument/completion', { position: { line, character: 10 } }),
      small ? { atMost: 30 } : {},
    ),
    await measure(
      `semantic tokens, ${size}`,
      () => session.request('textDocument/semanticTokens/full'),
      small ? { atMost: 50 } : {},
    ),
    await measure(
      `formatting, ${size}`,
      () => session.request('textDocument/formatting', { options: { tabSize: 2, insertSpaces: true } }),
      small ? { atMost: 150 } : {},
    ),
  ];
  console.log(`memory of the server, ${size}: ${session.megabytes().toFixed(0)} MB (400 at most at 5000)`);
  await session.close();
  return rows;
}

/** Published fault trees; see `measureAralia`. */
async function aralia(folder: string | undefined): Promise<void> {
  if (folder === undefined) {
    console.log('Published fault trees are skipped: P2PARCH_ARALIA names no folder of them.');
    return;
  }
  const modelOf = async (text: string) => {
    const { document, language } = await parse(text);
    const [lowered] = language.problems.Problems.models.architectures(document);
    if (!lowered) throw new Error('a file of the folder has no architecture');
    return lowered.model;
  };
  const equal = await measureAralia({ folder, parse: modelOf, cli: path.join(ROOT, 'dist/cli.js') });
  if (!equal) process.exitCode = 1;
}

async function main(): Promise<void> {
  // With a folder of fault trees as its argument, only these: `npm run bench -- FOLDER`.
  const [, , folder] = process.argv;
  if (folder !== undefined) return aralia(folder);
  const rows: Row[] = [];
  for (const components of [1000, 5000]) {
    const text = generateProgram(components);
    const { document, language } = await parse(text);
    const model = language.problems.Problems.models.architectures(document)[0]?.model;
    if (!model) throw new Error('the generated program has no architecture');
    rows.push(
      await measure(`text → diagnostics, ${components} components, from nothing`, () => parse(text), { warmUp: 1 }),
    );
    rows.push(
      await measure(
        `all findings, ${components} components with redundancy`,
        () => findings(model, { today: '2026-01-01' }),
        {
          atMost: components === 1000 ? 100 : 1000,
        },
      ),
    );
  }
  for (const components of [1000, 5000]) rows.push(...(await editing(components)));
  rows.push(...(await measureEditing()), ...(await measureNavigating()));
  const { document, language } = await parse(EXAMPLE);
  const { models } = language.problems.Problems;
  const [scenario] = models.scenarios(document);
  if (!scenario) throw new Error('the example has no scenario');
  const program = compile(models.lower(scenario.architecture).model, scenario.model);
  let seed = 0;
  rows.push(
    await measure('one run of 72 h, 9.6 million clients', () => run(program, ++seed), { atMost: 20, runs: 31 }),
  );
  const hundred = () =>
    summarise(
      Array.from({ length: 100 }, (_, index) => run(program, index)),
      scenario.model,
    );
  rows.push(await measure('100 runs of it, one core, with summary', hundred, { warmUp: 1 }));
  rows.push(...(await measureSimulating()));
  const flat = async (components: number) => {
    const generated = await parse(generateProgram(components));
    const [lowered] = generated.language.problems.Problems.models.architectures(generated.document);
    if (!lowered) throw new Error('the generated program has no architecture');
    return lowered.model;
  };
  rows.push(...(await measureLayouts(path.join(ROOT, 'dist/worker.cjs'), flat)));
  const check = () =>
    spawnSync(process.execPath, [
      path.join(ROOT, 'dist/cli.js'),
      'check',
      '--no-scenarios',
      path.join(ROOT, 'extension/examples/skype-2007.p2parch'),
    ]);
  rows.push(await measure('p2parch check of an example, whole process', check, { atMost: 500 }));
  printTable(rows);
  for (const components of [50, 200, 1000]) await measureChanging(ROOT, components);
  for (const components of [200, 1000]) await measureChanging(ROOT, components, []);
  await measurePlaying(ROOT, 300, ['One']);
  await measurePlaying(ROOT, 75, ['One', 'Two', 'Three', 'Four']);
  await aralia(process.env.P2PARCH_ARALIA);
}

void main();
