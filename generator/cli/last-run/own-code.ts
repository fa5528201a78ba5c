import { hash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../own-package.ts';

/** Packages that decide what is read from a document, besides batchwright's own code. */
const readers = ['js-yaml', 'ajv'];

/**
 * Names the code that makes an output: batchwright as it is installed, and what it reads documents
 * with. Undefined where it runs from its sources, which may change while it does.
 */
export function ownCode(): string | undefined {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith('.ts')) return undefined;
  const require = createRequire(import.meta.url);
  const root = fileURLToPath(packageRoot);
  const files = [
    join(root, 'package.json'),
    ...readers.map((name) => require.resolve(`${name}/package.json`)),
    ...[dirname(here), join(root, 'dist/validators'), join(root, 'dist/runtime')].flatMap(filesIn),
  ];
  return hash('sha256', JSON.stringify([process.version, files.toSorted().map(stamp)]), 'hex');
}

/**
 * What changes with each writing of a file: the time of its last change cannot be set. Reading the
 * files themselves takes as long as printing an API does.
 */
function stamp(file: string): readonly (string | number)[] {
  const { size, ino, mtimeMs, ctimeMs } = statSync(file);
  return [file, size, ino, mtimeMs, ctimeMs];
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}
