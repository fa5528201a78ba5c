// @ts-nocheck
import { CommandError, exitCode, type ExitCode } from '../terminal/exit-code.js';

export interface Failure {
  readonly message: string;
  readonly code: number;
}

/** What went wrong, for the user, and what the process ends with. The client masks credentials. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) return { message: error.message, code: error.code };
  if (!(error instanceof Error)) return { message: String(error), code: exitCode.failed };
  const cause = error.cause;
  if (cause instanceof CommandError) return { message: cause.message, code: cause.code };
  return { message: error.message, code: codeOf(error) };
}

/** Errors of the client say their status, and whether the request may have been applied. */
function codeOf(error: Error): ExitCode {
  const { name, status, outcome } = error as Error & {
    readonly status?: unknown;
    readonly outcome?: unknown;
  };
  if (name !== 'ApiError') return exitCode.failed;
  if (status === 401 || status === 403) return exitCode.authentication;
  return outcome === 'unknown' ? exitCode.unknown : exitCode.failed;
}
