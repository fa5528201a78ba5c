// @ts-nocheck
import { type FileHandle, files, type OpenFlags, ownUser } from './node-api.js';

/**
 * Opens a file for reading and appending, and makes it if it is missing. It holds secrets, and says what is
 * done: nobody else reads it, and nobody else has written it.
 *
 * @throws where it is a link, no plain file, belongs to another user, or may be written by others.
 */
export async function openOwn(path: string): Promise<FileHandle> {
  return opened(path, ({ O_APPEND, O_CREAT, O_RDWR }) => O_APPEND | O_CREAT | O_RDWR);
}

async function opened(path: string, flagsOf: (all: OpenFlags) => number): Promise<FileHandle> {
  const { constants, open } = await files();
  // Windows has neither: links are for administrators there.
  const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const flags = flagsOf(constants) | O_NOFOLLOW | O_NONBLOCK;
  const file = await open(path, flags, 0o600).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ELOOP') {
      throw new Error('it is a link', { cause: error });
    }
    throw error;
  });
  try {
    await checkAccess(file);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Opens a file for reading alone; undefined where there is none.
 *
 * @throws as `openOwn`.
 */
export async function openToRead(path: string): Promise<FileHandle | undefined> {
  return opened(path, ({ O_RDONLY }) => O_RDONLY).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Whether an open file is still what its path leads to. */
export async function isStillAt(path: string, file: FileHandle): Promise<boolean> {
  const { lstat } = await files();
  // Numbers of files on Windows do not fit into a double.
  const own = await file.stat({ bigint: true });
  const there = await lstat(path, { bigint: true }).catch(() => undefined);
  return there?.ino === own.ino && there.dev === own.dev;
}

async function checkAccess(file: FileHandle): Promise<void> {
  const stat = await file.stat();
  if (!stat.isFile()) throw new Error('it is not a file');
  const user = await ownUser();
  if (user === undefined) return;
  if (stat.uid !== user) throw new Error('it belongs to another user');
  if ((stat.mode & 0o022) !== 0) throw new Error('other users may write it');
  if ((stat.mode & 0o077) !== 0) await file.chmod(0o600);
}
