// @ts-nocheck
import type { Client } from '../client.js';
import type { Lease } from './lease.js';

/** A client that sends nothing once the lease has ended, and ends what is under way then. */
export function fencedClient(client: Client, lease: Lease): Client {
  return {
    request: async (request, options) => {
      lease.check();
      const { signal } = options ?? {};
      return client.request(request, {
        ...options,
        signal: signal ? AbortSignal.any([signal, lease.signal]) : lease.signal,
      });
    },
  };
}

/** `fetch` as an organization's client is to use it: the last look at the lease, after all waiting. */
export function fencedFetch(lease: Lease): typeof fetch {
  return async (input, init) => {
    lease.check();
    return fetch(input, init);
  };
}
