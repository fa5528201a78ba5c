import { hash } from 'node:crypto';
import { existsSync, type FSWatcher, readFileSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { isSystemError } from '../../diagnostics/system-error.ts';

/** Files by their paths, with the digest of what they held when they were read; undefined where absent. */
export type FileDigests = ReadonlyMap<string, string | undefined>;

/** How long a file may take to be written after the first sign of it, in milliseconds. */
const settling = 40;

/**
 * Waits until one of some files holds something else, and says which do. Folders are watched and
 * not files, as many editors put a new file in place of the old one.
 */
export async function nextChange(files: FileDigests): Promise<ReadonlySet<string>> {
  const watchers: FSWatcher[] = [];
  try {
    return await new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const look = (): void => {
        const changed = [...files].filter(([file, digest]) => digestOf(file) !== digest);
        if (changed.length > 0) resolve(new Set(changed.map(([file]) => file)));
      };
      for (const folder of new Set([...files.keys()].map((file) => dirname(file)))) {
        if (!existsSync(folder)) continue;
        const watcher = watch(folder, () => {
          clearTimeout(timer);
          timer = setTimeout(look, settling);
        });
        // What cannot be watched any more is no fault of the others.
        watcher.on('error', () => watcher.close());
        watchers.push(watcher);
      }
      // It may have changed since it was read.
      look();
    });
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

/** The digest of a file; undefined where it cannot be read. */
export function digestOf(file: string): string | undefined {
  try {
    return digestOfBytes(readFileSync(file));
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

export function digestOfBytes(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
