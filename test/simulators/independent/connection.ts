import type { Client } from '../../../templates/runtime/call.ts';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Answer } from './delivery.ts';
import type { Answering } from './server.ts';

interface Init {
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null;
  readonly signal: AbortSignal;
}

/**
 * What a process that is dead waits for. A new one each time: one for all would hold whatever waits for it,
 * that is, every process that was ever killed.
 */
const never = (): Promise<never> => new Promise(() => {});

/**
 * What one process has of a server: a `fetch` that needs no sockets, on a clock that costs no time. A
 * request takes a while to arrive, and its answer to come back; a process that is killed hears of nothing.
 */
export class Connection {
  readonly #server: Answering;
  readonly #clock: Clock;
  readonly #random: Random;
  #isAlive = true;

  constructor(server: Answering, clock: Clock, random: Random) {
    this.#server = server;
    this.#clock = clock;
    this.#random = random;
  }

  /** Ends the process. What it has sent may arrive all the same. */
  kill(): void {
    this.#isAlive = false;
  }

  /** The process's clock: what it waits for when it is killed never comes. */
  readonly clock: Clock = {
    now: () => this.#clock.now(),
    sleep: async (ms, signal) => {
      if (this.#isAlive) await this.#clock.sleep(ms, signal);
      return this.#isAlive ? undefined : never();
    },
  };

  /**
   * The process's client, which gives no answer once the process is dead. The call itself ends: its timer
   * runs on the system's clock, and would hold the process for minutes.
   */
  mortal(client: Client): Client {
    return {
      request: async (request, options) => {
        try {
          return await client.request(request, options);
        } finally {
          if (!this.#isAlive) await never();
        }
      },
    };
  }

  readonly fetch = async (url: URL, init: Init): Promise<Response> => {
    if (!this.#isAlive) return unread();
    const { method, headers, body, signal } = init;
    await this.#travel(signal);
    if (!this.#isAlive && this.#random() < 0.5) return unread();
    const sent: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    const authorization = headers.get('Authorization') ?? undefined;
    const request = { method, url, authorization, body: sent };
    const answer = this.#server.answer(request, this.#clock.now());
    if (answer.wait !== undefined) await this.#clock.sleep(answer.wait, signal);
    await this.#travel(signal);
    return this.#isAlive ? received(answer) : unread();
  };

  async #travel(signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(20 + this.#random() * 130, signal);
    if (signal.aborted && this.#isAlive) throw signal.reason;
  }
}

/** Ends the call of a dead process for good: nothing is sent again after 400. */
function unread(): Response {
  return new Response(null, { status: 400 });
}

/** What a platform's `fetch` makes of an answer. */
function received({ status, headers = {}, text, delivery = 'whole' }: Answer): Response {
  switch (delivery) {
    case 'none':
      throw failure('ECONNRESET');
    case 'refused':
      throw failure('ECONNREFUSED');
    case 'malformed':
      throw failure('UND_ERR_HEADERS_OVERFLOW');
    case 'cut':
    case 'whole': {
      const all = text?.() ?? null;
      const type = all === null ? {} : { 'Content-Type': 'application/json' };
      const init = { status, headers: { ...type, ...headers } };
      return new Response(delivery === 'cut' && all !== null ? cut(all) : all, init);
    }
  }
}

function failure(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

function cut(text: string): ReadableStream<Uint8Array> {
  let isBegun = false;
  return new ReadableStream({
    pull: (controller) => {
      if (isBegun)
        controller.error(new TypeError('terminated', { cause: failure('UND_ERR_SOCKET') }));
      else controller.enqueue(new TextEncoder().encode(text.slice(0, text.length / 2)));
      isBegun = true;
    },
  });
}
