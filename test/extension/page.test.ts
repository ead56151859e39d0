import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';

vi.mock('vscode', async () => (await import('./editor.ts')).editorStub());
const { pageOf } = await import('../../extension/page.ts');

test('The page lets nothing in but its script and its styles, under a nonce that is new each time', () => {
  const webview = {
    cspSource: 'https://webview.example',
    asWebviewUri: (uri: vscode.Uri) => uri,
  } as unknown as vscode.Webview;
  const page = () => pageOf(webview, { toString: () => 'file:///extension' } as vscode.Uri);
  const [policy = '', nonce = ''] = /content="(default-src [^"]*'nonce-([^']+)'[^"]*)"/.exec(page())?.slice(1) ?? [];
  expect(policy).toBe(
    `default-src 'none'; style-src https://webview.example 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:`,
  );
  expect(page()).not.toContain(nonce);
  expect(page().match(/<script/g)).toHaveLength(1);
  expect(page()).not.toMatch(/ on[a-z]+=|javascript:|http-equiv="refresh"/);
});
