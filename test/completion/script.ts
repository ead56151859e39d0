import { EXAMPLE } from '../bench/example.ts';

/** How the example is written by someone who types names, numbers and texts, and accepts all else. */
export const SCRIPT = `
  accept import | accept ./hazards.p2parch | end | line
  accept /** … */ | type Windows machines restart after an update. Documentation comments show on hover. | end | line
  accept hazard | type MassReboot | blank | accept "Title" | type Mass reboot | end | line
  accept architecture | type Skype2007 | blank | accept "Title" | type Skype, August 2007 | next

  accept company | type LoginServer | blank | accept "Title" | type Log-in servers | next
  accept instances | type 40 | line
  accept admits | type 30 | next | type Client | end | line
  accept restarts | accept in | next | accept 5 min | end
  leave

  accept users | type Client | blank | accept "Title" | type Skype clients | next
  accept instances | type 9_600_000 | line
  accept needs | type SuperNode | line
  accept needs | accept LoginServer | blank | accept to start | line
  accept restarts | accept over | next | accept 1 h | type 2 | end | line
  accept retries every | accept 30 s | end | blank | accept up to | accept 5 min | type 10 | end | line
  accept exposed to | accept MassReboot | blank | accept 60% | end
  leave

  accept users | type SuperNode | next
  accept instances | type 25_000 | line
  accept serves | type 400 | next | accept Client | line
  accept promoted from | accept Client | next | type 10 | end | blank | line
  accept overloads above | type 200 | next | type 5 | end | line
  accept exposed to | accept MassReboot | blank | accept 60% | type 90 | end
  leave

  accept service | type Calling | blank | accept for | accept Client | next
  accept needs | accept SuperNode | line
  accept traffic | type 95 | next | accept SuperNode | blank
  accept , | accept 95% | type 5 | end | blank | accept through | accept LoginServer
  leave

  accept require | accept Calling | next | type 1 | blank | accept external | end | line
  accept accept | accept single-external-dependency | next | accept SuperNode | next
  type The network carries itself; revisit before launch. | end | line
  accept until | type 2027-06-30
  leave

  accept /** … */ | type The same product on supernodes that the company runs (as from 2012). | end | line
  accept architecture | type SkypeHosted | blank | accept extends | accept Skype2007 | next
  accept company | type SuperNode | next
  accept instances | type 10_000 | line
  accept serves | type 4_100 | next | accept Client | line
  accept restarts | accept in | next | accept 5 min | type 2 | end
  leave | end | leave

  accept scenario | type PatchTuesday | blank | accept "Title" | type Patch Tuesday | next
  accept Skype2007 | blank | accept , | accept SkypeHosted | down
  accept at … strike | accept 1 h | next | accept MassReboot | line
  accept run | accept 1 h | type 72 | end | line
  accept expect | accept Calling | next | type 95 | end | line
  accept expect … never below | accept Calling | next | type 20
`;

/** What is written so: the first example of the language. */
export const WRITTEN = `import "./hazards.p2parch"\n\n${EXAMPLE}`;

/** Blanks and line ends mean nothing in the language; formatting is another's work. */
export const words = (text: string): string[] =>
  text
    .replace(/[,{}%/]/g, ' $& ')
    .trim()
    .split(/\s+/);
