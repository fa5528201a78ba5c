// @ts-nocheck
import type { Transmit } from '../call.js';
import type { Client } from '../client.js';
import type { Lease } from './lease.js';
import type { FleetMetrics } from './metrics.js';
import type { OnTheWire } from './on-the-wire.js';
import type { AddressPace } from './pace.js';

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

/** What stands between a worker and the API. */
export interface Gate {
  readonly lease: Lease;
  readonly pace?: AddressPace;
  readonly metrics: FleetMetrics;
  readonly wire: OnTheWire;
  readonly send: Transmit;
}

/** `fetch` as an organization's client is to use it: the last look at the lease, after all waiting. */
export function fencedFetch({ lease, pace, metrics, wire, send }: Gate): typeof fetch {
  wire.guard(lease);
  const fenced: Transmit = async (url, init, attempt) => {
    await pace?.turn(lease.signal);
    lease.check();
    metrics.request();
    return wire.send(lease, () => send(url, init, attempt));
  };
  // A client calls it with what it calls any `fetch` with.
  return fenced as typeof fetch;
}
