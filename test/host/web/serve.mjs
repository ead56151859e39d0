// The server of files behind ../web.mjs: a process of its own, because it tells of its requests on its output.
//
//   node serve.mjs MODULES OPTIONS   MODULES is the folder of the packages, OPTIONS those of @vscode/test-web as JSON

import { createRequire } from 'node:module';
import path from 'node:path';

const [modules = '', options = '{}'] = process.argv.slice(2);
const { open } = createRequire(path.join(modules, 'none.cjs'))('@vscode/test-web');
await open(JSON.parse(options));
