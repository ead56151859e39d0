/** Writes the JSON Schemas into the folder that is named: a part of `npm run generate`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jsonSchemas } from './schemas.ts';

const folder = process.argv[2] ?? '.';
mkdirSync(folder, { recursive: true });
for (const [file, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(path.join(folder, file), `${JSON.stringify(schema, null, 2)}\n`);
}
