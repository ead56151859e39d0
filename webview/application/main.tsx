/** The panel's page: connects the host, the store and what is drawn. */
import 'uplot/dist/uPlot.min.css';
import './styles/panel.css';
import './styles/picture.css';
import './styles/figures.css';
import './styles/recovery.css';
import './styles/failure.css';
import './styles/search.css';
import { render } from 'preact';
import { faultTreeStyles, pictureStyles } from '../picture/index.ts';
import { App } from './app.tsx';
import { connectHost } from './host.ts';
import { readHostMessage } from './messages.ts';
import { openRequests } from './requests.ts';
import { type Event, initialState, savedOf, update } from './store.ts';

const host = connectHost();
const root = document.getElementById('app') ?? document.body;

// The page's policy lets no style element in without its nonce; a sheet made by script needs none.
const sheet = new CSSStyleSheet();
sheet.replaceSync(pictureStyles('editor') + faultTreeStyles('editor'));
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const saved = host.savedState();
let state = initialState(Date.now(), saved);

const send = (event: Event): void => {
  const next = update(state, event);
  if (next.state.picture !== state.picture || next.state.faults !== state.faults) {
    const toSave = savedOf(next.state);
    if (toSave !== undefined) host.save(toSave);
  }
  state = next.state;
  for (const message of next.post) {
    requests.posted(message);
    host.post(message);
  }
  render(<App state={state} send={send} />, root);
};

const requests = openRequests({ receive: (message) => send({ type: 'message', message }) });

window.addEventListener('message', ({ data }) => {
  const message = readHostMessage(data);
  if (message !== undefined && requests.admits(message)) send({ type: 'message', message });
});

render(<App state={state} send={send} />, root);

const architecture = saved?.architecture;
host.post({ type: 'ready', ...(architecture !== undefined && { architecture }) });
