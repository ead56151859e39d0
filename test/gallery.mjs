/**
 * Every example as it is shown: each architecture at rest, and each scenario in the midst of its recovery, in light,
 * dark and both high contrasts; with one page to look at them all. `npm run gallery` puts them into dist/gallery, or into
 * the folder that is named.
 */
import { spawn } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const CLI = path.join(ROOT, 'dist', 'cli.js');
const EXAMPLES = path.join(ROOT, 'extension', 'examples');
const INTO = path.resolve(process.argv[2] ?? path.join(ROOT, 'dist', 'gallery'));
const THEMES = ['light', 'dark', 'contrast-light', 'contrast-dark'];

/** @param {string[]} args */
function p2parch(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: EXAMPLES, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.on('error', reject);
    child.on('close', (status) => (status === 2 ? reject(new Error(args.join(' '))) : resolve(output)));
  });
}

/** What is to be drawn of a file: pictures at rest, and scenarios a twelfth of their time after the first step. */
async function shotsOf(file) {
  const analyzed = JSON.parse(
    await p2parch(['analyze', file, '--max-sets', '0', '--format', 'json']).catch(() => '{}'),
  );
  const simulated = JSON.parse(await p2parch(['simulate', file, '--runs', '1', '--format', 'json']).catch(() => '{}'));
  const atRest = (analyzed.architectures ?? []).map(({ name }) => ({ file, architecture: name }));
  const recovering = (simulated.results ?? []).map(({ architecture, scenario, horizon, firstStep }) => {
    const seconds = Math.round(firstStep + (horizon - firstStep) / 12);
    return { file, architecture, scenario, at: `${seconds}s` };
  });
  return [...atRest, ...recovering];
}

const nameOf = ({ file, architecture, scenario }) =>
  [path.basename(file, '.p2parch'), architecture, scenario].filter(Boolean).join('-');

await mkdir(INTO, { recursive: true });
const files = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.p2parch')).sort();
const shots = (await Promise.all(files.map(shotsOf))).flat();
for (const shot of shots) {
  for (const theme of THEMES) {
    const moment = shot.scenario ? ['--scenario', shot.scenario, '--at', shot.at] : [];
    const into = path.join(INTO, `${nameOf(shot)}.${theme}.svg`);
    await p2parch(['render', shot.file, '--architecture', shot.architecture, ...moment, '--theme', theme, '-o', into]);
  }
}
const rows = shots.map((shot) => {
  const name = nameOf(shot);
  const cells = THEMES.map(
    (theme) =>
      `<td><a href="${name}.${theme}.svg"><img src="${name}.${theme}.svg" alt="${name}, ${theme}" loading="lazy"></a></td>`,
  );
  return `<tr><th>${name}</th>${cells.join('')}</tr>`;
});
const heads = THEMES.map((theme) => `<th>${theme}</th>`).join('');
const style = 'body{font-family:sans-serif}td,th{vertical-align:top;padding:8px;text-align:left}img{width:420px}';
await writeFile(
  path.join(INTO, 'index.html'),
  `<!DOCTYPE html><meta charset="utf-8"><title>P2P Arch: gallery</title><style>${style}</style><table><tr><th></th>${heads}</tr>${rows.join('\n')}</table>\n`,
);
console.log(`${shots.length * THEMES.length} pictures: ${path.join(INTO, 'index.html')}`);
