import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isSystemError } from '../diagnostics/system-error.ts';

/**
 * The folder in which batchwright keeps what makes its next run faster. Undefined where there is none
 * that only this user can write to: code is loaded from it.
 */
export function privateFolder(
  { XDG_CACHE_HOME: home }: NodeJS.ProcessEnv = process.env,
): string | undefined {
  try {
    const folder = join(home || join(homedir(), '.cache'), 'batchwright');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    const isOwn = process.getuid === undefined || uid === process.getuid();
    return isOwn && (process.platform === 'win32' || (mode & 0o022) === 0) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Makes room in a folder: where it holds twice as many files as it should, the oldest of them go. */
export function forgetOldest(folder: string, most: number): void {
  const names = readdirSync(folder);
  if (names.length < 2 * most) return;
  const byAge = names
    .map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs }))
    .toSorted((a, b) => b.time - a.time);
  for (const { name } of byAge.slice(most)) rmSync(join(folder, name), { force: true });
}

/** A cache that cannot be read or written is none. */
export function ignoreSystemError(error: unknown): undefined {
  if (!isSystemError(error)) throw error;
  return undefined;
}
