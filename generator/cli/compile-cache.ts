import { mkdirSync, statSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Loads what follows from a cache of compiled code, where this version of Node.js has one. It is in
 * a folder of this user alone: Node.js' own is among the temporary files, where others can put code.
 */
export function useCompileCache(environment: NodeJS.ProcessEnv = process.env): void {
  if (!('enableCompileCache' in module) || typeof module.enableCompileCache !== 'function') return;
  const folder = privateFolder(environment);
  if (folder !== undefined) module.enableCompileCache(folder);
}

/** Undefined where there is none that only this user can write to. */
export function privateFolder({ XDG_CACHE_HOME: home }: NodeJS.ProcessEnv): string | undefined {
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
