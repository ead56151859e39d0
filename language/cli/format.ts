import { writeFile } from 'node:fs/promises';
import { DocumentValidator, type LangiumDocument, type ParseResult, TextDocument } from 'langium';
import { P2PArchFormatter } from '../formatting/formatter.ts';
import { CallError, type Command, readCall, unwritable } from './call.ts';
import { type CheckedFile, openFiles } from './files.ts';
import { shown } from './shown.ts';

export const format: Command = {
  name: 'format',
  usage: 'FILE|DIR… [--check]',
  summary: 'writes files in the style of the language; with --check, says which are not',
  async run(args) {
    const { values, positionals } = readCall(args, { check: { type: 'boolean', default: false } });
    if (positionals.length === 0) throw new CallError('format takes at least one file or folder');
    if (positionals.includes('-') && positionals.length > 1 && !values.check) {
      throw new CallError('standard input is formatted alone, for its text goes to standard output');
    }
    const { language, files, build } = await openFiles(positionals);
    // The words of an error are those of `check`.
    await build(files.filter(({ document: { parseResult } }) => hasSyntaxErrors(parseResult)));
    const formatter = new P2PArchFormatter(language);
    const results = files.map((file) => formatFile(formatter, file));
    const errors = results.flatMap((result) => result.errors);
    const changed = results.filter(({ changedLine }) => changedLine !== undefined);
    if (values.check) {
      const lines = changed.map(({ name, changedLine }) => `${name}:${changedLine} is not formatted`);
      return { output: asLines([...errors, ...lines]), status: errors.length + lines.length > 0 ? 1 : 0 };
    }
    const status = errors.length > 0 ? 1 : 0;
    const input = results.find(({ name }) => name === '-');
    if (input) {
      process.stderr.write(asLines(errors));
      return { output: input.text, status };
    }
    for (const { name, text } of changed) await write(name, text);
    return { output: asLines([...errors, ...changed.map(({ name }) => `${name} formatted`)]), status };
  },
};

interface Formatted {
  readonly name: string;
  readonly text: string;
  /** The first line that is not as it should be, from one. */
  readonly changedLine: number | undefined;
  /** Where the file cannot be read: these lines stay as they are. */
  readonly errors: readonly string[];
}

/** The style of the examples. */
const OPTIONS = { tabSize: 2, insertSpaces: true };

function formatFile(formatter: P2PArchFormatter, { name, document }: CheckedFile): Formatted {
  const { textDocument, uri } = document;
  const params = { textDocument: { uri: uri.toString() }, options: OPTIONS };
  const edits = formatter.formatDocument(document, params);
  const [first] = edits;
  return {
    name,
    text: TextDocument.applyEdits(textDocument, edits),
    changedLine: first && first.range.start.line + 1,
    errors: syntaxErrors(document).map((error) => `${name}:${error}`),
  };
}

const hasSyntaxErrors = ({ lexerErrors, parserErrors }: ParseResult): boolean =>
  lexerErrors.length + parserErrors.length > 0;

const SYNTAX: readonly unknown[] = [DocumentValidator.LexingError, DocumentValidator.ParsingError];

/** `line:column error message`, as `check` says it. */
const syntaxErrors = ({ diagnostics = [] }: LangiumDocument): string[] =>
  diagnostics
    .filter(({ data }) => SYNTAX.includes((data as { code?: unknown } | undefined)?.code))
    .map(({ range: { start }, message }) => {
      const words = typeof message === 'string' ? message : message.value;
      return `${start.line + 1}:${start.character + 1} error ${words}`;
    });

async function write(name: string, text: string): Promise<void> {
  try {
    await writeFile(name, text);
  } catch (error) {
    throw unwritable(name, error);
  }
}

const asLines = (lines: readonly string[]): string => shown(lines.map((line) => `${line}\n`).join(''));
