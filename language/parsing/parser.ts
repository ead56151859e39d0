import { type AstNode, AstUtils, createLangiumParser, type LangiumCoreServices, type LangiumParser } from 'langium';
import { type Component, isComponent, isDuration } from '../generated/ast.ts';
import { nearest } from '../names/nearest.ts';
import { UNITS, unitLike } from './lexer.ts';

const PARTIES: readonly Component['party'][] = ['company', 'users', 'vendor'];

/**
 * Langium's parser. Where the lexer has taken a misspelled word for the one that was meant, the tree says what was
 * meant as well, so that no reader of it meets a party or a unit that does not exist.
 */
export function createP2PArchParser(services: LangiumCoreServices): LangiumParser {
  const parser = createLangiumParser(services);
  const parse = parser.parse.bind(parser);
  parser.parse = <T extends AstNode>(...args: Parameters<typeof parse>) => {
    const result = parse<T>(...args);
    if (result.lexerErrors.length > 0) AstUtils.streamAst(result.value).forEach(mend);
    return result;
  };
  return parser;
}

function mend(node: AstNode): void {
  if (isComponent(node) && !PARTIES.includes(node.party)) {
    node.party = (nearest(String(node.party), PARTIES) as Component['party'] | undefined) ?? 'users';
  } else if (isDuration(node) && !UNITS.includes(node.unit)) {
    node.unit = (unitLike(String(node.unit)) as typeof node.unit | undefined) ?? 's';
  }
}
