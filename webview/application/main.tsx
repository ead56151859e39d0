/** The panel's page: connects the host, the store and what is drawn. */
import 'uplot/dist/uPlot.min.css';
import './styles/panel.css';
import './styles/picture.css';
import './styles/figures.css';
import './styles/recovery.css';
import './styles/what-if.css';
import './styles/presenting.css';
import './styles/failure.css';
import './styles/fates.css';
import './styles/search.css';
import { render } from 'preact';
import type { HostMessage, PanelMessage } from '../../language/protocol/panel.ts';
import { faultTreeStyles, pictureStyles } from '../picture/index.ts';
import { App } from './app.tsx';
import { exported } from './export/pictures.ts';
import { connectHost } from './host.ts';
import { readHostMessage } from './messages.ts';
import { aspectFor, TOOLBAR_PIXELS } from './recovery/arrangement.ts';
import { openRequests } from './requests.ts';
import { savedOf, viewsOf } from './saved.ts';
import { type Event, initialState } from './state.ts';
import { update } from './store.ts';
import { createViewports } from './viewport/viewports.ts';

const host = connectHost();
const viewports = createViewports();
const root = document.getElementById('app') ?? document.body;

// The page's policy lets no style element in without its nonce; a sheet made by script needs none.
const sheet = new CSSStyleSheet();
sheet.replaceSync(pictureStyles('editor') + faultTreeStyles('editor'));
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const saved = host.savedState();
let state = initialState(Date.now(), saved);

/** Moving the picture changes what is saved many times a second. */
const SAVE_MILLISECONDS = 150;
let saving = false;
const saveSoon = (): void => {
  if (saving) return;
  saving = true;
  setTimeout(() => {
    saving = false;
    const toSave = savedOf(state, views);
    if (toSave !== undefined) host.save(toSave);
  }, SAVE_MILLISECONDS);
};
const views = viewsOf(saved, saveSoon);

const send = (event: Event): void => {
  const next = update(state, event);
  if (next.state !== state) saveSoon();
  state = next.state;
  for (const message of next.post) {
    requests.posted(message);
    host.post(withRoom(message));
  }
  render(<App state={state} send={send} views={views} viewports={viewports} />, root);
};

/** Only the page knows what room there is for pictures that are yet to be laid out. */
function withRoom(message: PanelMessage): PanelMessage {
  if (message.type !== 'request' || message.kind !== 'recovery') return message;
  const panel = { width: root.clientWidth, height: root.clientHeight - TOOLBAR_PIXELS };
  if (panel.width === 0 || panel.height <= 0) return message;
  return { ...message, input: { ...message.input, aspect: aspectFor(panel, message.input.architectures.length) } };
}

const requests = openRequests({ receive: (message) => send({ type: 'message', message }) });

window.addEventListener('message', ({ data }) => {
  const message = readHostMessage(data);
  if (message === undefined) return;
  if (message.type === 'export') void answerExport(message);
  else if (requests.admits(message)) send({ type: 'message', message });
});

async function answerExport({ id, format, theme }: Extract<HostMessage, { type: 'export' }>): Promise<void> {
  const stills = viewports.stills(theme);
  // A picture that is too large for pixels is none.
  const content = stills.length === 0 ? undefined : await exported(stills, format).catch(() => undefined);
  host.post({ type: 'exported', id, ...(content !== undefined && { content }) });
}

render(<App state={state} send={send} views={views} viewports={viewports} />, root);

const { architecture, folded } = saved ?? {};
const aspect = window.innerWidth / window.innerHeight;
host.post({
  type: 'ready',
  ...(architecture !== undefined && { architecture }),
  ...(folded !== undefined && { folded }),
  // A page that is not seen yet has no shape.
  ...(aspect >= 0.1 && aspect <= 10 && { aspect }),
});
