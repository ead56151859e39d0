import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The direction of imports. A room may import from itself and from what stands here beside it, and from nothing else:
 * a new arrow is a decision, made here.
 */
const ALLOWED: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly RegExp[] }>> = {
  'language/core/model': { rooms: [], packages: [] },
  'language/core/analysis': { rooms: ['language/core/model'], packages: [] },
  'language/core/words': { rooms: [], packages: [] },
  'language/core/rules': {
    rooms: [
      'language/core/analysis',
      'language/core/model',
      // The verdicts of runs, which are judged there.
      'language/core/simulation',
      'language/core/words',
    ],
    packages: [],
  },
  'language/core/simulation': { rooms: ['language/core/model'], packages: [] },
  'language/core/diagram': {
    rooms: ['language/core/model', 'language/core/rules', 'language/core/words'],
    packages: [/^zod\/mini$/],
  },
  // Trees for the reader: what the analysis knows, in the words and sizes of the diagram.
  'language/core/fault-tree': {
    rooms: ['language/core/analysis', 'language/core/diagram', 'language/core/model'],
    packages: [/^zod\/mini$/],
  },
  'language/layout': { rooms: ['language/core/diagram', 'language/core/fault-tree'], packages: [/^elkjs/] },
  'language/protocol': {
    rooms: ['language/core/diagram', 'language/core/fault-tree'],
    packages: [/^zod\/mini$/, /^node:(fs|path)$/],
  },
  'language/workers': {
    rooms: [
      'language/core/analysis',
      'language/core/diagram',
      'language/core/fault-tree',
      'language/core/model',
      'language/core/simulation',
      'language/layout',
    ],
    packages: [/^node:(fs|os|path|vm|worker_threads)$/],
  },
  'language/interchange': {
    rooms: ['language/core/analysis', 'language/core/model', 'language/core/rules'],
    packages: [/^node:crypto$/],
  },
  'language/generated': { rooms: [], packages: [/^langium$/] },
  'language/parsing': { rooms: ['language/generated'], packages: [/^langium$/, /^chevrotain$/] },
  'language/names': { rooms: ['language/generated', 'language/parsing', 'language'], packages: [/^langium$/] },
  'language/lowering': {
    rooms: ['language/core/model', 'language/generated', 'language/names', 'language/parsing'],
    packages: [/^langium$/, /^vscode-languageserver-types$/],
  },
  'language/validation': {
    rooms: ['language/core/rules', 'language/generated', 'language/names', 'language/parsing', 'language'],
    packages: [/^langium$/, /^vscode-languageserver-types$/],
  },
  'language/problems': {
    rooms: [
      'language/core/analysis',
      'language/core/diagram',
      'language/core/model',
      'language/core/rules',
      'language/core/simulation',
      'language/generated',
      'language/lowering',
      'language/names',
      'language/validation',
      'language',
    ],
    packages: [/^langium$/, /^vscode-languageserver-types$/],
  },
  'language/drawing': {
    rooms: [
      'language/core/analysis',
      'language/core/diagram',
      'language/core/fault-tree',
      'language/core/model',
      // The numbers of a model, which are the simulation's.
      'language/core/simulation',
      'language/lowering',
      'language/names',
      'language/protocol',
      'language/workers',
      'language',
    ],
    packages: [/^langium$/],
  },
  'language/completion': {
    rooms: [
      'language/core/analysis',
      'language/core/diagram',
      'language/core/model',
      'language/core/rules',
      'language/core/simulation',
      'language/generated',
      'language/lowering',
      'language/names',
      'language/parsing',
      'language/problems',
      'language/validation',
      'language',
    ],
    packages: [/^langium(\/lsp)?$/, /^vscode-languageserver-(types|protocol)$/],
  },
  'language/navigation': {
    rooms: [
      'language/core/analysis',
      'language/core/diagram',
      'language/core/model',
      'language/core/rules',
      'language/core/simulation',
      'language/generated',
      'language/lowering',
      'language/names',
      'language/parsing',
      'language/problems',
      'language/validation',
      'language',
    ],
    packages: [/^langium(\/lsp)?$/, /^vscode-languageserver-(types|protocol)$/],
  },
  'language/formatting': {
    rooms: ['language/generated', 'language/parsing', 'language'],
    packages: [/^langium(\/lsp)?$/, /^vscode-languageserver-(types|protocol)$/],
  },
  'language/server': {
    rooms: [
      'language/core/rules',
      'language/drawing',
      'language/lowering',
      'language/parsing',
      'language/problems',
      'language/protocol',
      'language/workers',
      'language',
    ],
    packages: [
      /^langium(\/lsp|\/node)?$/,
      /^vscode-languageserver(\/node|\/browser)?$/,
      /^zod\/mini$/,
      /^node:(fs|path|v8)$/,
    ],
  },
  'language/cli': {
    rooms: [
      'language/core/analysis',
      'language/core/diagram',
      'language/core/rules',
      'language/core/simulation',
      'language/core/model',
      'language/core/words',
      'language/drawing',
      'language/formatting',
      'language/interchange',
      'language/lowering',
      'language/parsing',
      'language/problems',
      'language/protocol',
      'language/server',
      'language/workers',
      'language',
      'webview/picture',
      'webview/standalone',
    ],
    packages: [/^langium(\/node)?$/, /^node:/, /^string-width$/, /^zod\/mini$/, /^@resvg\/resvg-wasm$/],
  },
  // The services put the rooms of the language together, and so know them all.
  language: {
    rooms: [
      'language/completion',
      'language/formatting',
      'language/generated',
      'language/names',
      'language/navigation',
      'language/parsing',
      'language/problems',
      'language/validation',
    ],
    packages: [/^langium(\/lsp)?$/],
  },
  'webview/picture': { rooms: ['language/core/diagram', 'language/core/fault-tree'], packages: [] },
  'webview/application': {
    rooms: [
      'webview/picture',
      'language/core/diagram',
      'language/core/fault-tree',
      'language/core/words',
      'language/protocol',
    ],
    packages: [/^preact/, /^uplot/],
  },
  // The review as a page: what it says in the renderer's and the panel's words, and what plays in it.
  'webview/standalone': {
    rooms: ['webview/application', 'webview/picture', 'language/core/diagram', 'language/protocol'],
    packages: [/^preact/, /^uplot/, /^zod\/mini$/],
  },
  extension: {
    rooms: ['language/core/words', 'language/protocol', 'webview/standalone'],
    packages: [/^vscode$/, /^vscode-languageclient(\/node|\/browser)?$/, /^zod\/mini$/],
  },
};

const ROOT = path.resolve(import.meta.dirname, '../..');
const ROOMS = Object.keys(ALLOWED).sort((left, right) => right.length - left.length);
const roomOf = (file: string): string | undefined => ROOMS.find((room) => file.startsWith(`${room}/`));

const sources = ['language', 'webview', 'extension']
  .flatMap((top) =>
    readdirSync(path.join(ROOT, top), { recursive: true, encoding: 'utf8' }).map((file) => path.posix.join(top, file)),
  )
  .filter((file) => /\.tsx?$/.test(file));

/** What a file imports, type imports included. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const statements =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;
  return [...text.matchAll(statements)].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
}

describe('the direction of imports', () => {
  it.each(sources)('%s', (file) => {
    const room = roomOf(file);
    expect(room, 'every folder with sources has a row in the table').toBeDefined();
    const allowed = ALLOWED[room as string] as (typeof ALLOWED)[string];
    const wrong = importsOf(file).filter((target) => {
      if (!target.startsWith('.')) return !allowed.packages.some((pattern) => pattern.test(target));
      if (target.endsWith('.css')) return false;
      const to = roomOf(path.posix.join(path.posix.dirname(file), target));
      return to === undefined || (to !== room && !allowed.rooms.includes(to));
    });
    expect(wrong).toEqual([]);
  });

  it('has no circle but those through the services', () => {
    const reaches = (from: string, to: string, passed = new Set<string>()): boolean =>
      (ALLOWED[from]?.rooms ?? []).some(
        (next) => next !== 'language' && (next === to || (!passed.has(next) && reaches(next, to, passed.add(next)))),
      );
    expect(ROOMS.filter((room) => reaches(room, room))).toEqual([]);
  });
});
