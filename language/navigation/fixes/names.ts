import type { LangiumDocument } from 'langium';

/**
 * A name made of another and a word, `SuperNodeFallback`, `super_node_fallback`, that no text says yet: then it hides
 * nothing and nothing hides it, in whichever architecture, variant or file it stands.
 */
export function freeName(documents: Iterable<LangiumDocument>, of: string, word: string): string {
  const taken = new Set<string>();
  for (const { textDocument } of documents) {
    for (const [name] of textDocument.getText().matchAll(WORD)) taken.add(name.normalize('NFC'));
  }
  const first = joined(of, word);
  let name = first;
  for (let index = 2; taken.has(name); index++) name = `${first}${index}`;
  return name;
}

const WORD = /[\p{L}_](?:[\p{L}\p{M}\p{Nd}_-]*[\p{L}\p{M}\p{Nd}_])?/gu;

/** In the way that the name is written itself. */
function joined(of: string, word: string): string {
  if (of.includes('-')) return `${of}-${word.toLowerCase()}`;
  return of.includes('_') ? `${of}_${word.toLowerCase()}` : `${of}${word}`;
}
