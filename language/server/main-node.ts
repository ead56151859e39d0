/** The program that an extension host starts. */
import path from 'node:path';
import { serveOnNode } from './node.ts';

serveOnNode(path.join(__dirname, 'worker.cjs'));
