import { EmptyFileSystemProvider, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import type { Connection } from 'vscode-languageserver';
import { ClientFiles, filesOf, workerScript } from '../../language/server/client-files.ts';

const STORM = URI.parse('memfs://team/storm.p2parch');
const FOLDER = URI.parse('memfs://team/');

/** An editor that gives the same answer to each request of a kind. */
const editor = (answers: Readonly<Record<string, unknown>>): Connection =>
  ({ sendRequest: async (method: string) => answers[method] }) as unknown as Connection;

describe('files through the editor', () => {
  it('are read, looked at and listed, whatever their file system', async () => {
    const files = new ClientFiles(
      editor({
        'p2parch/file': { kind: 'file', text: 'hazard Storm\n' },
        'p2parch/status': { kind: 'folder' },
        'p2parch/folder': {
          kind: 'folder',
          entries: [
            { name: 'storm.p2parch', kind: 'file' },
            { name: 'deep', kind: 'folder' },
          ],
        },
      }),
    );
    expect(await files.readFile(STORM)).toBe('hazard Storm\n');
    expect(await files.stat(FOLDER)).toMatchObject({ isFile: false, isDirectory: true });
    expect(await files.exists(FOLDER)).toBe(true);
    const entries = await files.readDirectory(FOLDER);
    expect(entries.map(({ uri, isFile }) => [uri.toString(), isFile])).toEqual([
      ['memfs://team/storm.p2parch', true],
      ['memfs://team/deep', false],
    ]);
  });

  it('that cannot be read are refused with the words of the editor', async () => {
    const gone = { kind: 'failure', message: 'It is gone.' };
    const files = new ClientFiles(editor({ 'p2parch/file': gone, 'p2parch/status': gone, 'p2parch/folder': gone }));
    await expect(files.readFile(STORM)).rejects.toThrow('It is gone.');
    await expect(files.stat(STORM)).rejects.toThrow('It is gone.');
    await expect(files.readDirectory(FOLDER)).rejects.toThrow('It is gone.');
    expect(await files.exists(STORM)).toBe(false);
  });

  it.each([
    undefined,
    null,
    'hazard Storm',
    { kind: 'file' },
    { kind: 'file', text: 3 },
    { kind: 'folder', entries: [{}] },
  ])('are none if the answer is %o', async (answer) => {
    const files = new ClientFiles(editor({ 'p2parch/file': answer, 'p2parch/folder': answer }));
    await expect(files.readFile(STORM)).rejects.toThrow(/an answer to p2parch\/file that is none/i);
    await expect(files.readDirectory(FOLDER)).rejects.toThrow(/that is none/);
  });

  it('are asked for where the machine has none of them: its own are read by itself', async () => {
    class Local extends EmptyFileSystemProvider {
      override async readFile(): Promise<string> {
        return 'from the machine';
      }
    }
    const files = filesOf(new Local(), editor({ 'p2parch/file': { kind: 'file', text: 'from the editor' } }));
    expect(await files.readFile(URI.file('/storm.p2parch'))).toBe('from the machine');
    expect(await files.readFile(STORM)).toBe('from the editor');
  });

  it('the script of the workers has an address, or the reason why not', async () => {
    expect(await workerScript(editor({ 'p2parch/worker': { kind: 'worker', url: 'blob:here' } }))).toBe('blob:here');
    const failure = { kind: 'failure', message: 'no network' };
    await expect(workerScript(editor({ 'p2parch/worker': failure }))).rejects.toThrow('no network');
  });
});
