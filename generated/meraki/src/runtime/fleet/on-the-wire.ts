// @ts-nocheck
import type { Lease } from './lease.js';

/** What is used of a socket of Node. */
interface Socket {
  readonly destroyed: boolean;
  resetAndDestroy(): void;
  destroy(): void;
  /** Below TLS stands the connection itself. */
  readonly _handle?: { readonly _parent?: { reset?(done: () => void): unknown } } | null;
}

interface Storage<T> {
  run<R>(value: T, act: () => R): R;
  getStore(): T | undefined;
}

interface Message {
  readonly request: object;
  readonly socket: Socket;
}

/**
 * The requests of this process that are on their way, by lease. A socket that is merely closed hands what it still
 * holds to the network: after a partition a request arrives a minute late. One that is reset forgets it.
 */
export class OnTheWire {
  static #ofProcess: Promise<OnTheWire> | undefined;
  readonly #leases: Storage<Lease>;
  readonly #owners = new WeakMap<object, Lease>();
  readonly #sockets = new WeakMap<Lease, Map<object, Socket>>();

  private constructor(leases: Storage<Lease>) {
    this.#leases = leases;
  }

  /** That of this process. It hears of requests what `fetch` says: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel.md */
  static watch(): Promise<OnTheWire> {
    OnTheWire.#ofProcess ??= OnTheWire.#watch();
    return OnTheWire.#ofProcess;
  }

  static async #watch(): Promise<OnTheWire> {
    // The types stand above.
    const { AsyncLocalStorage } = (await import('node:async_hooks' as string)) as {
      AsyncLocalStorage: new () => Storage<Lease>;
    };
    const { subscribe } = (await import('node:diagnostics_channel' as string)) as {
      subscribe(channel: string, hear: (message: Message) => void): void;
    };
    const wire = new OnTheWire(new AsyncLocalStorage());
    subscribe('undici:request:create', ({ request }) => wire.#made(request));
    subscribe('undici:client:sendHeaders', ({ request, socket }) => wire.#sent(request, socket));
    subscribe('undici:request:trailers', ({ request }) => wire.#ended(request));
    subscribe('undici:request:error', ({ request }) => wire.#ended(request));
    return wire;
  }

  /** Cuts off what is on its way when the lease ends: before others hear of its end, who would close it. */
  guard(lease: Lease): void {
    this.#sockets.set(lease, new Map());
    lease.signal.addEventListener('abort', () => this.#cut(lease));
  }

  /** Sends a request of one whose lease is guarded. */
  send<R>(lease: Lease, act: () => R): R {
    return this.#leases.run(lease, act);
  }

  #made(request: object): void {
    const lease = this.#leases.getStore();
    if (lease) this.#owners.set(request, lease);
  }

  #sent(request: object, socket: Socket): void {
    const lease = this.#owners.get(request);
    if (!lease) return;
    if (lease.left === 0) reset(socket);
    else this.#sockets.get(lease)?.set(request, socket);
  }

  #ended(request: object): void {
    const lease = this.#owners.get(request);
    if (lease) this.#sockets.get(lease)?.delete(request);
  }

  #cut(lease: Lease): void {
    for (const socket of this.#sockets.get(lease)?.values() ?? []) reset(socket);
    this.#sockets.delete(lease);
  }
}

function reset(socket: Socket): void {
  if (socket.destroyed) return;
  try {
    socket.resetAndDestroy();
  } catch {
    // Node resets no connection under TLS by itself: https://nodejs.org/api/net.html#socketresetanddestroy
    socket._handle?._parent?.reset?.(() => {});
    socket.destroy();
  }
}
