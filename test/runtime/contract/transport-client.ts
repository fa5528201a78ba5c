import { type Client, createClient, type Request } from '../../../templates/runtime/client.ts';
import { bearer, headerKey } from '../../../templates/runtime/transport/credentials.ts';
import {
  transport,
  type TransportOptions,
} from '../../../templates/runtime/transport/transport.ts';
import type { Server } from './server.ts';

export const get: Request = { id: 'getThing', method: 'GET', path: '/things' };

export const key = 'k3y-of-mine';

export function clientOf({ origin }: Server, options: TransportOptions = {}): Client {
  return createClient({
    baseUrl: origin,
    credentials: [bearer(key), headerKey('X-Cisco-Meraki-API-Key', key)],
    fetch: transport(options),
    retry: { attempts: 1 },
  });
}
