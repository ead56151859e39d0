import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';

const files = new Map<string, string>();
vi.mock('vscode', async () => {
  const stub = (await import('./editor.ts')).editorStub();
  const readFile = async (uri: object): Promise<Uint8Array> => {
    const text = files.get(String(uri));
    if (text === undefined) throw new Error(`no ${uri}`);
    return new TextEncoder().encode(text);
  };
  return { ...stub, workspace: { ...stub.workspace, fs: { readFile } } };
});
const { pageOf, readPageParts } = await import('../../extension/page.ts');
const extension = { toString: () => 'file:///extension' } as vscode.Uri;

test('The page lets nothing in but its script and its styles, under a nonce that is new each time', () => {
  const page = () => pageOf({ script: 'start()', styles: 'p { margin: 0 }' });
  const [policy = '', nonce = ''] = /content="(default-src [^"]*'nonce-([^']+)'[^"]*)"/.exec(page())?.slice(1) ?? [];
  expect(policy).toBe(`default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:`);
  expect(page()).not.toContain(nonce);
  expect(page().match(/<script/g)).toHaveLength(1);
  expect(page()).not.toMatch(/ on[a-z]+=|javascript:|http-equiv="refresh"|src=|href=/);
});

test('The page holds what it runs and looks like, whatever stands in it', async () => {
  const odd = `</script><script>alert(1)</SCRIPT x><!-- <script> $& $1 $\` é 中`;
  files.set('file:///extension/dist/webview.js', `said(${JSON.stringify(odd)})`);
  files.set('file:///extension/dist/webview.css', '.a::after { content: "</style><b>" }');
  const page = pageOf(await readPageParts(extension));
  const [, script = ''] = /<script nonce="[^"]+">(.*?)<\/script>/is.exec(page) ?? [];
  const said: string[] = [];
  runInNewContext(script, { said: (text: string) => said.push(text) });
  expect(said).toEqual([odd]);
  expect(script).not.toContain('<!--');
  const [, styles] = /<style nonce="[^"]+">(.*?)<\/style>/is.exec(page) ?? [];
  expect(styles).toBe('.a::after { content: "<\\/style><b>" }');
});

test('The page cannot be made where a file of it is missing', async () => {
  files.delete('file:///extension/dist/webview.css');
  await expect(readPageParts(extension)).rejects.toThrow('webview.css');
});
