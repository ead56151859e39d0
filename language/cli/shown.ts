const ESCAPE = '\u001b';
/** What a terminal acts on instead of showing it; before it the emphasis and the colours that it is given here. */
const ACTED_ON = new RegExp(`${ESCAPE}\\[(?:[012]|3[136])m|\\p{Cc}`, 'gu');
/** What turns the order of letters around; it has no width. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text for people: the titles and names of a file may say anything, and a terminal is to show it and not to do it. */
export const shown = (text: string): string => text.replace(TURNS, '').replace(ACTED_ON, harmless);

function harmless(found: string): string {
  const isOwn = found.length > 1 && process.stdout.isTTY;
  return isOwn || found === '\n' || found === '\t' ? found : '\ufffd';
}
