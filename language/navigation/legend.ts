/**
 * The kinds of word that have a colour of their own, in the order of their numbers. package.json gives the same names
 * to the editor, each with the scopes of text colours that a theme surely has.
 */
export const TOKEN_TYPES = [
  'company',
  'users',
  'vendor',
  'component',
  'group',
  'service',
  'hazard',
  'architecture',
  'scenario',
  'rule',
  'unit',
  'number',
] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];

export const MODIFIERS = ['declaration'] as const;
