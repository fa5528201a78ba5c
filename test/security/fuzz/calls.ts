import fc from 'fast-check';
import { createClient as createMeraki } from '../../../generated/meraki/src/client.ts';
import {
  getOrganizations,
  getOrganizationActionBatches,
} from '../../../generated/meraki/src/organizations.ts';
import { getNetworkClients } from '../../../generated/meraki/src/networks.ts';
import { transport as merakiTransport } from '../../../generated/meraki/src/runtime/transport/transport.ts';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import {
  cursorPages,
  itemsAt,
  linkPages,
  listItems,
  numberPages,
  offsetPages,
  paginate,
  urlPages,
} from '../../../templates/runtime/pages/paginate.ts';
import { bearer, queryKey } from '../../../templates/runtime/transport/credentials.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';
import {
  type HostileAnswer,
  hostileAnswers,
  hostileText,
  junk,
  mostly,
  target,
} from './answers.ts';
import { hostileServer, key, timeout, watched } from './watch.ts';

const request: Request = { id: 'getThings', method: 'GET', path: '/things' };
const post: Request = { id: 'makeThing', method: 'POST', path: '/things', body: { name: 'a' } };

const bodies: fc.Arbitrary<unknown> = fc.oneof(
  junk,
  fc.array(junk, { maxLength: 3 }),
  fc.record(
    {
      items: mostly<unknown>([{ id: 1 }], [], [1, 2]),
      next: fc.oneof(target, junk, fc.constant([{ rel: 'next', href: '/next' }])),
      total: mostly<unknown>(1, 2, null),
      errors: fc.array(fc.oneof(hostileText, junk), { maxLength: 3 }),
      message: hostileText,
    },
    { requiredKeys: [] },
  ),
);

const strategies = [
  () => linkPages({ items: listItems }),
  () => linkPages({ items: itemsAt(['items']), direction: 'prev' as const }),
  () => urlPages({ items: itemsAt(['items']), url: ['next'] }),
  () => cursorPages({ items: itemsAt(['items']), param: 'from', cursor: ['next'] }),
  () => numberPages({ items: itemsAt(['items']), param: 'page', total: ['total'] }),
  () => offsetPages({ items: itemsAt(['items']), param: 'offset', total: ['total'] }),
] as const;

/** Which client asks for what. */
export interface Call {
  readonly kind: 'call';
  readonly client: 'client' | 'query' | 'meraki';
  /** A single call, a change, or one of the listings. */
  readonly what: number;
  readonly answers: readonly HostileAnswer[];
}

export const calls: fc.Arbitrary<Call> = fc.record({
  kind: fc.constant('call' as const),
  client: fc.constantFrom('client', 'query', 'meraki'),
  what: fc.nat(strategies.length + 1),
  answers: fc.array(hostileAnswers(bodies), { minLength: 1, maxLength: 4 }),
});

/** What is wrong with how a call or a listing takes the answers. */
export async function judgeCall(call: Call): Promise<readonly string[]> {
  const server = hostileServer(call.answers);
  const { faults } = await watched(() => sent(call, server.fetch));
  return [...server.faults, ...faults];
}

async function sent({ client: kind, what }: Call, fetch: typeof hostileFetch): Promise<unknown> {
  const settings = { timeout, retry: { attempts: 1 } };
  if (kind === 'meraki') {
    const allowedUrls = /^https:\/\/([\w-]+\.)*meraki\.com\//;
    const sending = merakiTransport({ fetch, allowedUrls });
    const client = createMeraki({ ...settings, fetch: sending, userAgent: 'Fuzz', apiKey: key });
    if (what === 0) return getOrganizations(client);
    if (what === 1) return getOrganizationActionBatches(client, { organizationId: '1' });
    return taken(getNetworkClients(client, { networkId: 'N_1' }));
  }
  const allowedUrls = /^https:\/\/([\w-]+\.)*example\.com\//;
  const client = createClient({
    ...settings,
    baseUrl: 'https://api.example.com/v1',
    allowedUrls,
    credentials: [kind === 'query' ? queryKey('key', key) : bearer(key)],
    fetch: transport({ fetch, allowedUrls }),
  });
  if (what === 0) return send(client, undefined, () => request);
  if (what === 1) return send(client, undefined, () => post);
  const strategy = strategies[what - 2];
  if (strategy === undefined) throw new Error(`There is no listing ${what}.`);
  return taken(paginate(client, undefined, strategy(), () => request));
}

/** The first items of a list: a hostile server's list need not end. */
async function taken(list: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of list) if ((count += 1) >= 20) break;
  return count;
}

declare const hostileFetch: ReturnType<typeof hostileServer>['fetch'];
