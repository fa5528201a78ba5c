// @ts-nocheck
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { CommandError, exitCode } from '../terminal/exit-code.js';

/** The text of a file that its owner alone can read; undefined where there is none. */
export async function readPrivate(path: string): Promise<string | undefined> {
  const { O_RDONLY } = constants;
  // Windows has neither.
  const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new CommandError(`${path} cannot be read.`, exitCode.failed);
  });
  if (!file) return undefined;
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new CommandError(`${path} is not a file.`);
    const user = process.getuid?.();
    if (user !== undefined && stat.uid !== user)
      throw new CommandError(`${path} belongs to another user.`);
    if (user !== undefined && (stat.mode & 0o077) !== 0)
      throw new CommandError(`Others can read ${path}: run chmod 600 on it.`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
