import { describe, expect, test } from 'vitest';
import type { Request } from '../../../templates/runtime/client.ts';
import { createClient } from '../../../templates/runtime/client.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { documentOf, emitted, moduleOf } from '../../support/emitted.ts';
import { fakeFetch, ok } from './fake.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things/1' };

describe('the base URL of a call', () => {
  test('stands in place of that of the client, and takes its credentials along', async () => {
    const { fetch, sent } = fakeFetch(ok(), ok());
    const client = createClient({
      baseUrl: 'https://api.example.com/v1',
      credentials: [bearer('key')],
      fetch,
    });
    await client.request(get, { baseUrl: 'https://eu.example.com/v2/' });
    await client.request(get);
    expect(sent.map(({ url }) => url.href)).toEqual([
      'https://eu.example.com/v2/things/1',
      'https://api.example.com/v1/things/1',
    ]);
    expect(sent[0]?.headers.get('Authorization')).toBe('Bearer key');
  });

  test('is that of the client where it is undefined', async () => {
    const { fetch, sent } = fakeFetch(ok());
    const client = createClient({ baseUrl: 'https://api.example.com', fetch });
    await client.request(get, { baseUrl: undefined });
    expect(sent[0]?.url.href).toBe('https://api.example.com/things/1');
  });

  test.each([
    ['https://user:secret@api.example.com'],
    ['https://api.example.com?key=secret'],
    ['https://api.example.com#secret'],
  ])('%s rejects, and is not repeated in the message', async (baseUrl) => {
    const { fetch, sent } = fakeFetch(ok());
    const client = createClient({ baseUrl: 'https://api.example.com', fetch });
    await expect(client.request(get, { baseUrl })).rejects.toThrow(/^baseUrl$/);
    expect(sent).toEqual([]);
  });

  test('to another machine over http: is refused', async () => {
    const { fetch, sent } = fakeFetch(ok());
    const client = createClient({ baseUrl: 'https://api.example.com', fetch });
    const call = client.request(get, { baseUrl: 'http://api.example.com' });
    await expect(call).rejects.toMatchObject({ code: 'refused' });
    expect(sent).toEqual([]);
  });

  test.each([
    ['getUpload', 'https://uploads.example.com/uploads', 'an absolute server of its own'],
    ['getReport', 'https://api.example.com/reports/v2/reports', 'a relative server of its own'],
  ])('wins over what %s has: %s, %s', async (name, usual) => {
    const folder = await emitted(
      documentOf({
        '/uploads': {
          servers: [{ url: 'https://uploads.example.com' }],
          get: { operationId: 'getUpload', tags: ['things'], responses: { 204: {} } },
        },
        '/reports': {
          servers: [{ url: '/reports/v2' }],
          get: { operationId: 'getReport', tags: ['things'], responses: { 204: {} } },
        },
      }),
    );
    const { createExample } = await moduleOf(folder, 'index.ts');
    const urls: string[] = [];
    const fetch = async (url: URL): Promise<Response> => {
      urls.push(url.href);
      return new Response(null, { status: 204 });
    };
    const { things } = createExample({ fetch });
    await things[name]();
    await things[name]({}, { baseUrl: 'https://test.example.com/base' });
    const path = `/${usual.split('/').at(-1)}`;
    expect(urls).toEqual([usual, `https://test.example.com/base${path}`]);
  });
});
