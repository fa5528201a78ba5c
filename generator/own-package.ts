import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// By its own name, so that the answer is the same from the sources and from `dist`. The command line as it
// is bundled is a package of its own for Node.js, since it is CommonJS.
const manifest = /\/dist\/bin\/\w+\.cjs$/.test(import.meta.url)
  ? new URL('../../package.json', import.meta.url)
  : pathToFileURL(createRequire(import.meta.url).resolve('batchwright/package.json'));

/** The folder in which batchwright is installed. */
export const packageRoot: URL = new URL('./', manifest);

/** The version of batchwright. */
export function ownVersion(): string {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(manifest, 'utf8'));
  return version;
}
