/** The program that an extension host starts, and `p2parch lsp`. */
import path from 'node:path';
import { serveOnNode } from './node.ts';

serveOnNode(path.join(__dirname, 'worker.cjs'));
