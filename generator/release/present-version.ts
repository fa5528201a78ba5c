import { isSystemError } from '../diagnostics/system-error.ts';
import { readPresent } from '../write/compare.ts';
import { parseVersion } from './version.ts';

const line = /^ {2}"version": "([^"]*)"/m;

/** The version in the `package.json` that an output holds; undefined where it has none. */
export function presentVersion(root: string): string | undefined {
  try {
    const found = line.exec(readPresent(root, 'package.json') ?? '')?.[1];
    return found !== undefined && parseVersion(found) ? found : undefined;
  } catch (error) {
    // Writing says what is wrong with the output.
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** The text of a `package.json` with another version. */
export function withVersion(text: string, version: string): string {
  return text.replace(line, () => `  "version": "${version}"`);
}
