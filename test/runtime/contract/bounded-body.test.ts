// What a layer around the transport may do with an answer: every limit holds, however it is read.
import { expect, test } from 'vitest';
import type { Transmit } from '../../../templates/runtime/call.ts';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';
import { rejection, serve } from './server.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things' };
const text = JSON.stringify({ name: 'Zoë 😀', list: Array.from({ length: 5000 }, (_, at) => at) });

/** Calls a server that sends `text` in pieces, with a layer that sees the answer first. */
async function call(
  look: (response: Response) => unknown,
  options: { maxResponseBytes?: number; body?: string; length?: boolean; status?: number } = {},
): Promise<unknown> {
  const { body = text, length = false, status = 200 } = options;
  const server = await serve((response) => {
    const bytes = Buffer.from(body);
    response.statusCode = status;
    response.setHeader('Content-Type', 'application/json');
    if (length) response.setHeader('Content-Length', bytes.length);
    for (let at = 0; at < bytes.length; at += 1001) response.write(bytes.subarray(at, at + 1001));
    response.end();
  });
  const inner = transport(options);
  const layer: Transmit = async (url, init, attempt) => {
    const response = await inner(url, init, attempt);
    await look(response);
    return response;
  };
  const client = createClient({
    baseUrl: server.origin,
    fetch: layer,
    retry: { attempts: 1 },
  });
  return send(client, undefined, () => get);
}

test.each([true, false])('a clone is read beside the answer, length told: %s', async (length) => {
  let copy: unknown;
  const body = await call(
    async (response) => {
      const clone = response.clone();
      expect([clone.status, clone.url, clone.ok]).toEqual([200, response.url, true]);
      copy = await clone.json();
    },
    { length },
  );
  expect(copy).toEqual(JSON.parse(text));
  expect(body).toEqual(JSON.parse(text));
});

test('an answer may be cloned twice', async () => {
  const copies: string[] = [];
  await call(async (response) => {
    copies.push(await response.clone().text(), await response.clone().text());
  });
  expect(copies).toEqual([text, text]);
});

test.each([true, false])('a clone is held to the limit, length told: %s', async (length) => {
  const error = await rejection(
    call((response) => response.clone().text(), { maxResponseBytes: 1000, length }),
  );
  expect(error).toMatchObject({ code: 'too-large' });
});

test('the stream of a body is cut off in an error, and refused in a success', async () => {
  const read = async (response: Response): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body!) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  let cut = '';
  const look = async (response: Response): Promise<never> => {
    cut = await read(response);
    throw new Error('seen');
  };
  await rejection(call(look, { maxResponseBytes: 1500, status: 500 }));
  expect(cut).toBe(Buffer.from(text).subarray(0, 1500).toString());
  await expect(call(read, { maxResponseBytes: 1500 })).rejects.toThrow('body over 1500 bytes');
});

test('nothing of a body that is nested too deep is given, whole or as JSON', async () => {
  const body = '['.repeat(501) + ']'.repeat(501);
  for (const look of [
    (response: Response) => response.text(),
    (response: Response) => response.json(),
    (response: Response) => response.clone().text(),
  ])
    await expect(call(look, { body })).rejects.toThrow('nested too deep');
});
