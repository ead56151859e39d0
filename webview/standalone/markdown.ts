/** A review as Markdown with pictures beside it: for a repository, where a forge shows both. */
import type { Recovery } from '../../language/protocol/pictures.ts';
import type { OutageRecord } from '../../language/protocol/records.ts';
import type { Review, ReviewedArchitecture, ReviewedFile, ReviewedFinding } from '../../language/protocol/reviews.ts';
import { recoveryWords, verdictWords } from '../application/recovery/words.ts';
import { renderPicture } from '../picture/index.ts';
import { recoveryChart } from './chart.ts';
import {
  controlWords,
  cutSetWords,
  findingCounts,
  findingsOf,
  levelWords,
  lowestMoment,
  SEVERITY_WORDS,
  storyWords,
  whenWords,
} from './words.ts';

export interface MarkdownReview {
  readonly markdown: string;
  /** The SVG files that it shows, by their names in the folder that was named. */
  readonly pictures: ReadonlyMap<string, string>;
}

/** `folder` is where the pictures will be, as the Markdown file sees it: a name in its own folder. */
export function reviewMarkdown(review: Review, folder: string): MarkdownReview {
  const pictures = new Map<string, string>();
  const show = (name: string, words: string, svg: string): string => {
    const file = `${pictures.size + 1}-${slug(name)}.svg`;
    pictures.set(file, `${svg}\n`);
    return `![${escaped(words)}](${encodeURIComponent(folder)}/${file})`;
  };
  const blocks = [
    `# ${escaped(review.title)}`,
    ...review.files.flatMap((file) => ofFile(file, review.files.length > 1, show)),
  ];
  return { markdown: `${blocks.filter((block) => block !== '').join('\n\n')}\n`, pictures };
}

type Show = (name: string, words: string, svg: string) => string;

function ofFile(file: ReviewedFile, named: boolean, show: Show): string[] {
  const others = findingsOf(file, undefined);
  return [
    named ? `## ${escaped(file.name)}` : '',
    named ? `${findingCounts(file.findings)}.` : `${escaped(file.name)}: ${findingCounts(file.findings)}.`,
    ...(others.length > 0 ? ['### Errors, and findings of scenarios', findingTable(others)] : []),
    ...file.architectures.flatMap((architecture) => ofArchitecture(file, architecture, show)),
    ...file.recoveries.flatMap((recovery) => ofRecovery(recovery, show)),
  ];
}

function ofArchitecture(file: ReviewedFile, architecture: ReviewedArchitecture, show: Show): string[] {
  const { name, title, documentation, diagram, layout, services } = architecture;
  const picture = renderPicture(diagram, layout, { theme: 'light', legend: true, title: true });
  return [
    `### ${escaped(title)}`,
    escaped(documentation ?? ''),
    show(name, `The architecture ${title}`, picture),
    '#### Findings',
    findingTable(findingsOf(file, name)),
    ...services.flatMap((service) => {
      const { summary, sets, cut } = cutSetWords(service, architecture);
      return [
        `#### What takes ${escaped(service.title)} down`,
        escaped([controlWords(service), summary].filter((words) => words !== undefined).join(' ')),
        table(
          ['Order', 'Minimal cut set'],
          sets.map(({ order, events }) => [
            String(order),
            events.map(({ label, caption }) => (caption === '' ? label : `${label} (${caption})`)).join(' + '),
          ]),
        ),
        escaped(cut),
      ];
    }),
  ];
}

const findingTable = (all: readonly ReviewedFinding[]): string =>
  all.length === 0
    ? 'None.'
    : table(
        ['What', 'Rule', 'Finding', 'Line'],
        [...all.filter(({ accepted }) => !accepted), ...all.filter(({ accepted }) => accepted)].map(
          ({ severity, accepted, rule = '', message, because, until, line }) => [
            accepted ? 'Accepted' : SEVERITY_WORDS[severity],
            rule,
            because === undefined
              ? message
              : `${message} Accepted${until === undefined ? '' : ` until ${until}`}: ${because}`,
            String(line),
          ],
        ),
      );

function ofRecovery(recovery: Recovery, show: Show): string[] {
  const { scenario, results } = recovery;
  const title = scenario.title || scenario.name;
  const records = recovery.records ?? [];
  const verdicts = results.flatMap((result) =>
    result.expectations.map((expectation) => {
      const { met, expectation: expected, measured } = verdictWords(result, expectation);
      return [result.title, expected, met ? 'met' : 'missed', measured];
    }),
  );
  const chart = recoveryChart(recovery, records[0], 'light');
  return [
    `### ${escaped(title)}`,
    escaped(storyWords(recovery)),
    chart === '' ? '' : show(`${scenario.name}-levels`, `Levels over time in ${title}`, chart),
    table(['Architecture', 'Expected', 'Verdict', 'Measured'], verdicts),
    table(
      ['Architecture', 'Recovery'],
      results.flatMap((result) => recoveryWords(result).map((words) => [result.title, words])),
    ),
    ...results.map((result) => {
      const { state, clock } = lowestMoment(result, scenario);
      const words = `${result.title} at ${clock}, at its lowest in the run that is played`;
      const { diagram, layout } = result;
      const svg = renderPicture(diagram, layout, { theme: 'light', legend: true, title: words, recovery: state });
      return show(`${scenario.name}-${result.architecture}`, words, svg);
    }),
    ...records.flatMap((record) => ofRecord(recovery, record)),
  ];
}

const ofRecord = (recovery: Recovery, { title, full, points, sources }: OutageRecord): string[] => [
  `#### Measured: ${escaped(title)}`,
  escaped(`100% is ${full}.`),
  table(
    ['At', 'Level', 'What is said'],
    points.map(({ atSeconds, level, says }) => [whenWords(recovery, atSeconds), levelWords(level), says]),
  ),
  escaped(`By: ${sources.join('; ')}`),
];

/** Nothing where there are no rows. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(heads), `|${' --- |'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}

// What would turn the order of letters around, and what no text holds.
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\s]+/gu;
const SIGNS = /[\\`*_[\]<>&|#~$@!^]|:(?=\/)/g;

/**
 * Words as Markdown shows them, on one line: no sign of them is markup, HTML, a link or the border of a cell. A backslash
 * makes each a sign that means nothing.
 */
export const escaped = (words: string): string =>
  words
    .replace(UNSEEN, ' ')
    .trim()
    .replace(SIGNS, '\\$&')
    .replace(/\b(www|mailto|xmpp)([.:])/gi, '$1\\$2')
    // What makes a list, a rule or a heading of a line that begins with it.
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^[-+=]/, '\\$&');

/** A name of a file that every system takes. */
const slug = (name: string): string => name.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 60) || 'picture';
