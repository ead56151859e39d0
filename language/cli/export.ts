import { openPsa } from '../interchange/index.ts';
import type { ExportReport } from '../protocol/models.ts';
import { CallError, type Command, FileError, oneOf, onlyFile, readCall } from './call.ts';
import { chooseArchitectures, type SoundFile, soundFile } from './choose.ts';
import { outputOf } from './output.ts';

export const exportModel: Command = {
  name: 'export',
  usage: 'FILE --to open-psa|json [--architecture A] -o F',
  summary: 'fault trees for other engines, or the whole model as data',
  async run(args) {
    const { values, positionals } = readCall(args, {
      to: { type: 'string' },
      architecture: { type: 'string' },
      output: { type: 'string', short: 'o' },
    });
    if (values.to === undefined) throw new CallError('export asks for --to open-psa or --to json');
    const to = oneOf('to', values.to, ['open-psa', 'json']);
    if (values.output === undefined)
      throw new CallError('export writes to the file that -o names ("-" for standard output)');
    const sound = await soundFile(onlyFile('export', positionals));
    const text = to === 'json' ? json(sound, values.architecture) : faultTrees(sound, values.architecture);
    return outputOf(values.output, text);
  },
};

function faultTrees(sound: SoundFile, name: string | undefined): string {
  const [lowered, ...others] = chooseArchitectures(sound, name);
  if (!lowered || others.length > 0) {
    // A file of the format is one model, and its names are known throughout.
    const names = chooseArchitectures(sound).map(({ model }) => model.name);
    throw new CallError(`a file for Open-PSA holds one architecture: say --architecture, one of ${names.join(', ')}`);
  }
  const { model } = lowered;
  if (model.services.length === 0) throw new CallError(`${model.name} has no service, so there is no fault tree`);
  const text = openPsa(model);
  if (text === undefined) {
    throw new FileError(`${model.name}: without circles of needs its fault trees would have over a million operands`);
  }
  return text;
}

function json(sound: SoundFile, name: string | undefined): string {
  const architectures = chooseArchitectures(sound, name).map(({ model }) => model);
  const report: ExportReport = {
    version: 1,
    file: sound.file.name,
    architectures,
    scenarios: sound.language.problems.Problems.models
      .scenarios(sound.file.document)
      .filter(({ architecture }) => name === undefined || architecture.name === name)
      .map(({ model, architecture }) => ({ architecture: architecture.name, ...model })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
