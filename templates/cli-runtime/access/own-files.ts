import { lstat } from 'node:fs/promises';
import { CommandError, exitCode } from '../terminal/exit-code.js';

/**
 * Looks at what only its owner may have written, since it says what is done: folders, and files in them. What is
 * not there is fine.
 *
 * @throws CommandError for what is a link, belongs to another user, or may be written by others.
 */
export async function checkOwnFiles(paths: readonly string[]): Promise<void> {
  const user = process.getuid?.();
  // Windows has its own ways.
  if (user === undefined) return;
  for (const path of paths) {
    const stat = await lstat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!stat) continue;
    const why = stat.isSymbolicLink()
      ? 'is a link'
      : stat.uid !== user
        ? 'belongs to another user'
        : (stat.mode & 0o022) !== 0
          ? 'may be written by other users'
          : undefined;
    if (why !== undefined) throw new CommandError(`${path} ${why}.`, exitCode.failed);
  }
}
