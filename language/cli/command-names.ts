/** In the order in which the usage tells of them. */
export const COMMAND_NAMES = [
  'check',
  'analyze',
  'simulate',
  'merge',
  'render',
  'report',
  'export',
  'format',
  'lsp',
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];
