import { describe, expect, test } from 'vitest';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import { bearer, queryKey } from '../../../templates/runtime/transport/credentials.ts';
import { json, rejection, serve } from './server.ts';

const retry = { attempts: 1 };
const elsewhere = (origin: string): Request => ({
  id: 'getIt',
  method: 'GET',
  path: '/it',
  origin,
});

describe('credentials for a server that an operation names', () => {
  test.each([
    ['a token', { credentials: [bearer('secret')] }],
    ['a key in the query', { credentials: [queryKey('key', 'secret')] }],
    ['a chosen credential', { credentials: () => [bearer('secret')] }],
    ['a header of the user’s own', { headers: { Authorization: 'Bearer secret' } }],
  ])('are not sent: %s', async (_name, options) => {
    const home = await serve((response) => json(response, {}));
    const other = await serve((response) => json(response, {}));
    const client = createClient({ baseUrl: home.origin, retry, ...options });
    const error = await rejection(send(client, undefined, () => elsewhere(other.origin)));
    expect(error).toMatchObject({ code: 'refused', outcome: undefined });
    expect(error.message).toContain(`${other.origin} not in allowedUrls`);
    expect(error.message).not.toContain('secret');
    expect([home.seen, other.seen]).toEqual([[], []]);
  });

  test('are sent where the user allows it', async () => {
    const other = await serve((response) => json(response, {}));
    const client = createClient({
      baseUrl: 'http://127.0.0.1:9',
      allowedUrls: RegExp(`^${other.origin}/`),
      credentials: [bearer('secret')],
    });
    await send(client, undefined, () => elsewhere(`${other.origin}/v2`));
    expect(other.seen[0]).toMatchObject({
      url: '/v2/it',
      headers: { authorization: 'Bearer secret' },
    });
  });

  test('do not keep a request without any from it', async () => {
    const other = await serve((response) => json(response, {}));
    const options = { baseUrl: 'http://127.0.0.1:9', credentials: [bearer('secret')] };
    await send(createClient(options), undefined, () => ({
      ...elsewhere(other.origin),
      anonymous: true,
    }));
    await send(createClient({ ...options, credentials: [] }), undefined, () =>
      elsewhere(other.origin),
    );
    expect(other.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  test('are sent to a relative one, which is at home', async () => {
    const home = await serve((response) => json(response, {}));
    const client = createClient({
      baseUrl: `${home.origin}/v1`,
      credentials: [bearer('secret')],
    });
    await send(client, undefined, () => elsewhere('/v2'));
    expect(home.seen[0]).toMatchObject({
      url: '/v2/it',
      headers: { authorization: 'Bearer secret' },
    });
  });

  test('are not sent to a relative one that names a host', async () => {
    const other = await serve((response) => json(response, {}));
    const client = createClient({
      baseUrl: 'http://127.0.0.1:9/v1',
      credentials: [bearer('secret')],
    });
    const origin = other.origin.replace('http:', '');
    const error = await rejection(send(client, { retry }, () => elsewhere(origin)));
    expect(error.code).toBe('refused');
    expect(other.seen).toEqual([]);
  });
});
