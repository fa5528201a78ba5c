import type { Credential } from './transport/credentials.js';
import { ApiError, type Fail } from './answers/errors.js';
import { messages, type Said } from './answers/messages.js';
import type { Limiter } from './transport/rate-limit.js';
import { type Answer, type Pairs, type Payload, type Request, targetOf } from './request.js';
import { retryAfter } from './transport/retry-after.js';
import type { Transmit } from './transport/transmit.js';

export { own } from './own-properties.js';
export type { Answer, Pairs, Request } from './request.js';

/** When a failed request is sent again. */
export interface RetryOptions {
  /** How often a request is sent at most; 1 never repeats it. Default 5. */
  readonly attempts?: number | undefined;
  /** Where the server asks for a longer wait (milliseconds), the call fails at once. Default 60,000. */
  readonly maxRetryAfter?: number | undefined;
  /** Decides instead of the rules; `undefined` leaves it to them. The limits hold all the same. */
  readonly when?: ((error: ApiError) => boolean | undefined) | undefined;
}

/** What a single call may set; it wins over the client's options. */
export interface CallOptions {
  /** Ends the call; it rejects with an `ApiError` of code `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call: its turn, every attempt, every wait. Default 300,000. */
  readonly timeout?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly retry?: RetryOptions | undefined;
}

export interface ClientOptions extends Omit<CallOptions, 'signal'> {
  /** `https://api.example.com/v1`; `http:` only to this machine, unless `allowInsecure`. */
  readonly baseUrl: string;
  /** All of them are presented. Made by `bearer`, `basic`, `headerKey`, `queryKey`, `cookieKey`. */
  readonly credentials?: readonly Credential[] | undefined;
  /** Browsers may not let a page set it. */
  readonly userAgent?: string | undefined;
  /** URLs besides the base URL's own host that page links may lead to; tested on the whole URL. */
  readonly allowedUrls?: RegExp | undefined;
  /** Lets requests travel over `http:`. */
  readonly allowInsecure?: boolean | undefined;
  /** Keeps to the API's rate limit: `tokenBucket({ perSecond: 10 })`. */
  readonly limiter?: Limiter | undefined;
  /** Sends a single request: `fetch` by default, or what `transport` makes. */
  readonly fetch?: Transmit | undefined;
}

/** What every operation takes first. */
export interface Client {
  /** Sends a request, also one that the document does not describe. */
  request(request: Request, options?: CallOptions): Promise<Answer>;
}

/** URLs on which nobody listens in. */
const PRIVATE = /^http(s|:\/\/(localhost|127[.\d]+|\[::1])[:/])/;
/** Codes of failures that may pass: `network`, `invalid-body`, `timeout`. */
const PASSING = /^[ni]|ti/;
/**
 * A client of an API. This is one closure, and takes apart what it needs more than once, because
 * names inside a function cost a bundle nothing and property names do: the whole must stay within
 * 4 kB.
 */
export function createClient(options: ClientOptions): Client {
  // The longest wait between attempts where the server names none, in milliseconds.
  const maxBackoff = 3e4;
  // Characters of an error's message; some servers answer with a page.
  const maxMessage = 1e3;
  // No timer takes a longer delay than 2^31 - 1: it would fire at once.
  const after = (ms: number, go: () => void): ReturnType<typeof setTimeout> =>
    setTimeout(go, Math.min(ms, 2e9));
  // Retries to spend while nothing succeeds: an outage must not multiply the requests.
  const fullBudget = 10;
  let budget: number = fullBudget;
  if (/[?#@]/.test(options.baseUrl)) throw TypeError('baseUrl');

  const run = async (request: Request, call?: CallOptions): Promise<Answer> => {
    const settings: ClientOptions & CallOptions = { ...options, ...call };
    const { signal: stopped, timeout = options.timeout ?? 3e5 } = settings;
    const {
      attempts = 5,
      maxRetryAfter = 6e4,
      when,
    }: RetryOptions = { ...options.retry, ...call?.retry };
    const {
      method,
      body: given,
      decode,
      origin = settings.baseUrl,
      idempotent = !/^P[AO]/.test(method),
    } = request;
    const url = new URL(request.url ?? origin.replace(/\/$/, '') + targetOf(request));
    const [type, content]: ReturnType<Payload> | [] =
      given === undefined
        ? []
        : typeof given === 'function'
          ? given()
          : ['application/json', JSON.stringify(given)];
    const secrets: string[] = [];
    // How often a 401 may be answered with a fresh key: once, where a function gives it.
    let renewals: number | undefined;
    let number = 1;
    // Why the attempt before failed.
    let last: unknown;
    // Milliseconds before the next attempt, and what they are waited out with.
    let wait = 0;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    // Requests that were sent and of which nobody knows whether they were applied.
    let open = 0;

    const mask = (text: string): string =>
      secrets.reduce(
        (masked, secret) =>
          masked.replace(
            // Whatever is no letter or digit may be written as URLs and JSON escape it.
            RegExp(secret.replace(/\W/g, '(%..|\\\\u....|\\\\?\\W)'), 'gi'),
            '***',
          ),
        text,
      );

    const fail: Fail = (code, text = code, facts) =>
      Object.assign(new ApiError(mask(`${method} ${url}: ${text}`).slice(0, maxMessage)), {
        code,
        operation: request.id,
        request: { method, url: mask(url.href) },
        messages: [],
        outcome: open && /^[DP]/.test(method) ? 'unknown' : undefined,
        ...facts,
      });

    // In Node the cause tells what happened.
    const network = (error: { readonly cause?: unknown }): never => {
      throw error instanceof ApiError ? error : fail('network', `${error.cause ?? error}`);
    };

    const attempt = async (): Promise<Answer> => {
      if (wait) await new Promise<void>((go) => (waiting = after(wait, go)));
      const to = new URL(url);
      if (
        (!settings.allowInsecure && !PRIVATE.test(to.href)) ||
        (to.origin !== new URL(origin).origin && !settings.allowedUrls?.test(to.href))
      )
        throw fail('refused');
      const report = await settings.limiter?.(request, signal);
      const pairs: Pairs[number][] = [
        ...(request.headers ?? []),
        ...Object.entries({
          'Content-Type': type,
          'User-Agent': settings.userAgent,
          ...options.headers,
          ...call?.headers,
        }),
      ];
      for (const { secret, present } of (!request.anonymous && settings.credentials) || []) {
        let key = secret;
        if (typeof key !== 'string') {
          renewals ??= 1;
          key = await key();
        }
        if (!key) throw fail('refused');
        secrets.push(key);
        pairs.push(present(key, to, pairs, secrets));
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
      signal.throwIfAborted();
      open++;
      const response = await (settings.fetch ?? fetch)(
        to,
        { method, headers, body: content ?? null, signal, redirect: 'manual' },
        { request, attempt: number, fail, unsent: () => open-- },
      ).catch(network);
      const { status, ok, headers: received } = response;
      const body = await response[ok && decode === 'binary' ? 'blob' : 'text']().catch(network);
      if (ok) {
        try {
          const none = decode === 'none' || (!body && status > 203);
          const value = none ? undefined : decode ? body : JSON.parse(body as string);
          return { status, headers: received, url: url.href, body: value, mask };
        } catch {
          throw fail('invalid-body');
        }
      }
      if (status < 500) open--;
      const asked = retryAfter(received);
      report?.(status, asked);
      const text = mask(body as string);
      let said: unknown;
      let texts: string[];
      try {
        said = JSON.parse(text);
        texts = messages(said as Said);
      } catch {
        // A proxy's page, or JSON that is nested too deep to look through: the text will do.
        texts = messages((said = text) as Said);
      }
      throw fail(status === 429 ? 'rate-limit' : 'http', `${status} ${texts}`, {
        status,
        headers: new Headers(
          [...received].map(([name, value]): [string, string] => [name, mask(value)]),
        ),
        body: said,
        messages: texts,
        retryAfter: asked,
      });
    };

    const control = new AbortController();
    const { signal } = control;
    // Ends whatever is waited for, also what takes no notice of the signal.
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- nobody else listens that way
    const ended = new Promise<never>((_, reject) => (signal.onabort = reject));
    // A signal's event comes along, a timer gives nothing.
    const stop = (event?: unknown): void => control.abort(event ? 'aborted' : 'timeout');
    stopped?.addEventListener('abort', stop);
    if (stopped?.aborted) stop(stopped);
    const timer = after(timeout, stop);
    try {
      for (; ; number++) {
        try {
          const answer = await Promise.race([attempt(), ended]);
          if (budget < fullBudget) budget += 0.1;
          return answer;
        } catch (error) {
          if (signal.aborted)
            throw fail(signal.reason, undefined, { cause: stopped?.reason ?? last });
          // What a user's own function throws has none of these, and is final. A number that is
          // absent is neither more nor less than another.
          const { code, status, retryAfter: asked, outcome } = (last = error) as Required<ApiError>;
          const again =
            number < attempts &&
            !(asked > maxRetryAfter) &&
            (when?.(error as ApiError) ??
              (status === 429 ||
                (status === 401 && renewals && renewals--) ||
                ((status > 499 || PASSING.test(code)) &&
                  (idempotent || !outcome) &&
                  budget > 1 &&
                  budget--)));
          if (!again) throw error;
          // Never before the server's time, and not everybody at it.
          wait = (asked ?? 0) + Math.random() * Math.min(asked ?? maxBackoff, 250 * 2 ** number);
        }
      }
    } finally {
      [timer, waiting].forEach(clearTimeout);
      stopped?.removeEventListener('abort', stop);
    }
  };
  return { request: run };
}

/** Sends a request and gives the answer's body. */
export async function send<T>(
  client: Client,
  options: CallOptions | undefined,
  request: Request,
): Promise<T> {
  // The document says that T comes; a server that breaks its word is not found out here.
  return (await client.request(request, options)).body as T;
}
