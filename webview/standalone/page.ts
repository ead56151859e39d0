/**
 * A review as one file of HTML: pictures, findings and verdicts are in its text, and a recovery plays in it with no
 * network. The page's own policy lets nothing run but the one script that stands in it, known by its hash.
 */
import type { Recovery } from '../../language/protocol/pictures.ts';
import type { OutageRecord } from '../../language/protocol/records.ts';
import type { Review, ReviewedArchitecture, ReviewedFile, ReviewedFinding } from '../../language/protocol/reviews.ts';
import { recoveryWords, verdictWords } from '../application/recovery/words.ts';
import { pictureStyles, renderLegend, renderPicture } from '../picture/index.ts';
import { chartStyles, recoveryChart } from './chart.ts';
import { type Html, joined, none, tableOf, tag, text, trusted } from './html.ts';
import { pageColours } from './page-colours.ts';
import {
  controlWords,
  cutSetWords,
  type EventLabel,
  findingCounts,
  findingsOf,
  levelWords,
  lowestMoment,
  recoveryTitle,
  SEVERITY_WORDS,
  storyWords,
  whenWords,
} from './words.ts';

/** The bundle of player.tsx. */
export interface PlayerBundle {
  readonly script: string;
  readonly style: string;
}

/** The same review and bundle, the same page. */
export async function reviewPage(review: Review, player: PlayerBundle): Promise<string> {
  const style = [pageColours(), player.style, pictureStyles('editor'), chartStyles('editor')].join('\n');
  const recoveries = review.files.flatMap((file) => file.recoveries);
  const [scriptHash, styleHash] = await Promise.all([hashOf(player.script), hashOf(style)]);
  const policy = `default-src 'none'; script-src '${scriptHash}'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'`;
  let next = 0;
  const files = review.files.map((file, at) => fileSection(file, at, review.files.length > 1, () => next++));
  return `<!DOCTYPE html>\n${tag(
    'html',
    { lang: 'en' },
    tag(
      'head',
      {},
      tag('meta', { charset: 'utf-8' }),
      tag('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      tag('meta', { name: 'color-scheme', content: 'light dark' }),
      tag('title', {}, text(`${review.title}, review`)),
      tag('style', {}, trusted(style)),
    ),
    tag(
      'body',
      {},
      tag('header', { class: 'head' }, tag('h1', {}, text(review.title)), contents(review)),
      tag('main', {}, ...files),
      tag('div', { id: 'announced', class: 'unseen', role: 'status', 'aria-live': 'polite' }),
      tag('script', { type: 'application/json', id: 'recoveries' }, trusted(jsonText(recoveries))),
      tag('script', {}, trusted(player.script)),
    ),
  )}\n`;
}

/** As a source of a content security policy. Throws where the text could end the element that it stands in. */
async function hashOf(content: string): Promise<string> {
  if (/<\/(script|style)|<!--/i.test(content)) throw new Error('a bundle that ends its own element');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

/** JSON in which no word of a file can end the element around it, or turn the order of letters around. */
const jsonText = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '');

function contents({ files }: Review): Html {
  const lists = files.map((file, at) => [
    ...file.architectures.map(({ title }, index) => entry(`a-${at}-${index}`, title)),
    ...file.recoveries.map((recovery, index) => entry(`r-${at}-${index}`, recoveryTitle(recovery))),
  ]);
  if (lists.flat().length < 2) return none;
  // Of a folder: architectures of several files often have one name, being drafts of one another.
  const entries =
    files.length === 1
      ? lists.flat()
      : files.map(({ name }, at) => tag('li', {}, text(name), tag('ul', {}, ...(lists[at] ?? []))));
  return tag('nav', { 'aria-label': 'Contents' }, tag('ul', {}, ...entries));
}

const entry = (id: string, words: string): Html => tag('li', {}, tag('a', { href: `#${id}` }, text(words)));

function fileSection(file: ReviewedFile, at: number, named: boolean, nextRecovery: () => number): Html {
  const others = findingsOf(file, undefined);
  return tag(
    'section',
    { class: 'file' },
    named ? tag('h2', { class: 'file-name' }, text(file.name)) : none,
    tag(
      'p',
      { class: 'counts-line' },
      text(named ? `${findingCounts(file.findings)}.` : `${file.name}: ${findingCounts(file.findings)}.`),
    ),
    others.length === 0
      ? none
      : tag('section', {}, tag('h3', {}, text('Errors, and findings of scenarios')), findings(others)),
    ...file.architectures.map((architecture, index) => architectureSection(file, architecture, `a-${at}-${index}`)),
    ...file.recoveries.map((recovery, index) => recoverySection(recovery, `r-${at}-${index}`, nextRecovery())),
  );
}

function architectureSection(file: ReviewedFile, architecture: ReviewedArchitecture, id: string): Html {
  const { title, documentation, diagram, layout, services } = architecture;
  return tag(
    'section',
    { class: 'architecture', id },
    tag('h3', {}, text(title)),
    documentation === undefined ? none : tag('p', { class: 'documentation' }, text(documentation)),
    tag(
      'figure',
      { class: 'picture' },
      svg(renderPicture(diagram, layout, STILL)),
      svg(renderLegend([diagram], false, 900)),
    ),
    tag('h4', {}, text('Findings')),
    findings(findingsOf(file, architecture.name)),
    ...services.map((service) => {
      const { summary, sets, cut } = cutSetWords(service, architecture);
      const control = controlWords(service);
      return tag(
        'section',
        { class: 'service' },
        tag('h4', {}, text(`What takes ${service.title} down`)),
        tag('p', {}, text([control, summary].filter((words) => words !== undefined).join(' '))),
        tableOf(
          [{ title: 'Order', className: 'number' }, { title: 'Minimal cut set' }],
          sets.map(({ order, events }) => [text(order), joined(events.map(eventLabel))]),
        ),
        cut === '' ? none : tag('p', {}, text(cut)),
      );
    }),
  );
}

const STILL = { theme: 'editor', interactive: false, title: false, legend: false } as const;
const svg = (markup: string): Html => tag('div', { class: 'drawing' }, trusted(markup));

const eventLabel = ({ label, caption }: EventLabel): Html =>
  tag('span', { class: 'event' }, text(label), caption === '' ? none : tag('small', {}, text(` ${caption}`)));

function findings(all: readonly ReviewedFinding[]): Html {
  if (all.length === 0) return tag('p', {}, text('None.'));
  const rows = [...all.filter(({ accepted }) => !accepted), ...all.filter(({ accepted }) => accepted)];
  return tableOf(
    [{ title: 'What' }, { title: 'Rule' }, { title: 'Finding' }, { title: 'Line', className: 'number' }],
    rows.map(({ severity, accepted, rule, message, because, until, line }) => [
      tag(
        'span',
        { class: `severity ${accepted ? 'accepted' : severity}` },
        text(accepted ? 'Accepted' : SEVERITY_WORDS[severity]),
      ),
      rule === undefined ? none : tag('code', {}, text(rule)),
      joined([
        text(message),
        because === undefined
          ? none
          : tag(
              'div',
              { class: 'because' },
              text(`Accepted${until === undefined ? '' : ` until ${until}`}: ${because}`),
            ),
      ]),
      text(line),
    ]),
  );
}

function recoverySection(recovery: Recovery, id: string, index: number): Html {
  const { scenario, results } = recovery;
  return tag(
    'section',
    { class: 'recovery-section', id },
    tag('h3', {}, text(scenario.title || scenario.name)),
    tag('p', {}, text(storyWords(recovery))),
    ...results.map((result) =>
      tag(
        'div',
        { class: 'verdicts' },
        tag('h4', {}, text(result.title)),
        tag(
          'ul',
          {},
          ...result.expectations.map((expectation) => {
            const { met, expectation: expected, measured } = verdictWords(result, expectation);
            return tag(
              'li',
              { class: met ? 'met' : 'missed' },
              tag('strong', {}, text(`${met ? '✓' : '✗'} ${expected}: ${met ? 'met' : 'missed'}.`)),
              text(` ${measured}.`),
            );
          }),
          ...recoveryWords(result).map((words) => tag('li', {}, text(`${words}.`))),
        ),
      ),
    ),
    tag('div', {
      class: 'player',
      'data-recovery': index,
      'aria-label': `Recovery in ${scenario.title || scenario.name}`,
    }),
    tag(
      'div',
      { class: 'still' },
      tag('figure', {}, svg(recoveryChart(recovery, undefined, 'editor'))),
      tag(
        'div',
        { class: `posters count-${results.length}` },
        ...results.map((result) => {
          const { state, clock } = lowestMoment(result, scenario);
          return tag(
            'figure',
            {},
            svg(renderPicture(result.diagram, result.layout, { ...STILL, recovery: state })),
            tag('figcaption', {}, text(`${result.title} at ${clock}, at its lowest in the run that is played.`)),
          );
        }),
      ),
    ),
    ...(recovery.records ?? []).map((record) => measured(recovery, record)),
  );
}

const measured = (recovery: Recovery, record: OutageRecord): Html =>
  tag(
    'section',
    {},
    tag('h4', {}, text(`Measured: ${record.title}`)),
    tag('p', {}, text(`100% is ${record.full}.`)),
    tag('figure', {}, svg(recoveryChart(recovery, record, 'editor'))),
    tableOf(
      [{ title: 'At', className: 'number' }, { title: 'Level', className: 'number' }, { title: 'What is said' }],
      record.points.map(({ atSeconds, level, says }) => [
        text(whenWords(recovery, atSeconds)),
        text(levelWords(level)),
        text(says),
      ]),
    ),
    tag('p', {}, text(`By: ${record.sources.join('; ')}`)),
  );
