import { getSystemErrorMap } from 'node:util';

/** Whether the operating system refused something: a matter for the user, and no bug. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'errno' in error && 'syscall' in error;
}

/** Whether `error` says that a file does not exist. */
export function isMissing(error: unknown): boolean {
  return isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** What the operating system says, without a path: `no space left on device (ENOSPC)`. */
export function systemReason(error: NodeJS.ErrnoException): string {
  const [code, reason] = getSystemErrorMap().get(error.errno ?? 0) ?? [error.code, error.message];
  return `${reason} (${code})`;
}
