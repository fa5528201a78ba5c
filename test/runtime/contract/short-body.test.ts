// A body whose length is known and small is read in one piece; every limit holds for it too.
import { expect, test } from 'vitest';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import { answerTable, asBlob } from '../../../templates/runtime/answers/table.ts';
import {
  transport,
  type TransportOptions,
} from '../../../templates/runtime/transport/transport.ts';
import { rejection, serve } from './server.ts';

const get: Request = { id: 'getThing', method: 'GET', path: '/things' };
const head = { 'Content-Type': 'application/json' };

/** Calls a server that says `length` and sends `text`, then ends or hangs. */
async function call(
  text: string,
  {
    length = Buffer.byteLength(text),
    hangs = false,
    request = get,
    ...options
  }: TransportOptions & { length?: number; hangs?: boolean; request?: Request } = {},
): Promise<unknown> {
  const server = await serve((response) => {
    response.writeHead(200, { ...head, 'Content-Length': length });
    response.write(text);
    if (hangs) return;
    if (length === Buffer.byteLength(text)) response.end();
    // The head must have come before the connection ends.
    else setTimeout(() => response.destroy(), 50);
  });
  const client = createClient({
    baseUrl: server.origin,
    fetch: transport(options),
    retry: { attempts: 1 },
  });
  return send(client, undefined, () => request);
}

test('a short body is what the server sent', async () => {
  expect(await call('{"name":"Zoë","list":[1,2]}')).toEqual({ name: 'Zoë', list: [1, 2] });
});

test('a short body loses its byte-order mark', async () => {
  expect(await call('\uFEFF{"a":1}')).toEqual({ a: 1 });
});

test('a short body may be a Blob, with its type', async () => {
  const request = { ...get, answers: answerTable([{ status: 200, type: '*/*', read: asBlob }]) };
  const blob = await call('{"a":1}', { request });
  expect(blob).toBeInstanceOf(Blob);
  expect(blob).toMatchObject({ size: 7, type: 'application/json' });
});

test('a short body that is nested too deep is refused', async () => {
  const error = await rejection(call('['.repeat(600) + ']'.repeat(600)));
  expect(error).toMatchObject({ code: 'invalid-body' });
  expect(error.message).toContain('nested too deep');
});

test('a short body that is cut off says so', async () => {
  const error = await rejection(call('{"a":', { length: 20 }));
  expect(error).toMatchObject({ code: 'invalid-body' });
  expect(error.message).toContain('cut off');
});

test('a short body that never ends is given up', async () => {
  const error = await rejection(call('{"a":', { length: 20, hangs: true, bodyTimeout: 50 }));
  expect(error).toMatchObject({ code: 'timeout' });
});

test('a short body over the limit is refused', async () => {
  const error = await rejection(call('{"a":"some text"}', { maxResponseBytes: 10 }));
  expect(error).toMatchObject({ code: 'too-large' });
});

// The second has fewer characters than the limit has bytes.
test.each(['x'.repeat(1000), '水'.repeat(60)])(
  'a lie for a length lifts no limit',
  async (long) => {
    const text = `"${long}"`;
    const lie = async (): Promise<Response> =>
      new Response(text, { headers: { ...head, 'Content-Length': '5' } });
    const error = await rejection(call('', { fetch: lie, maxResponseBytes: 100 }));
    expect(error).toMatchObject({ code: 'too-large' });
  },
);
