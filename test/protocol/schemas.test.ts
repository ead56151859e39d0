import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { jsonSchemas } from '../../language/protocol/schemas.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../extension/schemas');

it.each(Object.entries(jsonSchemas()))('%s is published as it is (`npm run generate` makes it)', (file, schema) => {
  expect(JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'))).toEqual(schema);
});
