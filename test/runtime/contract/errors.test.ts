import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import {
  basic,
  bearer,
  cookieKey,
  type Credential,
  headerKey,
  queryKey,
} from '../../../templates/runtime/transport/credentials.ts';
import { ApiError } from '../../../templates/runtime/answers/errors.ts';
import { linkPages, listItems, paginate } from '../../../templates/runtime/pages/paginate.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';
import { broken, fakeFetch, status } from './fake.ts';
import { json, rejection, serve } from './server.ts';

const put: Request = {
  id: 'updateThing',
  method: 'PUT',
  path: '/things/1',
  query: [['a', 'b']],
  body: { x: 1 },
};

async function failing(
  body: unknown,
  code = 400,
  headers: Record<string, string> = {},
): Promise<ApiError> {
  const { fetch } = fakeFetch(status(code, headers, body));
  const client = createClient({
    baseUrl: 'https://api.example.com/v1',
    fetch: transport({ fetch }),
    retry: { attempts: 1 },
  });
  return rejection(send(client, undefined, () => put));
}

test('an error tells what was asked and what came', async () => {
  const error = await failing({ errors: ['Name is taken', 'Tags are bad'] }, 400, {
    'X-Request-Id': '7',
  });
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'ApiError',
    code: 'http',
    operation: 'updateThing',
    status: 400,
    messages: ['Name is taken', 'Tags are bad'],
    body: { errors: ['Name is taken', 'Tags are bad'] },
    request: { method: 'PUT', url: 'https://api.example.com/v1/things/1?a=b' },
  });
  expect(error.headers?.get('x-request-id')).toBe('7');
  expect(error.message).toBe(
    'PUT https://api.example.com/v1/things/1?a=b: 400 Name is taken,Tags are bad',
  );
});

test.each([
  ['an object', { errors: ['Name is taken'] }, ['{"errors":["Name is taken"]}']],
  ['a text', 'Name is taken', ['Name is taken']],
  ['nothing', '', []],
])('without a transport an error says the whole body: %s', async (_name, body, expected) => {
  const { fetch } = fakeFetch(status(400, {}, body));
  const error = await rejection(
    send(createClient({ baseUrl: 'https://a.example', fetch }), {}, () => put),
  );
  expect((error as ApiError).messages).toEqual(expected);
});

describe('messages are found in the shapes in use', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['a list of texts', { errors: ['a', 'b'] }, ['a', 'b']],
    ['a list of objects', { errors: [{ message: 'a', code: 1 }, { message: 'b' }] }, ['a', 'b']],
    [
      'texts by field',
      { errors: { name: ['is taken'], tags: ['is bad'] } },
      ['name: is taken', 'tags: is bad'],
    ],
    ['texts by field, in capitals', { Errors: { Name: ['is taken'] } }, ['Name: is taken']],
    ['a name in capitals', { Message: 'no such thing', Type: 'User' }, ['no such thing']],
    ['an error object', { error: { code: 404, message: 'a' } }, ['a']],
    ['an error text', { error: 'a' }, ['a']],
    ['a message', { message: 'a' }, ['a']],
    ['problem details (RFC 9457)', { title: 'a', detail: 'b' }, ['a', 'b']],
    ['a list', ['a', { message: 'b' }], ['a', 'b']],
    ['a text', 'Bad gateway', ['Bad gateway']],
    ['nothing', '', []],
    ['null', null, []],
    ['nulls in it', { errors: [null, 'a'] }, ['a']],
  ])('%s', async (_name, body, expected) => {
    expect((await failing(body)).messages).toEqual(expected);
  });
});

test('the page of a proxy is kept as text, and the message stays short', async () => {
  const page = `<html>${'x'.repeat(50_000)}</html>`;
  const error = await failing(page, 502);
  expect(error).toMatchObject({ status: 502, body: page });
  expect(error.message.length).toBeLessThanOrEqual(1000);
});

test('JSON nested ten thousand levels deep overflows no stack', async () => {
  const error = await failing('['.repeat(1e5) + ']'.repeat(1e5), 400);
  expect(error).toMatchObject({ name: 'ApiError', status: 400 });
});

test('a header that cannot be sent is refused by its name, before anything is sent', async () => {
  for (const value of ['a\r\nX-Evil: 1', 'a\nb', 'a\0b', 'smile 😀']) {
    const server = fakeFetch();
    const client = createClient({ baseUrl: 'https://api.example.com', fetch: server.fetch });
    const error = await rejection(
      send(client, { headers: { 'X-Note': `secret ${value}` } }, () => put),
    );
    expect(error).toMatchObject({ code: 'refused' });
    expect(error.message).toContain('X-Note');
    expect(inspect(error)).not.toContain('secret');
    expect(server.sent).toHaveLength(0);
  }
});

describe('credentials over plain http', () => {
  test.each([
    'http://api.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
  ])('%s is refused', async (baseUrl) => {
    const server = fakeFetch();
    const client = createClient({
      baseUrl,
      credentials: [bearer('k3y-of-mine')],
      fetch: server.fetch,
    });
    expect(await rejection(send(client, undefined, () => put))).toMatchObject({ code: 'refused' });
    expect(server.sent).toHaveLength(0);
  });

  test.each([
    'http://localhost:8080/v1',
    'http://127.0.0.1',
    'http://127.1.2.3:1',
    'http://[::1]:8080',
  ])('%s is this machine', async (baseUrl) => {
    const server = fakeFetch();
    await send(createClient({ baseUrl, fetch: server.fetch }), undefined, () => put);
    expect(server.sent).toHaveLength(1);
  });

  test('allowInsecure lets them', async () => {
    const server = fakeFetch();
    const client = createClient({
      baseUrl: 'http://intranet.example',
      allowInsecure: true,
      fetch: server.fetch,
    });
    await send(client, undefined, () => put);
    expect(server.sent).toHaveLength(1);
  });
});

describe('no sink shows a credential', () => {
  const key = 'k3y/of+mine==';
  const everywhere: readonly (readonly [string, Credential, readonly string[]])[] = [
    ['bearer', bearer(key), [key]],
    ['a function', bearer(async () => key), [key]],
    ['a header', headerKey('X-Cisco-Meraki-API-Key', key), [key]],
    ['basic', basic('me', key), [btoa(`me:${key}`)]],
    ['the query', queryKey('api_key', key), [key, encodeURIComponent(key)]],
    ['a cookie', cookieKey('session', key), [key, encodeURIComponent(key)]],
  ];

  /** Everything that a program might write somewhere. */
  function sinks(error: ApiError): string {
    return [
      String(error),
      error.message,
      error.stack,
      inspect(error, { depth: 20, showHidden: true }),
      JSON.stringify(error),
      JSON.stringify(error.body),
      JSON.stringify([...(error.headers ?? [])]),
      error.request.url,
      inspect(error.cause, { depth: 20 }),
    ].join('\n');
  }

  test.each(everywhere)('%s: when the server repeats it', async (_name, credential, forms) => {
    const server = await serve((response, { url, headers }) => {
      const said = {
        errors: [`bad ${forms.join(' ')} at ${url}`],
        headers,
        nested: [{ key: forms }],
      };
      json(response, said, 400, {
        'X-Echo': `${headers.authorization} ${encodeURIComponent(url)}`,
      });
    });
    const client = createClient({ baseUrl: server.origin, credentials: [credential] });
    const text = sinks(await rejection(send(client, undefined, () => put)));
    for (const form of forms) expect(text).not.toContain(form);
    expect(text).toContain('***');
  });

  test.each(everywhere)('%s: when the network fails', async (_name, credential, forms) => {
    const noisy = broken('ECONNRESET', `lost ${forms.join(' ')}`);
    const client = createClient({
      baseUrl: 'https://api.example.com',
      credentials: [credential],
      fetch: fakeFetch(noisy).fetch,
      retry: { attempts: 1 },
    });
    const text = sinks(await rejection(send(client, undefined, () => put)));
    for (const form of forms) expect(text).not.toContain(form);
  });

  test.each(everywhere)('%s: when a page fails', async (_name, credential, forms) => {
    const server = await serve((response, { url }, number) =>
      number === 1
        ? json(response, [1], 200, { Link: `<${url}&page=2>; rel=next` })
        : json(response, url, 400),
    );
    const client = createClient({ baseUrl: server.origin, credentials: [credential] });
    const pages = paginate(client, {}, linkPages({ items: listItems }), () => ({
      ...put,
      method: 'GET',
      body: undefined,
    }));
    const { next } = await pages;
    for (const form of forms) expect(next).not.toContain(form);
    const text = sinks(
      await rejection(
        (async () => {
          for await (const _ of pages);
        })(),
      ),
    );
    for (const form of forms) expect(text).not.toContain(form);
    // Masked or not, the key went out with the second page as it is.
    for (const { url, headers } of server.seen)
      expect(`${url} ${headers.authorization} ${JSON.stringify(headers)}`).toContain(forms.at(-1));
  });

  test('the client itself does not show it', () => {
    const client = createClient({ baseUrl: 'https://api.example.com', credentials: [bearer(key)] });
    expect(inspect(client, { depth: 20, showHidden: true })).not.toContain(key);
    expect(JSON.stringify(client)).not.toContain(key);
  });

  test('a malformed key is not told', async () => {
    const client = createClient({
      baseUrl: 'https://api.example.com',
      credentials: [bearer('k3y\nX-Evil: 1')],
    });
    const error = await rejection(send(client, undefined, () => put));
    expect(error.code).toBe('refused');
    expect(sinks(error)).not.toContain('k3y');
  });

  test('an empty key is refused', async () => {
    const client = createClient({ baseUrl: 'https://api.example.com', credentials: [bearer('')] });
    expect(await rejection(send(client, undefined, () => put))).toMatchObject({ code: 'refused' });
  });
});
