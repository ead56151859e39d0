/** How long a changed number takes to be seen: in the server, and in the page. What an editor adds is between them. */
import path from 'node:path';
import { CHECKED_NOTIFICATION, type Checked, type Redrawn } from '../../language/protocol/checked.ts';
import { changed, changeOf, type PanelPicture } from '../../language/protocol/picture-change.ts';
import type { Picture, PictureReply } from '../../language/protocol/pictures.ts';
import { EditingSession } from '../session/session.ts';
import { generateProgram } from './generate.ts';
import { launch, openPanel, painted } from './page.ts';

const URI = 'file:///bench/program.p2parch';
const RUNS = 25;
const WARM_UP = 6;
const PANEL = 1;

/** `root` holds the built bundles. Of a large program all is opened, too. */
export async function measureChanging(root: string, components: number, folded?: readonly string[]): Promise<void> {
  const text = generateProgram(components);
  const digit = text.indexOf('instances ', text.length / 2) + 'instances '.length;
  const session = await EditingSession.open([path.join(root, 'dist/server.cjs')], text);
  const chromium = await launch(root);
  try {
    const { page } = chromium;
    await openPanel(page, root);
    const asked = { uri: URI, architecture: 'Generated', panel: PANEL, aspect: 1.6, ...(folded && { folded }) };
    const reply = (await session.connection.sendRequest('p2parch/picture', asked)) as PictureReply;
    if (reply.kind !== 'picture') throw new Error(reply.message);
    let shown: PanelPicture = withoutPlaces(reply.picture);
    const first = performance.now();
    await painted(page, { type: 'picture', epoch: 0, picture: shown });
    const whole = performance.now() - first;
    const server: number[] = [];
    const between: number[] = [];
    const drawn: number[] = [];
    for (let run = 1; run <= WARM_UP + RUNS; run++) {
      const begun = performance.now();
      const told = redrawn(session);
      await (run % 2 === 0 ? session.type(digit, 1, '') : session.type(digit, 0, '1'));
      const { change } = await told;
      const answered = performance.now();
      // As the extension does it, which keeps the picture and sends the page what is new in it.
      const next = changed(shown, change);
      const message = { type: 'change', epoch: run, since: run - 1, change: changeOf(shown, next) };
      shown = next;
      const sent = performance.now();
      const seen = await painted(page, message);
      if (run <= WARM_UP) continue;
      server.push(answered - begun);
      between.push(sent - answered);
      drawn.push(seen);
    }
    const all = folded === undefined ? '' : ', all opened';
    console.log(
      `a changed number in ${components} components${all}: server ${middle(server)}, extension ${middle(between)}, page ${middle(drawn)} (the first picture: ${whole.toFixed(0)} ms)`,
    );
  } finally {
    await chromium.close();
    await session.close();
  }
}

const withoutPlaces = ({ places: _, ...picture }: Picture): PanelPicture => picture;

/** What the server tells of the panel's picture once it has checked the text. */
function redrawn({ connection }: EditingSession): Promise<Redrawn> {
  return new Promise((resolve, reject) => {
    const listening = connection.onNotification(CHECKED_NOTIFICATION, ({ redrawn }: Checked) => {
      listening.dispose();
      const own = redrawn.find(({ panel }) => panel === PANEL);
      if (own) resolve(own);
      else reject(new Error('the server did not say what has become of the picture'));
    });
  });
}

function middle(times: number[]): string {
  times.sort((left, right) => left - right);
  return `${times[times.length >> 1]?.toFixed(0)} ms (least ${times[0]?.toFixed(0)})`;
}
