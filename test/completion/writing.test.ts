import { expect, it } from 'vitest';
import { Editor } from './editor.ts';
import { SCRIPT, WRITTEN, words } from './script.ts';
import { startSession } from './session.ts';

it('lets the example of the language be written from an empty file by completion alone, over the protocol', async () => {
  const session = await startSession({ 'hazards.p2parch': 'hazard Fire' });
  const editor = new Editor(session.offers);
  await editor.follow(SCRIPT);
  await session.close();
  expect(words(editor.text)).toEqual(words(WRITTEN));
}, 60_000);
