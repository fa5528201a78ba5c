// What a layer may do with an answer that came through `undici`: it is a Response, made on demand.
import { gzipSync } from 'node:zlib';
import * as undici from 'undici';
import { describe, expect, test } from 'vitest';
import type { Request, Transmit } from '../../../templates/runtime/call.ts';
import { createClient } from '../../../templates/runtime/client.ts';
import { undiciFetch } from '../../../templates/runtime/transport/undici.ts';
import { rejection, serve } from './server.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things' };

describe.each<[string, Record<string, string>, (text: string) => string | Buffer]>([
  ['as it is', {}, (text) => text],
  ['packed', { 'Content-Encoding': 'gzip' }, (text) => gzipSync(text)],
])('an answer that came %s', (_, headers, packed) => {
  /** What a layer around the transport sees. */
  async function seen(): Promise<Response> {
    const server = await serve((response) => {
      const bytes = packed('{"name":"Zoë"}');
      response.setHeader('Content-Length', Buffer.byteLength(bytes));
      response.writeHead(200, { 'Content-Type': 'application/json', ...headers }).end(bytes);
    });
    const send = undiciFetch(undici);
    const came: Response[] = [];
    const layer: Transmit = async (url, init, attempt) => {
      came.push(await send(url, init, attempt));
      throw new Error('seen');
    };
    const client = createClient({
      baseUrl: server.origin,
      fetch: layer,
      retry: { attempts: 1 },
    });
    await rejection(client.request(get));
    return came[0]!;
  }

  test('is a Response that can be read once', async () => {
    const response = await seen();
    expect(response).toBeInstanceOf(Response);
    expect(response.bodyUsed).toBe(false);
    expect(await response.json()).toEqual({ name: 'Zoë' });
    expect(response.bodyUsed).toBe(true);
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  test('can be copied, and streamed beside its copy', async () => {
    const response = await seen();
    const copy = response.clone();
    const streamed = new Response(response.body);
    expect([await copy.text(), await streamed.text()]).toEqual([
      '{"name":"Zoë"}',
      '{"name":"Zoë"}',
    ]);
    expect([copy.status, copy.url]).toEqual([200, response.url]);
  });

  test('is read to its end after its stream was looked at', async () => {
    const response = await seen();
    expect(response.body).toBe(response.body);
    expect(await (await response.blob()).text()).toBe('{"name":"Zoë"}');
  });
});
