import { type RecoveryState, renderPicture, type Theme } from '../../webview/picture/index.ts';
import { diagramOf } from '../core/diagram/index.ts';
import type { Trace } from '../core/simulation/index.ts';
import { JOBS } from '../workers/jobs.ts';
import { CallError, type Command, durationOption, oneOf, onlyFile, readCall } from './call.ts';
import { chooseArchitectures, chooseScenarios, soundFile } from './choose.ts';
import { outputOf } from './output.ts';

export const render: Command = {
  name: 'render',
  usage:
    'FILE [--architecture A] [--scenario S --at DURATION] [--theme light|dark|contrast-light|contrast-dark] -o F.svg',
  summary: 'the picture of an architecture, at rest or in the midst of a scenario',
  async run(args) {
    const { values, positionals } = readCall(args, {
      architecture: { type: 'string' },
      scenario: { type: 'string' },
      at: { type: 'string' },
      theme: { type: 'string', default: 'light' },
      output: { type: 'string', short: 'o' },
    });
    const theme: Theme = oneOf('theme', values.theme, ['light', 'dark', 'contrast-light', 'contrast-dark']);
    if (values.output === undefined)
      throw new CallError('render writes to the file that -o names ("-" for standard output)');
    if (values.output !== '-' && !values.output.endsWith('.svg')) throw new CallError('render writes .svg files');
    if ((values.scenario === undefined) !== (values.at === undefined))
      throw new CallError('--scenario and --at go together');
    const sound = await soundFile(onlyFile('render', positionals));
    const [lowered] = chooseArchitectures(sound, values.architecture);
    if (!lowered) throw new CallError('there is no architecture');
    const { model } = lowered;
    const diagram = diagramOf(model, sound.language.problems.Problems.findingsOf(lowered));
    const layout = await JOBS.layout({ diagram, options: {} });
    let recovery: RecoveryState | undefined;
    if (values.scenario !== undefined && values.at !== undefined) {
      const [scenario] = chooseScenarios(sound, { architecture: model.name, scenario: values.scenario });
      if (!scenario) throw new CallError('there is no scenario');
      const job = { architecture: model, scenario: scenario.model, runs: 100, firstSeed: 1 };
      recovery = stateAt((await JOBS.simulation(job)).typical, durationOption('at', values.at, true));
    }
    const svg = renderPicture(diagram, layout, { theme, legend: true, title: true, ...(recovery && { recovery }) });
    return outputOf(values.output, `${svg}\n`);
  },
};

/** The last sample not after a moment. */
function stateAt(trace: Trace, seconds: number): RecoveryState {
  let index = 0;
  while (index + 1 < trace.times.length && (trace.times[index + 1] as number) <= seconds) index++;
  const at = (values: Float64Array): number => values[index] ?? 0;
  return {
    pools: Object.fromEntries(
      Object.entries(trace.components).map(([name, { up, starting, down, load }]) => [
        name,
        { up: at(up), starting: at(starting), down: at(down), load: at(load) },
      ]),
    ),
    levels: Object.fromEntries(Object.entries(trace.services).map(([name, { level }]) => [name, at(level)])),
  };
}
