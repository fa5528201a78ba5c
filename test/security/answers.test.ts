import { expect, test } from 'vitest';
import { createClient, type Request, send } from '../../templates/runtime/client.ts';
import { transport } from '../../templates/runtime/transport/transport.ts';
import type { Transmit } from '../../templates/runtime/call.ts';
import { rejection } from '../runtime/contract/server.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things' };

const clientOf = (fetch: Transmit): ReturnType<typeof createClient> =>
  createClient({
    baseUrl: 'https://api.example.com',
    fetch: transport({ fetch, allowedUrls: /example\.com/ }),
    retry: { attempts: 1 },
  });

test.each([
  'http://api.example.com/things',
  'http://files.example.com/things',
  '//files.example.com:80/../http://x',
])('a redirect never leaves https: for %s', async (location) => {
  const sent: string[] = [];
  const client = clientOf(async (url) => {
    sent.push(url.protocol);
    return sent.length === 1
      ? new Response(null, { status: 307, headers: { Location: location } })
      : new Response('{}');
  });
  if (location.startsWith('http:'))
    expect(await rejection(send(client, undefined, () => get))).toMatchObject({ code: 'redirect' });
  else await send(client, undefined, () => get);
  expect(new Set(sent)).toEqual(new Set(['https:']));
});

/** What `fetch` gives for such a head, which the constructor does not take. */
function odd(body: string, facts: object): Response {
  const response = new Response(body, { headers: { 'Content-Type': 'application/json' } });
  for (const [name, value] of Object.entries(facts))
    Object.defineProperty(response, name, { value });
  return response;
}

test.each(['OK – schön', 'Très bien', '好'])(
  'a reason phrase %j loses no answer',
  async (statusText) => {
    const client = clientOf(async () => odd('{"a":1}', { statusText }));
    expect(await send(client, undefined, () => get)).toEqual({ a: 1 });
  },
);

test.each([600, 742, 999])('a status of %i is an error that says so', async (status) => {
  const client = clientOf(async () => odd('{"message":"odd"}', { status, ok: false }));
  const error = await rejection(send(client, undefined, () => get));
  expect(error).toMatchObject({ code: 'http', status, messages: ['odd'] });
});
