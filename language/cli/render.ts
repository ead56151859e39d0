import { type RecoveryState, renderPicture, type Theme } from '../../webview/picture/index.ts';
import {
  type Diagram,
  diagramOf,
  foldDiagram,
  foldedToStart,
  foldedWords,
  writtenSpan,
} from '../core/diagram/index.ts';
import type { Architecture, Scenario } from '../core/model/index.ts';
import { compile, run, typicalSeed } from '../core/simulation/index.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import { JOBS } from '../workers/jobs.ts';
import {
  CallError,
  type Command,
  decimal,
  durationOption,
  note,
  type Outcome,
  oneOf,
  onlyFile,
  readCall,
  wholeNumber,
} from './call.ts';
import { chooseArchitectures, chooseScenarios, type SoundFile, soundFile } from './choose.ts';
import { outputOf } from './output.ts';
import { allRuns } from './runs.ts';

export const render: Command = {
  name: 'render',
  usage:
    'FILE [--architecture A] [--scenario S --at DURATION] [--theme light|dark|contrast-light|contrast-dark] [--fold auto|none|all] [--scale N|--width PIXELS] [--font FILE]… -o F.svg|F.png',
  summary: 'the picture of an architecture, at rest or in the midst of a scenario',
  async run(args) {
    const { values, positionals } = readCall(args, {
      architecture: { type: 'string' },
      scenario: { type: 'string' },
      at: { type: 'string' },
      theme: { type: 'string', default: 'light' },
      fold: { type: 'string', default: 'auto' },
      scale: { type: 'string' },
      width: { type: 'string' },
      font: { type: 'string', multiple: true, default: [] },
      output: { type: 'string', short: 'o' },
    });
    const theme: Theme = oneOf('theme', values.theme, ['light', 'dark', 'contrast-light', 'contrast-dark']);
    const fold = oneOf('fold', values.fold, ['auto', 'none', 'all']);
    if (values.output === undefined)
      throw new CallError('render writes to the file that -o names ("-" for standard output)');
    const png = values.output.endsWith('.png');
    if (values.output !== '-' && !png && !values.output.endsWith('.svg'))
      throw new CallError('render writes .svg and .png files');
    const scaled = values.scale !== undefined || values.width !== undefined || values.font.length > 0;
    if (!png && scaled) throw new CallError('--scale, --width and --font are for .png files: an .svg has no pixels');
    if (values.scale !== undefined && values.width !== undefined) throw new CallError('--scale or --width, not both');
    const scale = values.scale === undefined ? 2 : decimal('scale', values.scale, 0.1, 16);
    const width = values.width === undefined ? undefined : wholeNumber('width', values.width, 16, 32_768);
    if ((values.scenario === undefined) !== (values.at === undefined))
      throw new CallError('--scenario and --at go together');
    const sound = await soundFile(onlyFile('render', positionals));
    const { lowered, scenario, others } = chosenIn(sound, values);
    const { model } = lowered;
    const whole = diagramOf(model, sound.language.problems.Problems.findingsOf(lowered));
    // What plays is seen whole.
    const diagram = values.scenario === undefined ? foldDiagram(whole, foldedOf(whole, fold)) : whole;
    const layout = await JOBS.layout({ diagram, options: {} });
    let recovery: RecoveryState | undefined;
    const folded = foldedWords(diagram);
    let title = folded === '' ? diagram.title : `${diagram.title}: ${folded}`;
    if (scenario && values.at !== undefined) {
      const seconds = durationOption('at', values.at, true);
      const { name, horizonSeconds } = scenario.model;
      if (seconds > horizonSeconds)
        throw new CallError(`--at ${values.at} is after the end of ${name}, which runs ${writtenSpan(horizonSeconds)}`);
      recovery = await stateAt(model, scenario.model, seconds);
      title += `: ${scenario.model.title ?? scenario.model.name}, at ${writtenSpan(seconds)}`;
    }
    const svg = renderPicture(diagram, layout, { theme, legend: true, title, ...(recovery && { recovery }) });
    const tellOthers = (outcome: Outcome): Outcome => {
      if (others.length > 0) note(`this is ${model.name}; for ${others.join(', ')} use --architecture`);
      return outcome;
    };
    if (!png) return tellOthers(await outputOf(values.output, `${svg}\n`));
    const { beyondOwnFont, pngOf, sizeOf } = await import('./raster.ts');
    const beyond = values.font.length > 0 ? '' : beyondOwnFont(svg);
    if (beyond !== '') note(`no font for ${quoted(beyond)}: name a font file that has these with --font`);
    const sizes = { scale: width === undefined ? scale : width / sizeOf(svg).width, fonts: values.font };
    return tellOthers(await outputOf(values.output, await pngOf(svg, sizes)));
  },
};

/** What is drawn, of several the first, and what else there is by those names. */
function chosenIn(
  sound: SoundFile,
  names: { architecture?: string | undefined; scenario?: string | undefined },
): { lowered: LoweredArchitecture; scenario: LoweredScenario | undefined; others: readonly string[] } {
  // A scenario may run on an architecture of another file, which the file imports.
  const scenarios = names.scenario === undefined ? [] : chooseScenarios(sound, names);
  const [scenario] = scenarios;
  const { models } = sound.language.problems.Problems;
  const [lowered, ...others] = scenario
    ? scenarios.map(({ architecture }) => models.lower(architecture))
    : chooseArchitectures(sound, names.architecture);
  if (!lowered) throw new CallError('there is no architecture');
  return { lowered, scenario, others: others.map(({ model }) => model.name) };
}

/** Unless said, a picture is whole as long as it can be read, and folded from then on as the editor begins with it. */
function foldedOf(whole: Diagram, fold: 'auto' | 'none' | 'all'): string[] {
  if (fold === 'auto') return foldedToStart(whole);
  return fold === 'none' ? [] : whole.containers.filter(({ components }) => components > 1).map(({ id }) => id);
}

const MOST_NAMED = 12;
const quoted = (characters: string): string => {
  const all = [...characters];
  return `“${all.slice(0, MOST_NAMED).join('')}${all.length > MOST_NAMED ? '…' : ''}”`;
};

/** At a moment, or at the end if that is later: the run that is shown for a hundred, as the editor plays it. */
async function stateAt(architecture: Architecture, scenario: Scenario, seconds: number): Promise<RecoveryState> {
  const job = { architecture, scenario, runs: 100, firstSeed: 1 };
  const partial = await allRuns(`${scenario.name} on ${architecture.name}`, job, { curves: 'none' });
  const times = [Math.min(seconds, scenario.horizonSeconds)];
  const seed = typicalSeed(partial, architecture.services[0]?.name) ?? job.firstSeed;
  const trace = run(compile(architecture, scenario, { times }), seed);
  const at = (values: Float64Array): number => values[0] ?? 0;
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
