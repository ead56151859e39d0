import type { Mistake } from '../../validation/mistakes.ts';
import type { Fixer } from './fix.ts';
import { nearestFile } from './imports.ts';
import { addOn, addRun, removeOn } from './scenarios.ts';
import { fixShares } from './shares.ts';
import { promotedOrRestarts, removeSecond } from './statements.ts';
import { leaveOutToo, removeExtends, removeWithout } from './variants.ts';
import { change, insertBlank, suffix } from './words.ts';

/** What can be done about each mistake. */
export const FIXES: Readonly<Record<Mistake['kind'], Fixer>> = {
  misspelt: change,
  'blank-missing': insertBlank,
  'reserved-name': suffix,
  'given-twice': removeSecond,
  'unreadable-import': nearestFile,
  'promoted-restarts': promotedOrRestarts,
  shares: fixShares,
  'missing-run': addRun,
  'missing-on': addOn,
  'needless-on': removeOn,
  'nothing-to-leave-out': removeWithout,
  'left-behind': leaveOutToo,
  'extends-itself': removeExtends,
};
