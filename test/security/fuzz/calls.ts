import fc from 'fast-check';
import { createMeraki } from '../../../generated/meraki/src/index.ts';
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
import type { Transmit } from '../../../templates/runtime/call.ts';
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

/** The members that sentences of an error stand in. */
const words: fc.Arbitrary<unknown> = fc.record(
  { msg: junk, loc: fc.array(junk, { maxLength: 2 }), error_description: junk, title: junk },
  { requiredKeys: [] },
);

export const bodies: fc.Arbitrary<unknown> = fc.oneof(
  junk,
  fc.array(junk, { maxLength: 3 }),
  fc.record(
    {
      items: mostly<unknown>([{ id: 1 }], [], [1, 2]),
      next: fc.oneof(target, junk, fc.constant([{ rel: 'next', href: '/next' }])),
      total: mostly<unknown>(1, 2, null),
      errors: fc.array(fc.oneof(hostileText, junk, words), { maxLength: 3 }),
      message: fc.oneof(hostileText, junk),
      error: fc.oneof(junk, words),
      detail: fc.array(words, { maxLength: 2 }),
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
  readonly client: 'client' | 'query' | 'renewed' | 'meraki';
  readonly attempts: number;
  /** A single call, a change, or one of the listings. */
  readonly what: number;
  readonly answers: readonly HostileAnswer[];
}

export const calls: fc.Arbitrary<Call> = fc.record({
  kind: fc.constant('call' as const),
  client: fc.constantFrom('client', 'query', 'renewed', 'meraki', 'meraki'),
  attempts: fc.constantFrom(1, 1, 3),
  what: fc.nat(strategies.length + 1),
  answers: fc.array(hostileAnswers(bodies), { minLength: 1, maxLength: 4 }),
});

/** What is wrong with how a call or a listing takes the answers. */
export async function judgeCall(call: Call): Promise<readonly string[]> {
  const server = hostileServer(call.answers);
  const { faults } = await watched(() => sent(call, server.fetch));
  return [...server.faults, ...faults];
}

async function sent({ client: kind, what, attempts }: Call, fetch: Transmit): Promise<unknown> {
  const settings = { timeout, retry: { attempts } };
  if (kind === 'meraki') {
    const options = { ...settings, fetch, userAgent: 'Fuzz/1.0 Acme', apiKey: key };
    const { networks, organizations } = createMeraki({ ...options, limiter: undefined });
    if (what === 0) return organizations.getOrganizations();
    if (what === 1) return networks.updateNetwork({ networkId: 'N_1', body: { name: 'a' } });
    return taken(networks.getNetworkClients({ networkId: 'N_1' }));
  }
  const allowedUrls = /^https:\/\/([\w-]+\.)*example\.com\//;
  const credential = {
    client: bearer(key),
    query: queryKey('key', key),
    renewed: bearer(() => key),
  };
  const client = createClient({
    ...settings,
    baseUrl: 'https://api.example.com/v1',
    allowedUrls,
    credentials: [credential[kind]],
    fetch: transport({ fetch, allowedUrls }),
  });
  if (what === 0) return send(client, undefined, () => request);
  if (what === 1) return send(client, undefined, () => post);
  const strategy = strategies[what - 2];
  if (strategy === undefined) throw new Error(`There is no listing ${what}.`);
  return taken(paginate(client, undefined, strategy(), () => request));
}

/** The first items of a list: a hostile server's list need not end. */
export async function taken(list: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of list) if ((count += 1) >= 20) break;
  return count;
}
