import { onTestFinished, vi } from 'vitest';
import type { Transmit } from '../../../templates/runtime/call.ts';

/** A clock that tests move. Promises settle between its ticks. */
export function fakeClock(random = 0.5): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  vi.spyOn(Math, 'random').mockReturnValue(random);
  onTestFinished(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}

export interface FakeFetch {
  readonly fetch: Transmit;
  /** When requests were sent, in milliseconds after the first. */
  readonly times: readonly number[];
  readonly sent: readonly {
    readonly url: URL;
    readonly headers: Headers;
    readonly signal: AbortSignal;
  }[];
}

type Reply = Response | Error | ((signal: AbortSignal) => Response | Promise<Response>);

/** Answers in turn, the last answer for ever. */
export function fakeFetch(...replies: readonly (() => Reply)[]): FakeFetch {
  const times: number[] = [];
  const sent: { url: URL; headers: Headers; signal: AbortSignal }[] = [];
  let start: number | undefined;
  const fetch: Transmit = async (url, { headers, signal }) => {
    if (signal.aborted) throw signal.reason;
    start ??= performance.now();
    times.push(Math.round(performance.now() - start));
    sent.push({ url, headers, signal });
    const reply = replies[Math.min(sent.length, replies.length) - 1]?.() ?? new Response('{}');
    if (reply instanceof Error) throw reply;
    return reply instanceof Response ? reply : reply(signal);
  };
  return { fetch, times, sent };
}

export const ok =
  (body: unknown = {}): (() => Response) =>
  () =>
    new Response(JSON.stringify(body));

export const status =
  (code: number, headers: Record<string, string> = {}, body: unknown = {}) =>
  (): Response =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status: code, headers });

/** What Node's fetch rejects with when a connection breaks. */
export const broken =
  (code = 'ECONNRESET', message = 'socket hang up') =>
  (): Error =>
    Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error(message), {
        code,
        ...(code.startsWith('HPE_') && { name: 'HTTPParserError' }),
      }),
    });

/** Lets everything happen that happens within the time. */
export async function settle<T>(promise: Promise<T>, ms = 600_000): Promise<T> {
  promise.catch(() => {});
  await vi.advanceTimersByTimeAsync(ms);
  return promise;
}
