/**
 * What the gallery shows: every architecture of the examples at rest, with what takes most down failed, and as a fault
 * tree; and every scenario at its lowest moment.
 */
import path from 'node:path';
import { checkFiles } from '../../language/cli/files.ts';
import { Faults } from '../../language/drawing/faults.ts';
import { Pictures, scenarioEntries } from '../../language/drawing/pictures.ts';
import { Recoveries } from '../../language/drawing/recoveries.ts';
import type { FaultAnswer, FaultQuestion } from '../../language/protocol/faults.ts';
import type { Picture, Recovery } from '../../language/protocol/pictures.ts';
import type { JobRunner } from '../../language/workers/runner.ts';
import { aspectFor, TOOLBAR_PIXELS } from '../../webview/application/recovery/arrangement.ts';
import type { Size } from '../../webview/application/viewport/view.ts';
import { lowestMoment } from '../../webview/standalone/words.ts';

/** One thing to look at, as the panel would be told to show it. */
export interface Shot {
  /**
   * Of the file without its ending, the architecture or the scenario, and how it is looked at: `recovery`, `failures` or
   * `faultTree`, unless at rest.
   */
  readonly name: string;
  readonly picture: Picture;
  /** Absent for a picture at rest. */
  readonly failing?: Failing;
  readonly playing?: { readonly recovery: Recovery; readonly atSeconds: number };
}

/** One of the two views of what fails with what, and all that it asks. */
export interface Failing {
  readonly mode: 'failures' | 'faultTree';
  readonly failed: readonly string[];
  readonly answers: readonly FaultAnswer[];
}

export interface ShotOptions {
  /** Of each scenario. */
  readonly runs: number;
  /** Of the panel, in pixels. */
  readonly size: Size;
  /** On which acceptances are read, YYYY-MM-DD. */
  readonly today: string;
}

/** As many as are shown side by side. */
const MOST_COMPARED = 4;

/** Throws where an example of the folder cannot be drawn or run. */
export async function shotsOf(folder: string, runner: JobRunner, { runs, size, today }: ShotOptions): Promise<Shot[]> {
  const { language, files } = await checkFiles([folder], { today });
  const { models } = language.problems.Problems;
  const aspect = size.width / size.height;
  // As a page asks: for the room that each picture will have.
  const beside = (count: number): number =>
    aspectFor({ width: size.width, height: size.height - TOOLBAR_PIXELS }, count);
  const shots: Shot[] = [];
  for (const { document } of files) {
    // A panel knows one file, and each has its own.
    const pictures = new Pictures(language, runner);
    const recoveries = new Recoveries(language, runner, pictures);
    const file = path.basename(document.uri.path, '.p2parch');
    const uri = document.uri.toString();
    const pictureOf = async (architecture?: string): Promise<Picture> => {
      const reply = await pictures.picture(document, { architecture, aspect });
      if (reply.kind === 'refusal') throw new Error(reply.message);
      return reply.picture;
    };
    const own = models.architectures(document).map(({ model }) => model.name);
    const faults = new Faults(pictures, runner);
    for (const name of own) {
      const picture = await pictureOf(name);
      shots.push({ name: `${file}.${name}`, picture });
      const answer = (question: FaultQuestion) => faults.answer(document, { uri, architecture: name, question }, NEVER);
      for (const failing of await failingOf(answer)) {
        shots.push({ name: `${file}.${name}.${failing.mode}`, picture, failing });
      }
    }
    for (const { name, architectures } of scenarioEntries(models.scenarios(document))) {
      for (let first = 0; first < architectures.length; first += MOST_COMPARED) {
        const some = architectures.slice(first, first + MOST_COMPARED);
        const room = { aspect: beside(some.length) };
        const request = { uri, scenario: name, architectures: some, runs, firstSeed: 1, ...room };
        const reply = await recoveries.recovery(document, request, NEVER);
        if (reply.kind === 'refusal') throw new Error(reply.message);
        const { recovery } = reply;
        shots.push({
          name: `${file}.${name}${first === 0 ? '' : `-${first}`}.recovery`,
          // The picture that it was run from; one that runs on what is imported is run from the first of the file.
          picture: await pictureOf(own.find((one) => architectures.includes(one))),
          playing: { recovery, atSeconds: lowestOf(recovery) },
        });
      }
    }
  }
  return shots;
}

/** Nothing where there is no service that could fail. */
async function failingOf(answer: (question: FaultQuestion) => Promise<FaultAnswer>): Promise<Failing[]> {
  const failures = await answer({ kind: 'failures' });
  if (failures.kind !== 'failures') throw new Error('what can fail is not known');
  const [service, widest] = [failures.services[0]?.name, failures.failures[0]?.name];
  if (service === undefined || widest === undefined) return [];
  const losses = await answer({ kind: 'losses', failed: [widest] });
  const cutSets = await answer({ kind: 'cutSets', service, externalOnly: false, maxSets: 50 });
  const tree = await answer({ kind: 'faultTree', service, open: [], closed: [] });
  return [
    { mode: 'failures', failed: [widest], answers: [failures, losses, cutSets] },
    { mode: 'faultTree', failed: [], answers: [tree] },
  ];
}

const NEVER = new AbortController().signal;

function lowestOf({ results, scenario }: Recovery): number {
  const [first] = results;
  return first === undefined ? 0 : lowestMoment(first, scenario).atSeconds;
}
