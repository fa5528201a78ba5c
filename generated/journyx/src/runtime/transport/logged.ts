// @ts-nocheck
import { ApiError, type ErrorCode } from '../answers/errors.js';
import { retryAfter } from './retry-after.js';
import type { Client, ClientOptions, Limiter, Request, Transmit } from '../call.js';

/** What a line is about. Nothing in it holds credentials. */
export interface LogFacts {
  /** operationId. */
  readonly operation: string;
  readonly method: string;
  /** Below the base URL, without the query; what is a credential's is masked. */
  readonly path: string;
  /** From 1; 0 where a call failed before its first. */
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
 * again, a wait for the client's own rate limit and one that the server asks for, `warn` what may
 * pass, `error` what does not, and a call that failed for good.
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

/** What is known of a call by those that write about it: its attempts, and its wait for a turn. */
interface Progress {
  readonly attempt?: number;
  readonly waited?: number | undefined;
}

const progress = new WeakMap<Request, Progress>();

/** Waits of fewer milliseconds are none that anyone would look for. */
const SHORTEST_WAIT = 1;

/** Writes each attempt to a log. A logger that throws changes nothing about the call. */
export function logged(next: Transmit, logger: Logger): Transmit {
  return async (url, init, attempt) => {
    const { request, mask } = attempt;
    const { id, method } = request;
    const path = mask(request.path);
    const facts = { operation: id, method, path, attempt: attempt.attempt };
    const name = `${method} ${path}`;
    const { waited } = progress.get(request) ?? {};
    progress.set(request, { attempt: facts.attempt });
    if (waited !== undefined)
      write(logger, 'info', `${name}: waited ${waited} ms for its turn`, {
        ...facts,
        milliseconds: waited,
      });
    if (facts.attempt > 1) write(logger, 'info', `${name}: attempt ${facts.attempt}`, facts);
    else write(logger, 'debug', name, facts);
    const start = performance.now();
    const spent = (): number => Math.round(performance.now() - start);
    let response: Response;
    try {
      response = await next(url, init, attempt);
    } catch (thrown) {
      const error = thrown instanceof ApiError ? thrown : undefined;
      const level = error && LASTING.has(error.code) ? 'error' : 'warn';
      write(logger, level, error ? wordsOf(error) : `${name}: no answer`, {
        ...facts,
        milliseconds: spent(),
        error,
      });
      throw thrown;
    }
    const { status, headers } = response;
    const milliseconds = spent();
    const asked = retryAfter(headers);
    write(logger, levelOf(status), `${name}: ${status} in ${milliseconds} ms`, {
      ...facts,
      milliseconds,
      status,
    });
    if (status >= 400 && asked !== undefined)
      write(logger, 'info', `${name}: the server asks to wait ${asked} ms`, {
        ...facts,
        status,
        retryAfter: asked,
      });
    return response;
  };
}

/** What a client with a logger is made of. */
export type LoggedOptions = Pick<ClientOptions, 'limiter'> & {
  readonly logger?: Logger | undefined;
};

/**
 * Makes a client that also writes what no single attempt shows: how long a call waited for its turn
 * under the client's rate limit, and that it failed for good. Without a logger it is the plain client.
 */
export function withLogger<Options extends LoggedOptions>(
  create: (options: Options) => Client,
  options: Options,
): Client {
  const { limiter, logger } = options;
  if (!logger) return create(options);
  const client = create({ ...options, limiter: limiter && timed(limiter) });
  return {
    async request(given, call) {
      // One of its own for each call: the same may be sent twice at a time.
      const request = { ...given };
      const start = performance.now();
      try {
        return await client.request(request, call);
      } catch (thrown) {
        writeFailure(logger, request, thrown, Math.round(performance.now() - start));
        throw thrown;
      }
    },
  };
}

/** The limiter, which keeps how long it held a request. */
function timed(limiter: Limiter): Limiter {
  return async (request, signal) => {
    const start = performance.now();
    const report = await limiter(request, signal);
    const waited = Math.round(performance.now() - start);
    if (waited >= SHORTEST_WAIT) progress.set(request, { ...progress.get(request), waited });
    return report;
  };
}

function writeFailure(
  logger: Logger,
  request: Request,
  thrown: unknown,
  milliseconds: number,
): void {
  const { id, method } = request;
  const { attempt = 0 } = progress.get(request) ?? {};
  const error = thrown instanceof ApiError ? thrown : undefined;
  const times = attempt === 1 ? '1 attempt' : `${attempt} attempts`;
  // What is not the client's own error is a user's: its words may be secret.
  const reason = error ? wordsOf(error) : thrown instanceof Error ? thrown.name : typeof thrown;
  write(logger, 'error', `${id} failed after ${times}: ${reason}`, {
    operation: id,
    method,
    path: error ? pathOf(error, request) : '',
    attempt,
    milliseconds,
    status: error?.status,
    error,
  });
}

/** An error's message without the query that its URL has. */
function wordsOf({ message, request: { url } }: ApiError): string {
  return message.replace(url, () => url.replace(/\?.*/s, ''));
}

/** The path of a request as its error shows it: masked, below the base URL. */
function pathOf({ request: { url } }: ApiError, { path }: Request): string {
  const depth = path.split('/').length - 1;
  return `/${url
    .replace(/[?#].*/s, '')
    .split('/')
    .slice(-depth)
    .join('/')}`;
}

function write(logger: Logger, level: keyof Logger, message: string, facts: LogFacts): void {
  try {
    logger[level](message, facts);
  } catch {
    // A call does not fail because nobody could be told about it.
  }
}

function levelOf(status: number): keyof Logger {
  if (status < 400) return 'debug';
  return PASSING.test(`${status}`) ? 'warn' : 'error';
}
