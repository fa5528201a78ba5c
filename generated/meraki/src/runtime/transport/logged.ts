import { ApiError, type ErrorCode } from '../answers/errors.js';
import { retryAfter } from './retry-after.js';
import type { Transmit } from '../call.js';

/** What a line is about. Nothing in it holds credentials. */
export interface LogFacts {
  /** operationId. */
  readonly operation: string;
  readonly method: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  readonly milliseconds?: number | undefined;
  /** Of the answer, where one came. */
  readonly status?: number | undefined;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter?: number | undefined;
  /** Why no answer came. */
  readonly error?: ApiError | undefined;
}

type Log = (message: string, facts: LogFacts) => void;

/**
 * Takes lines by level, as `console` does: `debug` each request and its answer, `info` what is sent
 * again and where the server asks to wait, `warn` what may pass, `error` what does not.
 */
export interface Logger {
  readonly debug: Log;
  readonly info: Log;
  readonly warn: Log;
  readonly error: Log;
}

/** Statuses that a later attempt may not meet: time-outs, limits and failures of the server. */
const PASSING = /^(408|425|429|5..)$/;

/** Failures that every later attempt would meet. */
const LASTING: ReadonlySet<string> = new Set<ErrorCode>(['protocol', 'redirect', 'refused']);

/** Writes each attempt to a log. A logger that throws changes nothing about the call. */
export function logged(next: Transmit, logger: Logger): Transmit {
  const write = (level: keyof Logger, message: string, facts: LogFacts): void => {
    try {
      logger[level](message, facts);
    } catch {
      // A call does not fail because nobody could be told about it.
    }
  };
  return async (url, init, attempt) => {
    const { id, method, path } = attempt.request;
    const facts = { operation: id, method, path, attempt: attempt.attempt };
    const name = `${method} ${path}`;
    if (facts.attempt > 1) write('info', `${name}: attempt ${facts.attempt}`, facts);
    else write('debug', name, facts);
    const start = performance.now();
    const spent = (): number => Math.round(performance.now() - start);
    let response: Response;
    try {
      response = await next(url, init, attempt);
    } catch (thrown) {
      const error = thrown instanceof ApiError ? thrown : undefined;
      const level = error && LASTING.has(error.code) ? 'error' : 'warn';
      write(level, error?.message ?? `${name}: no answer`, {
        ...facts,
        milliseconds: spent(),
        error,
      });
      throw thrown;
    }
    const { status, headers } = response;
    const milliseconds = spent();
    const asked = retryAfter(headers);
    write(levelOf(status), `${name}: ${status} in ${milliseconds} ms`, {
      ...facts,
      milliseconds,
      status,
    });
    if (status >= 400 && asked !== undefined)
      write('info', `${name}: the server asks to wait ${asked} ms`, {
        ...facts,
        status,
        retryAfter: asked,
      });
    return response;
  };
}

function levelOf(status: number): keyof Logger {
  if (status < 400) return 'debug';
  return PASSING.test(`${status}`) ? 'warn' : 'error';
}
