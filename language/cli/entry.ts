/** What a shell starts. */
import path from 'node:path';
import { COMMAND_NAMES } from './command-names.ts';
import { runCompiled } from './compiled.ts';

/** Of the program beside this file; empty while it is built again and again. */
declare const PROGRAM_HASH: string;

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`p2parch: Node 20 or newer is needed; this is ${process.version}`);
  process.exit(2);
}
const purpose = COMMAND_NAMES.find((name) => name === process.argv[2]) ?? 'help';
runCompiled({ file: path.join(__dirname, 'cli-main.cjs'), hash: PROGRAM_HASH }, purpose);
