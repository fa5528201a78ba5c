import { describe, expect, test } from 'vitest';
import { createClient, send } from '../../../generated/meraki/src/runtime/client.ts';
import { headerKey } from '../../../generated/meraki/src/runtime/transport/credentials.ts';
import { transport } from '../../../generated/meraki/src/runtime/transport/transport.ts';
import { answer, type Answer } from '../../simulators/fault-acts.ts';
import type { Act, FaultServer } from '../../simulators/faults.ts';
import { clientAt, failure, KEY, random, serve } from './client.ts';

const networkId = 'N_1';
const body = { name: 'HQ' };
const loopback = /^http:\/\/127\.0\.0\.1:\d+\//;

/** Sends the client elsewhere. */
const to = (location: string, status = 302): Act =>
  answer({ status, headers: { Location: location } });

/** Sends the client to another server, at the place that was asked for. */
const toServer = ({ origin }: FaultServer, status = 307): Act =>
  answer(({ target }): Answer => ({ status, headers: { Location: origin + target } }));

/** Host names that lead to servers here; whatever leads elsewhere is a request that must not be. */
function hosts(names: Readonly<Record<string, FaultServer>>): {
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>;
  readonly asked: readonly string[];
} {
  const asked: string[] = [];
  return {
    asked,
    fetch: (url, init) => {
      asked.push(url.href);
      const server = names[url.origin];
      if (!server) throw new Error(`a request to ${url.origin}`);
      return fetch(server.origin + url.pathname + url.search, init);
    },
  };
}

describe('R50: a redirect to another origin', () => {
  test.each([301, 302, 303, 307, 308])(
    'R50: %i is not followed: no key, no body, no connection goes there',
    async (status) => {
      const evil = await serve(answer());
      const server = await serve(toServer(evil, status));
      const { networks } = clientAt(server.origin);
      const error = await failure(networks.updateNetwork({ networkId, body }));
      expect(error).toMatchObject({ name: 'ApiError', code: 'redirect' });
      expect(error.message).toContain(`redirect to ${evil.origin} is not allowed`);
      expect([evil.connections, evil.wire]).toEqual([0, '']);
      expect(server.requests).toHaveLength(1);
    },
  );

  test('R50: nor with the key in a header of the API’s own', async () => {
    const evil = await serve(answer());
    const server = await serve(toServer(evil));
    const request = { id: 'create', method: 'POST', path: '/things', body };
    const credentials = [headerKey('X-Cisco-Meraki-API-Key', KEY)];
    for (const fetch of [transport(), undefined]) {
      const client = createClient({ baseUrl: server.origin, credentials, fetch });
      const error = await failure(send(client, undefined, () => request));
      expect(error.outcome).toBeUndefined();
    }
    expect(server.wire).toContain(KEY);
    expect(evil.wire).toBe('');
  });
});

test('R51: a redirect from https to http on the same host is refused', async () => {
  const server = await serve(to('http://api.example.com/x'));
  const { fetch, asked } = hosts({
    'https://api.example.com': server,
    'http://api.example.com': server,
  });
  const { networks } = clientAt('https://api.example.com', { fetch });
  const error = await failure(networks.getNetwork({ networkId }));
  expect(error).toMatchObject({ code: 'redirect' });
  expect(asked).toEqual(['https://api.example.com/networks/N_1']);
});

describe('R52: redirects without an end', () => {
  test.each([
    ['a place that leads to itself', (): Act => to('/networks/N_1')],
    [
      'a chain',
      (): Act => answer(({ target }) => ({ status: 302, headers: { Location: `${target}0` } })),
    ],
  ])('R52: %s is an error after five, and is not tried again', async (_name, act) => {
    const server = await serve(act());
    const error = await failure(clientAt(server.origin).networks.getNetwork({ networkId }));
    expect(error).toMatchObject({ name: 'ApiError', code: 'redirect' });
    expect(error.message).toContain('more than 5 redirects');
    expect(server.requests).toHaveLength(6);
  });

  test('R52: five are followed', async () => {
    const steps = [1, 2, 3, 4, 5].map((step) => to(`/step/${step}`));
    const server = await serve(...steps, answer({ body: { id: networkId } }));
    expect(await clientAt(server.origin).networks.getNetwork({ networkId })).toEqual({
      id: networkId,
    });
  });
});

describe('R53: a redirect to an allowed host', () => {
  const shard = async (front: (shard: FaultServer) => Act[]) => {
    const there = await serve(answer(({ target }) => ({ body: { id: `shard ${target}` } })));
    const here = await serve(...front(there));
    return { there, here, client: () => clientAt(here.origin, { allowedUrls: loopback }) };
  };

  test('R53: is followed with method, body and key', async () => {
    const { client, there } = await shard((server) => [toServer(server)]);
    expect(await client().networks.updateNetwork({ networkId, body })).toEqual({
      id: 'shard /networks/N_1',
    });
    expect(there.requests[0]).toMatchObject({
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${KEY}` },
    });
  });

  test('R53: is remembered for what lies below the same resource, and for nothing else', async () => {
    const { client, here, there } = await shard((server) => [
      toServer(server),
      answer({ body: { id: 'here' } }),
    ]);
    const { appliance, networks } = client();
    await networks.getNetwork({ networkId });
    await networks.updateNetwork({ networkId, body });
    await appliance.getNetworkApplianceVlans({ networkId });
    expect(await networks.getNetwork({ networkId: 'N_2' })).toEqual({ id: 'here' });
    expect(there.requests).toHaveLength(3);
    expect(here.requests.map(({ target }) => target)).toEqual(['/networks/N_1', '/networks/N_2']);
  });

  test('R53: is remembered by one client, not by all', async () => {
    const { client, here, there } = await shard((server) => [toServer(server)]);
    await client().networks.getNetwork({ networkId });
    await client().networks.getNetwork({ networkId });
    expect([here.requests.length, there.requests.length]).toEqual([2, 2]);
  });

  test('R53: is forgotten when that host fails', async () => {
    random(0);
    const gone = await serve(
      answer({ body: { id: 'old' } }),
      answer({ status: 503 }),
      answer({ body: { id: 'late' } }),
    );
    const here = await serve(toServer(gone), answer({ body: { id: 'here' } }));
    const { networks } = clientAt(here.origin, { allowedUrls: loopback });
    expect(await networks.getNetwork({ networkId })).toEqual({ id: 'old' });
    expect(await networks.getNetwork({ networkId })).toEqual({ id: 'here' });
  });

  test('R53: the API’s own hosts are allowed, and nothing that looks like them', async () => {
    const here = await serve(to('https://n99.meraki.com/api/v1/networks/N_1'));
    const far = await serve(answer({ body: { id: 'n99' } }));
    const { fetch, asked } = hosts({
      'https://n99.meraki.com': far,
      'https://api.meraki.com': here,
    });
    const client = clientAt('https://api.meraki.com/api/v1', { fetch });
    expect(await client.networks.getNetwork({ networkId })).toEqual({ id: 'n99' });
    expect(asked).toHaveLength(2);
    for (const host of [
      'n99.meraki.com.evil.example',
      'evilmeraki.com',
      'n99.meraki.com@evil.example',
    ]) {
      const lure = await serve(to(`https://${host}/api/v1/networks/N_1`));
      const bait = hosts({ 'https://api.meraki.com': lure });
      const lured = clientAt('https://api.meraki.com/api/v1', { fetch: bait.fetch });
      const error = await failure(lured.networks.getNetwork({ networkId }));
      expect(error.code).toBe('redirect');
      expect(bait.asked).toHaveLength(1);
    }
  });
});

describe('R54: a redirect that leads nowhere good', () => {
  test.each([
    ['javascript', 'javascript:alert(1)'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:application/json,{}'],
    ['an encoded line break', '/networks/N_1%0d%0aX-Evil:%201'],
    ['a user', 'http://user:password@{host}/networks/N_1'],
    ['a user in place of the host', 'http://{host}@evil.example/'],
    ['another host without a scheme', '//evil.example/'],
    ['backslashes', 'http:\\\\evil.example/'],
    ['another port', 'http://127.0.0.1:1/'],
    ['no URL', 'http://['],
    ['nothing', ''],
  ])('R54: %s is refused', async (_name, location) => {
    const server = await serve(
      answer(({ headers }) => ({
        status: 302,
        headers: { Location: location.replace('{host}', headers['host'] ?? '') },
      })),
    );
    // Whatever is allowed besides, these are not.
    const { networks } = clientAt(server.origin, { allowedUrls: /^http:\/\/127\.0\.0\.1:9\// });
    const error = await failure(networks.getNetwork({ networkId }));
    expect(error).toMatchObject({ name: 'ApiError', code: 'redirect' });
    expect(server.requests).toHaveLength(1);
  });

  test('R54: a user is refused even where the pattern lets it pass', async () => {
    const server = await serve(
      answer(({ headers }) => ({
        status: 302,
        headers: { Location: `http://user:password@${headers['host']}/` },
      })),
    );
    const { networks } = clientAt(server.origin, { allowedUrls: /./ });
    const error = await failure(networks.getNetwork({ networkId }));
    expect(error.message).toContain('a user or a line break');
    expect(server.requests).toHaveLength(1);
  });

  test('R54: a line break in the header itself is a broken answer', async () => {
    random(0);
    const server = await serve(to('/x\rX-Evil: 1'));
    const error = await failure(clientAt(server.origin).networks.getNetwork({ networkId }));
    expect(error.name).toBe('ApiError');
    expect(server.requests.every(({ headers }) => !('x-evil' in headers))).toBe(true);
    expect(server.requests.every(({ target }) => target === '/networks/N_1')).toBe(true);
  });
});
