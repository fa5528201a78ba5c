import { hash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../own-package.ts';

/**
 * Names the code that makes an output: batchwright as it is installed, with what it reads documents
 * with. Undefined where it runs from its sources, which may change while it does.
 */
export function ownCode(): string | undefined {
  if (import.meta.url.endsWith('.ts')) return undefined;
  const root = fileURLToPath(packageRoot);
  const folders = ['bin', 'validators', 'runtime'].map((name) => join(root, 'dist', name));
  const files = [join(root, 'package.json'), ...folders.flatMap(filesIn)];
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
