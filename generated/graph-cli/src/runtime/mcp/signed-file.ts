// @ts-nocheck
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPrivate } from '../access/private-file.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';

const KEY_BYTES = 32;

/** A folder that its owner alone can use; it is made where it is missing. */
export async function privateFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  // A link could lead to a folder of another user.
  const stat = await lstat(path);
  const user = process.getuid?.();
  if (!stat.isDirectory())
    throw new CommandError(`${path} is not a folder of its own.`, exitCode.failed);
  if (user !== undefined && stat.uid !== user)
    throw new CommandError(`${path} belongs to another user.`, exitCode.failed);
  if (user !== undefined && (stat.mode & 0o077) !== 0)
    throw new CommandError(`Others can use ${path}: run chmod 700 on it.`, exitCode.failed);
  return path;
}

/** The key that signs plans and approvals on this machine. It is made once, and leaves its folder never. */
export async function signingKey(folder: string): Promise<Buffer> {
  const path = join(folder, 'key');
  const made = randomBytes(KEY_BYTES).toString('hex');
  await writeFile(path, made, { mode: 0o600, flag: 'wx' }).catch(unlessThere);
  const key = Buffer.from((await readPrivate(path)) ?? '', 'hex');
  if (key.length === KEY_BYTES) return key;
  throw new CommandError(`${path} is not a key: delete it, and plan again.`, exitCode.failed);
}

/** Writes a value with its signature; false where the file is there already. */
export async function writeSigned(path: string, key: Buffer, value: object): Promise<boolean> {
  const body = JSON.stringify(value);
  try {
    await writeFile(path, `${signature(key, body)}\n${body}\n`, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    unlessThere(error);
    return false;
  }
}

/** The value of a file that was signed with this key; undefined where there is no file. */
export async function readSigned(path: string, key: Buffer): Promise<unknown> {
  const text = await readPrivate(path);
  if (text === undefined) return undefined;
  const [given = '', body = ''] = text.split('\n');
  const expected = signature(key, body);
  const isOurs =
    given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  if (isOurs) return JSON.parse(body);
  throw new CommandError(`${path} was changed by something else than this program.`);
}

function signature(key: Buffer, body: string): string {
  return createHmac('sha256', key).update(body).digest('hex');
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}
