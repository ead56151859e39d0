import { EmptyFileSystem } from 'langium';
import MarkdownIt from 'markdown-it';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MarkdownBlocks } from '../../extension/markdown.ts';
import { drawBlock } from '../../language/drawing/blocks.ts';
import type { BlockRequest } from '../../language/protocol/blocks.ts';
import { JOBS } from '../../language/workers/jobs.ts';
import { hostileFile } from '../cli/hostile.ts';

const editor = vi.hoisted(() => ({ commands: [] as string[], save: (_: { languageId: string }): void => {} }));

vi.mock('vscode', () => ({
  workspace: {
    onDidSaveTextDocument: (listener: typeof editor.save) => {
      editor.save = listener;
      return { dispose() {} };
    },
  },
  commands: {
    executeCommand: async (command: string) => {
      editor.commands.push(command);
    },
  },
}));

const runner = { width: 1, run: (kind: keyof typeof JOBS, input: never) => JOBS[kind](input), dispose: async () => {} };
const files = EmptyFileSystem.fileSystemProvider();
const document = 'file:///review/notes.md';

function preview() {
  const asked: BlockRequest[] = [];
  let answers = true;
  const fallSilent = (): void => {
    answers = false;
  };
  const server = {
    block: (request: BlockRequest) => {
      asked.push(request);
      return answers ? drawBlock(files, runner as never, request) : new Promise<never>(() => {});
    },
    warn: () => {},
  };
  const blocks = new MarkdownBlocks(server);
  const markdown = blocks.extend(new MarkdownIt({ html: true, linkify: true }));
  const show = (source: string): string => markdown.render(source, { currentDocument: document });
  /** As VS Code does: renders, and renders again when it is asked to look again. */
  const settled = async (source: string): Promise<string> => {
    editor.commands.length = 0;
    const first = show(source);
    if (asked.length > 0) await vi.waitFor(() => expect(editor.commands).toContain('markdown.preview.refresh'), 20_000);
    return editor.commands.length > 0 ? show(source) : first;
  };
  return { asked, show, settled, fallSilent };
}

const fenced = (text: string, info = 'p2parch'): string => `\`\`\`\`${info}\n${text}\n\`\`\`\`\n`;
const GOOD = 'architecture A "First" { company Server service S needs Server }';

beforeEach(() => {
  editor.commands.length = 0;
});

describe('a fenced block in the Markdown preview', () => {
  it('is its own text first, and its picture as soon as that is drawn', async () => {
    const { show, settled } = preview();
    expect(show(fenced(GOOD))).toContain('<code>architecture A &quot;First&quot;');
    const html = await settled(fenced(GOOD));
    expect(html).toMatch(/<figure class="p2parch-picture"><svg /);
    expect(html).toContain('data-node="Server"');
    // The preview's policy lets no style of a page's own in, nor does it need one.
    expect(html).not.toMatch(/<style|style=|tabindex|<script/);
  });

  it('is drawn once, however often the preview asks; while it is edited the last picture stays', async () => {
    const { asked, show, settled } = preview();
    await settled(fenced(GOOD));
    show(fenced(GOOD));
    show(`Words before.\n\n${fenced(GOOD)}`);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toEqual({ text: `${GOOD}\n`, document });
    expect(show(fenced(GOOD.replace('First', 'Second')))).toContain('data-node="Server"');
    expect(asked).toHaveLength(2);
  });

  it('is asked for once while it is being drawn', () => {
    const { asked, show, fallSilent } = preview();
    fallSilent();
    for (let look = 0; look < 3; look++) show(fenced(GOOD));
    expect(asked).toHaveLength(1);
  });

  it('keeps its own last picture while it is edited, and not that of another', async () => {
    const { show, settled, fallSilent } = preview();
    const other = GOOD.replaceAll('Server', 'Mill');
    await settled(`${fenced(GOOD)}\n${fenced(other)}`);
    await vi.waitFor(() => expect(show(`${fenced(GOOD)}\n${fenced(other)}`)).toContain('data-node="Mill"'), 20_000);
    fallSilent();
    const edited = show(`${fenced(GOOD.replace('First', 'Third'))}\n${fenced(other.replace('First', 'Third'))}`);
    const [first = '', second = ''] = edited.split('<figure').slice(1);
    expect(first).toContain('data-node="Server"');
    expect(second).toContain('data-node="Mill"');
  });

  it('says what is wrong with it and where, beside what can be drawn', async () => {
    const html = await preview().settled(fenced(`${GOOD}\narchitecture B {\n  company X needs\n}`));
    expect(html).toContain('data-node="Server"');
    expect(html).toMatch(/<li><strong>Line 3: <\/strong>/);
    expect(html).not.toContain('data-node="X"');
  });

  it('says so where there is nothing to draw', async () => {
    expect(await preview().settled(fenced('hazard Storm'))).toContain('There is no architecture in this block.');
  });

  it('leaves blocks of other languages to others', () => {
    const { asked, show } = preview();
    expect(show(fenced('const x = 1;', 'ts'))).toContain('<code class="language-ts">');
    expect(show(fenced(GOOD, 'p2parchment'))).toContain('language-p2parchment');
    expect(asked).toEqual([]);
  });

  it('is asked for anew when a file of the language is saved, for it may be imported', async () => {
    const { asked, show, settled } = preview();
    await settled(fenced(GOOD));
    editor.save({ languageId: 'markdown' });
    show(fenced(GOOD));
    expect(asked).toHaveLength(1);
    editor.save({ languageId: 'p2parch' });
    show(fenced(GOOD));
    expect(asked).toHaveLength(2);
  });

  it.each([0, 3, 5])('holds hostile words as text: turn %d', async (turn) => {
    const { show, settled } = preview();
    for (const html of [show(fenced(hostileFile(turn))), await settled(fenced(hostileFile(turn)))]) {
      const names = [...html.matchAll(/<([a-z][\w-]*)/gi)].map(([, name]) => name);
      const known = [
        'div',
        'p',
        'pre',
        'code',
        'figure',
        'ul',
        'li',
        'strong',
        'svg',
        'g',
        'rect',
        'path',
        'text',
        'title',
      ];
      expect([...new Set(names)].filter((name) => !known.includes(name as string))).toEqual([]);
      // In the values of attributes it is words.
      expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+=/i);
    }
  });
});
