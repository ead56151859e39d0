import type { Fixer } from './fix.ts';
import { nearestFile } from './imports.ts';
import { addOn, addRun, removeOn } from './scenarios.ts';
import { fixShares } from './shares.ts';
import { promotedOrRestarts, removeSecond } from './statements.ts';
import { leaveOutToo, removeExtends, removeWithout } from './variants.ts';
import { change, insertBlank, suffix } from './words.ts';

/** What can be done about each mistake, by what is said of it. Several rows may have something to offer. */
export const FIXES: readonly (readonly [message: RegExp, fixer: Fixer])[] = [
  [/Did you mean "(.+)"\?$/u, change],
  [/^".+" is no unit: write (\w+)\./u, change],
  [/^".+" stands directly after a number: a blank is missing/u, insertBlank],
  [/^"(.+)" is a word of the language and cannot be a name\.$/u, suffix],
  [/^"(?!.*: there is ).+ is given twice\.$/u, removeSecond],
  [/^".*" (?:cannot be read|is no \.p2parch file)\.$/u, nearestFile],
  [/^A promoted component is promoted anew/u, promotedOrRestarts],
  [/^The shares add up to /u, fixShares],
  [/^For how long\?/u, addRun],
  [/^On which architecture\?/u, addOn],
  [/"on" belongs to scenarios of the file\.$/u, removeOn],
  [/ extends nothing, so there is nothing to leave out\./u, removeWithout],
  [/ has nothing named ".+" to leave out\./u, removeWithout],
  [/^(\S+), inherited from \S+, names ".+", which \S+ no longer has\.$/u, leaveOutToo],
  [/^".+" extends itself/u, removeExtends],
];
