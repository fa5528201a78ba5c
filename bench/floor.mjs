// The floor of generation: `node floor.mjs DOCUMENT FOLDER SIZES` parses the document and writes files of those sizes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [document = '', folder = '', sizes = '[]'] = process.argv.slice(2);
const parsed = JSON.parse(readFileSync(document, 'utf8'));
mkdirSync(folder, { recursive: true });
for (const [index, size] of JSON.parse(sizes).entries())
  writeFileSync(join(folder, `${index}.txt`), 'x'.repeat(size));
if (typeof parsed !== 'object') throw new Error(`${document} is no document`);
