// @ts-nocheck
import { ApiError, type Fail } from '../answers/errors.js';
import type { Transmit } from '../call.js';

/** One attempt. Nothing in it holds credentials. */
export interface AttemptEvent {
  /** operationId. */
  readonly id: string;
  readonly method: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  /** The same object in all that is said about a call; one of its own for each call. */
  readonly call: object;
}

/** How an attempt ended. */
export interface AttemptResult extends AttemptEvent {
  readonly milliseconds: number;
  /** Of the answer, where one came. */
  readonly status?: number | undefined;
  /** Why none came. */
  readonly error?: ApiError | undefined;
}

/**
 * What may watch a client. A hook that throws ends the call: with an `ApiError` of code `aborted`,
 * whose cause is what it threw.
 */
export interface Hooks {
  /** Before each attempt. The headers it gives, for tracing say, are added to the request. */
  readonly before?:
    | ((
        event: AttemptEvent,
      ) =>
        Readonly<Record<string, string>> | void | Promise<Readonly<Record<string, string>> | void>)
    | undefined;
  /** After each attempt: an answer's head came, or none did. */
  readonly after?: ((event: AttemptResult) => void | Promise<void>) | undefined;
  /** Before an attempt that repeats one, with what became of that one. */
  readonly retry?:
    ((event: AttemptEvent, before: AttemptResult) => void | Promise<void>) | undefined;
}

/** Tells hooks of each attempt. */
export function hooked(next: Transmit, { before, after, retry }: Hooks): Transmit {
  // A call's attempts share their `fail`.
  const results = new WeakMap<Fail, AttemptResult>();
  const calls = new WeakMap<Fail, object>();
  return async (url, init, attempt) => {
    const { fail, request } = attempt;
    const { id, method, path } = request;
    const call = calls.get(fail) ?? {};
    calls.set(fail, call);
    const event: AttemptEvent = { id, method, path, attempt: attempt.attempt, call };
    const last = results.get(fail);
    const asked = async <T>(hook: () => T): Promise<Awaited<T>> => {
      try {
        return await hook();
      } catch (cause) {
        throw fail('aborted', `a hook threw: ${cause}`, { cause });
      }
    };
    try {
      if (last) await asked(() => retry?.(event, last));
      const added = (await asked(() => before?.(event))) ?? {};
      for (const [name, value] of Object.entries(added)) add(init.headers, name, value, fail);
    } catch (error) {
      attempt.unsent();
      throw error;
    }
    const start = performance.now();
    const finish = async (end: Pick<AttemptResult, 'status' | 'error'>): Promise<void> => {
      const result = { ...event, ...end, milliseconds: performance.now() - start };
      results.set(fail, result);
      await asked(() => after?.(result));
    };
    let response: Response;
    try {
      response = await next(url, init, attempt);
    } catch (error) {
      await finish(error instanceof ApiError ? { error } : {});
      throw error;
    }
    try {
      await finish({ status: response.status });
    } catch (error) {
      await response.body?.cancel();
      throw error;
    }
    return response;
  };
}

/** Adds a header; the platform's own error would tell the value. */
function add(headers: Headers, name: string, value: string, fail: Fail): void {
  try {
    headers.set(name, value);
  } catch {
    throw fail('refused', name);
  }
}
