// @ts-nocheck
import { ApiError, type Fail } from './answers/errors.js';
import { JSON_TYPE, readJson } from './answers/read.js';
import { requestOf } from './answers/request-of.js';
import type {
  Answer,
  Attempt,
  CallOptions,
  Client,
  ClientOptions,
  Exchange,
  Pairs,
  Payload,
  Request,
  Settings,
} from './call.js';
import { targetOf } from './request.js';
import {
  BACKOFF_BASE,
  DEFAULT_ATTEMPTS,
  DEFAULT_MAX_RETRY_AFTER,
  DEFAULT_TIMEOUT,
  MAX_BACKOFF,
  MAX_DELAY,
  MAX_MESSAGE,
  RETRY_COST,
  STATUS_RATE_LIMIT,
  STATUS_SERVER_ERROR,
  STATUS_UNAUTHORIZED,
  SUCCESS_COST,
} from './constants.js';
import { retryAfter } from './transport/retry-after.js';
import { isIdempotent, isSafe, type RetryBudget, retryBudget } from './transport/retry.js';

export { own } from './own-properties.js';
export type {
  Answer,
  CallOptions,
  Client,
  ClientOptions,
  Pairs,
  Request,
  RetryOptions,
} from './call.js';

/** A client of an API. */
export function createClient(options: ClientOptions): Client {
  checkBase(options.baseUrl);
  const budget = retryBudget();
  const settingsOf = (call: CallOptions): Settings => ({
    ...options,
    ...call,
    baseUrl: call.baseUrl ?? options.baseUrl,
    timeout: call.timeout ?? options.timeout,
    headers: { ...options.headers, ...call.headers },
    retry: { ...options.retry, ...call.retry },
  });
  const usual = settingsOf({});
  return {
    request: (request, call) => perform(request, call ? settingsOf(call) : usual, budget),
  };
}

/** @throws TypeError where it holds a user, a query or a fragment. */
function checkBase(baseUrl: string): void {
  if (/[?#@]/.test(baseUrl)) throw TypeError('baseUrl');
}

/** What ends the calls that share a signal: each signal has one listener, as Node warns of more than ten. */
const callsOf = new WeakMap<AbortSignal, Set<() => void>>();

function endCalls(this: AbortSignal): void {
  for (const end of callsOf.get(this)!) end();
}

/** Sends a request until it succeeds, fails for good, or runs out of time. */
async function perform(request: Request, settings: Settings, budget: RetryBudget): Promise<Answer> {
  const { method, answers, body } = request;
  checkBase(settings.baseUrl);
  const home = new URL(settings.baseUrl);
  const base = request.origin ? new URL(request.origin, home) : home;
  const url = new URL(request.url ?? base.href.replace(/\/$/, '') + targetOf(request));
  const [contentType, content = null] =
    typeof body === 'function'
      ? (body as Payload)()
      : [body === undefined ? body : JSON_TYPE, JSON.stringify(body)];
  const { signal: outer, timeout = DEFAULT_TIMEOUT, retry, credentials = [] } = settings;
  const { attempts = DEFAULT_ATTEMPTS, maxRetryAfter = DEFAULT_MAX_RETRY_AFTER } = retry;
  // Of one attempt: a layer may end it, and another follows.
  let control: AbortController | undefined;
  // Why no attempt follows, whatever becomes of this one.
  let over: 'timeout' | 'aborted' | undefined;
  const secrets: string[] = [];
  const queryKeys: string[] = [];
  // Whether a 401 may be answered with a fresh key: once, where a function gives it.
  let renewable: boolean | undefined;
  let number = 1;
  // Milliseconds before the next attempt.
  let wait = 0;
  // Requests that were sent and of which it is not known whether they were applied.
  let open = 0;
  let lastError: unknown;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  // Whatever is no letter or digit may be written as URLs, HTML and JSON escape it; in UTF-8, bytes after
  // the first begin with 8 to b. Each sign stands for itself alone, or the work doubles with each of them.
  // Two signs hide nothing, and are found in half of all words: masked, no JSON is left.
  const mask = (text: string): string =>
    secrets.reduce(
      (left, secret) =>
        secret[2]
          ? left.replace(
              RegExp(
                secret.replace(
                  /\W/gu,
                  (sign) =>
                    `(%[^89ab].(%[89ab].)*|&[#\\w]+;|(\\\\u....){${sign.length}}|\\\\?\\${sign})`,
                ),
                'gi',
              ),
              '***',
            )
          : left,
      text,
    );

  const fail: Fail = (code, text = code, facts) => {
    const error = new ApiError(mask(`${method} ${url}: ${text}`).slice(0, MAX_MESSAGE));
    requestOf.set(error, request);
    return Object.assign(error, {
      code,
      operation: request.id,
      request: { method, url: mask(url.href) },
      messages: [],
      outcome: open && !isSafe(method) ? 'unknown' : undefined,
      ...facts,
      headers:
        facts?.headers &&
        new Headers(
          [...facts.headers].map<[string, string]>(([name, value]) => [name, mask(value)]),
        ),
    });
  };

  // In Node the cause tells what happened.
  const network = (error: { readonly cause?: unknown }): never => {
    throw error instanceof ApiError ? error : fail('network', `${error.cause ?? error}`);
  };

  const attempt = async (): Promise<Answer> => {
    if (wait) await new Promise<void>((go) => (waiting = setTimeout(go, wait)));
    const { signal } = (control = new AbortController());
    const to = new URL(url);
    const isAllowed = (from: URL): boolean | undefined =>
      to.origin === from.origin || settings.allowedUrls?.test(to.href);
    // Over https:, and to this machine, nobody listens in.
    if (
      !isAllowed(base) ||
      !(settings.allowInsecure || /^http(s:|:\/\/(localhost|127[.\d]+|\[::1\])[:/])/.test(to.href))
    )
      throw fail('refused');
    const report = await settings.limiter?.(request, signal);
    const pairs: Pairs[number][] = [
      ['Accept', settings.accept ?? (answers ? answers.accept : JSON_TYPE)],
      ...(request.headers ?? []),
      ['Content-Type', contentType],
      ['User-Agent', settings.userAgent],
      ...Object.entries(settings.headers),
    ];
    for (const { secret, present } of request.anonymous
      ? []
      : typeof credentials === 'function'
        ? credentials(request)
        : credentials) {
      let key = secret;
      if (typeof key === 'function') {
        renewable ??= true;
        key = await key();
      }
      if (!key) throw fail('refused', 'no credential');
      secrets.push(key);
      pairs.push(present(key, to, pairs, secrets, queryKeys));
    }
    const headers = new Headers();
    for (const [name, value] of pairs) {
      try {
        if (value != null) headers.set(name, value as string);
      } catch {
        // The platform's own error would tell the value.
        throw fail('refused', name);
      }
    }
    // A document does not say where keys go.
    if ((secrets[0] || headers.has('Authorization')) && !isAllowed(home))
      throw fail('refused', `${to.origin} not in allowedUrls`);
    // Not `ended`: what is held of the call by its answer would hold the answer by it.
    if (over) throw over;
    open++;
    const exchange: Attempt & Omit<Exchange, 'response'> & { response?: Response } = {
      request,
      fail,
      mask,
      control,
      settings,
      attempt: number,
      unsent: () => open--,
      send: (another) => perform(another, settings, budget),
    };
    // A copy of all this would cost a tenth of the call's own time.
    const {
      status,
      ok,
      headers: received,
    } = (exchange.response = await (settings.fetch ?? fetch)(
      to,
      { method, headers, body: content, signal, redirect: 'manual', duplex: 'half' },
      exchange,
    ).catch(network));
    if (!ok && status < STATUS_SERVER_ERROR) open--;
    const reading = (answers && (ok || answers.any) ? answers.read : readJson)(
      exchange as Exchange,
    );
    const body = await reading.catch((error) => {
      if (!ok) report?.(status, retryAfter(received));
      return network(error);
    });
    budget(SUCCESS_COST);
    return { status, headers: received, body, url: url.href, queryKeys, fail, mask };
  };

  let end!: (code?: 'timeout' | 'aborted') => void;
  let sharing: Set<() => void> | undefined;
  // Rejects at once, also where what is waited for takes no notice of the signal.
  const ended = new Promise<never>(
    (_, reject) =>
      (end = (code = 'aborted') => {
        reject((over = code));
        control?.abort(code);
      }),
  );
  const timer = setTimeout(end, Math.min(timeout, MAX_DELAY), 'timeout');
  if (outer) {
    sharing = callsOf.get(outer) ?? new Set();
    if (!sharing.size) outer.addEventListener('abort', endCalls);
    callsOf.set(outer, sharing.add(end));
    if (outer.aborted) end();
  }
  try {
    for (; ; number++) {
      try {
        // Where it is over, `ended` has rejected and comes first.
        return await Promise.race([ended, (over as undefined) || attempt()]);
      } catch (thrown) {
        if (over) throw fail(over, over, { cause: outer?.reason ?? lastError });
        lastError = thrown;
        // What a user's own function throws is final, and a stream cannot be sent again.
        const isFinal = !(thrown instanceof ApiError) || content instanceof ReadableStream;
        if (isFinal || number >= attempts) throw thrown;
        const { code, retryAfter: asked, status, outcome } = thrown;
        // `undefined` is not more than any number. A failure may pass where the server is busy, or broke
        // down, or nothing came of the request.
        const isFutile =
          asked! > maxRetryAfter ||
          !(
            retry.when?.(thrown) ??
            (status === STATUS_RATE_LIMIT ||
              (status === STATUS_UNAUTHORIZED
                ? renewable && !(renewable = false)
                : (status! >= STATUS_SERVER_ERROR || /^(invalid|network|timeout)/.test(code)) &&
                  (!outcome || (request.idempotent ?? isIdempotent(method))) &&
                  budget(RETRY_COST)))
          );
        if (isFutile) throw thrown;
        // Never less than the server asks for, and not the same for all clients.
        wait =
          (asked ?? 0) + Math.random() * Math.min(asked ?? MAX_BACKOFF, BACKOFF_BASE * 2 ** number);
      }
    }
  } finally {
    if (sharing?.delete(end) && !sharing.size) outer!.removeEventListener('abort', endCalls);
    clearTimeout(waiting);
    // What is held of a call, by the platform for one, must not reach its answer.
    end = clearTimeout(timer) as never;
  }
}

/**
 * Sends a request and gives the answer's body. What cannot be a request rejects, as what fails.
 *
 * Of what type the body is, only the document says. As `never` it fits what the caller declares, and no
 * call has a type to infer.
 */
export async function send(
  client: Client,
  options: CallOptions | undefined,
  request: () => Request,
): Promise<never> {
  // A server that breaks the document's word is not found out here.
  return (await client.request(request(), options)).body as never;
}
