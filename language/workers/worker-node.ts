/** Gives a thread of Node what worker.ts knows from a browser's worker, and runs that script, which lies beside this. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { parentPort } from 'node:worker_threads';

Object.assign(globalThis, {
  addEventListener: (_type: 'message', listener: (event: { readonly data: unknown }) => void) =>
    parentPort?.on('message', (data: unknown) => listener({ data })),
  postMessage: (reply: unknown) => parentPort?.postMessage(reply),
});
const filename = path.join(__dirname, 'worker.js');
new Script(readFileSync(filename, 'utf8'), { filename }).runInThisContext();
