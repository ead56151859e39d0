/** How long a changed number takes to be seen: in the server, and in the page. What an editor adds is between them. */
import path from 'node:path';
import { EditingSession } from '../session/session.ts';
import { generateProgram } from './generate.ts';
import { launch, openPanel, painted } from './page.ts';

const URI = 'file:///bench/program.p2parch';
const RUNS = 25;
const WARM_UP = 6;

/** `root` holds the built bundles. Of a large program all is opened, too. */
export async function measureChanging(root: string, components: number, folded?: readonly string[]): Promise<void> {
  const text = generateProgram(components);
  const digit = text.indexOf('instances ', text.length / 2) + 'instances '.length;
  const session = await EditingSession.open([path.join(root, 'dist/server.cjs')], text);
  const chromium = await launch(root);
  try {
    const { page } = chromium;
    await openPanel(page, root);
    const asked = { uri: URI, architecture: 'Generated', aspect: 1.6, ...(folded && { folded }) };
    const pictureOf = async (): Promise<object> =>
      ((await session.connection.sendRequest('p2parch/picture', asked)) as { picture: object }).picture;
    const first = performance.now();
    await painted(page, { type: 'picture', epoch: 0, picture: await pictureOf() });
    const whole = performance.now() - first;
    const server: number[] = [];
    const drawn: number[] = [];
    for (let run = 1; run <= WARM_UP + RUNS; run++) {
      const begun = performance.now();
      await (run % 2 === 0 ? session.type(digit, 1, '') : session.type(digit, 0, '1'));
      const picture = await pictureOf();
      const answered = performance.now();
      const seen = await painted(page, { type: 'picture', epoch: run, picture });
      if (run <= WARM_UP) continue;
      server.push(answered - begun);
      drawn.push(seen);
    }
    const all = folded === undefined ? '' : ', all opened';
    console.log(
      `a changed number in ${components} components${all}: server ${middle(server)}, page ${middle(drawn)} (the first picture: ${whole.toFixed(0)} ms)`,
    );
  } finally {
    await chromium.close();
    await session.close();
  }
}

function middle(times: number[]): string {
  times.sort((left, right) => left - right);
  return `${times[times.length >> 1]?.toFixed(0)} ms (least ${times[0]?.toFixed(0)})`;
}
