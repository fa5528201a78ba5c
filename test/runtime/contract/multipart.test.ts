import { describe, expect, test } from 'vitest';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import { binary, json, jsonOrBytes, text } from '../../../templates/runtime/params/body.ts';
import { form } from '../../../templates/runtime/params/form.ts';
import { multipart } from '../../../templates/runtime/params/multipart.ts';
import type { Payload } from '../../../templates/runtime/call.ts';
import { json as answer, rejection, serve } from './server.ts';

const post: Request = { id: 'post', method: 'POST', path: '/', idempotent: true };
const streamOf = (...chunks: readonly string[]): ReadableStream => new Blob([...chunks]).stream();

async function sent(body: unknown): Promise<{ readonly type: string; readonly text: string }> {
  const server = await serve((response) => answer(response, {}));
  await send(createClient({ baseUrl: server.origin }), undefined, () => ({ ...post, body }));
  const [seen] = server.seen;
  return { type: seen?.headers['content-type'] ?? '', text: seen?.body ?? '' };
}

function bodyOf(payload: Payload | undefined): Promise<FormData> {
  const [type, content] = payload?.() ?? [];
  return new Response(content, { headers: { 'Content-Type': type ?? '' } }).formData();
}

describe('bytes are sent as they are', () => {
  test.each([
    ['a Blob', new Blob(['DATA'])],
    ['a File', new File(['DATA'], 'a.txt')],
    ['an ArrayBuffer', new TextEncoder().encode('DATA').buffer],
    ['a view', new TextEncoder().encode('-DATA-').subarray(1, 5)],
    ['a DataView', new DataView(new TextEncoder().encode('DATA').buffer)],
    ['a Buffer', Buffer.from('DATA')],
    ['a stream', streamOf('DA', 'TA')],
  ])('%s', async (_name, value) => {
    const [first, second] = value instanceof ReadableStream ? value.tee() : [value, value];
    expect((await sent(jsonOrBytes(first, '*/*'))).text).toBe('DATA');
    const within = await sent(multipart({ file: second }));
    expect(within.text).toContain('filename="');
    expect(within.text).toContain('\r\n\r\nDATA\r\n');
  });

  test.each([
    ['JSON', jsonOrBytes(streamOf('x'), 'application/json'), 'application/json'],
    ['a text', text(new Blob(['x'], { type: 'text/csv' }), 'text/csv'), 'text/csv'],
    ['a range', binary(new Blob(['x'], { type: 'image/png' }), 'image/*'), 'image/png'],
    [
      'a range that they are not in',
      binary(new Blob(['x'], { type: 'a/b' }), 'image/*'),
      'application/octet-stream',
    ],
    ['anything', binary(new Blob(['x'], { type: 'a/b' }), '*/*'), 'a/b'],
    ['another type', binary(new Blob(['x'], { type: 'a/b' }), 'image/png'), 'image/png'],
  ])('where the document has %s', async (_name, payload, type) => {
    expect(await sent(payload)).toEqual({ type, text: 'x' });
  });

  test('and never as {} inside JSON', async () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1:9' });
    const body = json({ list: [{ file: new Blob(['x']) }] }, 'application/json');
    const error = await rejection(send(client, undefined, () => ({ ...post, body })));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe('file: JSON holds no bytes');
  });
});

describe('a stream', () => {
  test('is sent once: a failure is not repeated', async () => {
    const server = await serve((response) => response.writeHead(503).end());
    const client = createClient({ baseUrl: server.origin });
    const body = binary(streamOf('DATA'), 'text/plain');
    const error = await rejection(send(client, undefined, () => ({ ...post, body })));
    expect(error).toMatchObject({ code: 'http', status: 503 });
    expect(server.seen.map((seen) => seen.body)).toEqual(['DATA']);
  });

  test('between other parts comes in its place', async () => {
    const { text: got } = await sent(
      multipart({ a: 1, file: streamOf('x'.repeat(100_000)), b: 2 }),
    );
    expect(got.replaceAll(/x+/g, 'x')).toMatch(/name="a"\r\n\r\n1\r\n.*\r\nx\r\n.*name="b"/s);
  });

  test('that breaks is a failure of the call', async () => {
    const server = await serve((response) => answer(response, {}));
    const client = createClient({ baseUrl: server.origin });
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new Error('disk'));
      },
    });
    const body = multipart({ file: broken });
    expect(await rejection(send(client, undefined, () => ({ ...post, body })))).toMatchObject({
      code: 'network',
    });
  });
});

describe('a body of several parts', () => {
  test('is read back as it was meant', async () => {
    const data = await bodyOf(
      multipart({
        'na"me\r\n': 'a',
        file: new File(['f'], 'x"y\r\n.txt', { type: 'text/plain' }),
        list: ['a', 'b'],
        none: undefined,
        nothing: null,
        day: new Date(0),
        yes: true,
      }),
    );
    expect(
      [...data].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
    ).toEqual([
      ['na"me\r\n', 'a'],
      ['file', 'x"y\r\n.txt'],
      ['list', 'a'],
      ['list', 'b'],
      ['day', '1970-01-01T00:00:00.000Z'],
      ['yes', 'true'],
    ]);
  });

  test('leaves names of the prototype alone', async () => {
    const data = await bodyOf(multipart({ toString: 'a', constructor: 'b' }, undefined, {}));
    expect([...data.keys()]).toEqual(['toString', 'constructor']);
  });

  test('takes no line break in the header of a part', async () => {
    const make = (value: string): unknown =>
      multipart({ a: 'x' }, undefined, {}, { a: { 'X-A': value } })?.();
    expect(() => make('x\r\nContent-Type: text/html')).toThrow('bad header X-A');
    expect(make('x')).toBeDefined();
  });

  test('may be a FormData of the caller’s own', async () => {
    const data = new FormData();
    data.append('a', new Blob(['x']), 'x.bin');
    expect((await sent(multipart(data))).text).toContain('name="a"; filename="x.bin"');
  });
});

test('a form may be URLSearchParams of the caller’s own', async () => {
  const { text: got } = await sent(form(new URLSearchParams({ a: 'x y' })));
  expect(got).toBe('a=x+y');
});
