/** What the gallery shows: every architecture of the examples at rest, and every scenario at its lowest moment. */
import path from 'node:path';
import { checkFiles } from '../../language/cli/files.ts';
import { Pictures, scenarioEntries } from '../../language/drawing/pictures.ts';
import { Recoveries } from '../../language/drawing/recoveries.ts';
import type { Picture, Recovery } from '../../language/protocol/pictures.ts';
import type { JobRunner } from '../../language/workers/runner.ts';
import { lowestMoment } from '../../webview/standalone/words.ts';

/** One thing to look at, as the panel would be told to show it. */
export interface Shot {
  /** Of the file without its ending, the architecture or the scenario, and `recovery` for one that plays. */
  readonly name: string;
  readonly picture: Picture;
  /** Absent for a picture at rest. */
  readonly playing?: { readonly recovery: Recovery; readonly atSeconds: number };
}

export interface ShotOptions {
  /** Of each scenario. */
  readonly runs: number;
  /** Width by height of the panel. */
  readonly aspect: number;
  /** On which acceptances are read, YYYY-MM-DD. */
  readonly today: string;
}

/** As many as are shown side by side. */
const MOST_COMPARED = 4;

/** Throws where an example of the folder cannot be drawn or run. */
export async function shotsOf(
  folder: string,
  runner: JobRunner,
  { runs, aspect, today }: ShotOptions,
): Promise<Shot[]> {
  const { language, files } = await checkFiles([folder], today);
  const { models } = language.problems.Problems;
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
    for (const name of own) shots.push({ name: `${file}.${name}`, picture: await pictureOf(name) });
    for (const { name, architectures } of scenarioEntries(models.scenarios(document))) {
      for (let first = 0; first < architectures.length; first += MOST_COMPARED) {
        const some = architectures.slice(first, first + MOST_COMPARED);
        const request = { uri, scenario: name, architectures: some, runs, firstSeed: 1 };
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

const NEVER = new AbortController().signal;

function lowestOf({ results, scenario }: Recovery): number {
  const [first] = results;
  return first === undefined ? 0 : lowestMoment(first, scenario).atSeconds;
}
