import { describe, expect, test } from 'vitest';
import { events, textEvents } from '../../../templates/runtime/answers/events.ts';
import { lines, sequence } from '../../../templates/runtime/answers/lines.ts';
import type { ItemStream, StreamEvent } from '../../../templates/runtime/answers/stream.ts';
import { answerTable, type RowReader } from '../../../templates/runtime/answers/table.ts';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import { rejection } from '../contract/server.ts';
import { served, all, event } from './serving.ts';

async function eventsOf(
  chunks: readonly (string | Uint8Array)[],
  read = textEvents,
): Promise<readonly StreamEvent<unknown>[]> {
  const stream = await served(read, [{ chunks }]).stream;
  return (await all(stream.events())) as readonly StreamEvent<unknown>[];
}

describe('server-sent events follow the rules of HTML', () => {
  test.each<[string, string, readonly StreamEvent<string>[] | readonly StreamEvent<unknown>[]]>([
    ['one', 'data: a\n\n', [event('a')]],
    ['several lines of data', 'data: a\ndata: b\ndata\n\n', [event('a\nb\n')]],
    ['only one space is dropped', 'data:a\n\ndata:  b\n\n', [event('a'), event(' b')]],
    [
      'a name counts for one event',
      'event: add\ndata: 1\n\ndata: 2\n\n',
      [event('1', '', 'add'), event('2')],
    ],
    ['an id stays', 'id: 7\ndata: a\n\ndata: b\n\n', [event('a', '7'), event('b', '7')]],
    ['an empty id clears it', 'id: 7\ndata: a\n\nid\ndata: b\n\n', [event('a', '7'), event('b')]],
    ['an id with NUL means nothing', 'id: 1\0\ndata: a\n\n', [event('a')]],
    ['comments and unknown fields mean nothing', ': hi\nfoo: 1\ndata: a\n\n:\n\n', [event('a')]],
    ['without data there is no event', 'event: add\nid: 1\n\ndata: a\n\n', [event('a', '1')]],
    ['empty data is data', 'data\n\ndata:\n\n', [event(''), event('')]],
    [
      'all line ends',
      'data: a\r\rdata: b\r\n\r\ndata: c\n\n',
      [event('a'), event('b'), event('c')],
    ],
    ['a byte order mark', '\ufeffdata: a\n\n', [event('a')]],
    ['colons in data', 'data: a:b: c\n\n', [event('a:b: c')]],
    ['what no empty line ends is no event', 'data: a\n\ndata: b\n', [event('a')]],
    ['names are lower case', 'Data: a\ndata: b\n\n', [event('b')]],
  ])('%s', async (_name, text, expected) => {
    expect(await eventsOf([text])).toEqual(expected);
  });
});

describe('a stream may be cut at every byte', () => {
  const samples: readonly [string, RowReader, string, readonly unknown[]][] = [
    [
      'events',
      textEvents,
      '\ufeff: hi\r\nid: é1\r\nevent: add\r\ndata: Zoë 😀\r\ndata: b\r\n\r\rretry: 10\ndata:x\n\n',
      ['Zoë 😀\nb', 'x'],
    ],
    [
      'JSON events',
      events,
      'data: {"a":\ndata: "é"}\n\ndata: [1]\r\n\r\ndata: [DONE]\n\n',
      [{ a: 'é' }, [1]],
    ],
    ['lines', lines, '{"a":"é😀"}\r\n\n[1,2]\n3', [{ a: 'é😀' }, [1, 2], 3]],
    ['records', sequence, '\u001e{"a":\n"é"}\n\u001e[1]\n\u001e2\n', [{ a: 'é' }, [1], 2]],
  ];
  test.each(samples)('%s', async (_name, read, text, expected) => {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at <= bytes.length; at += 1) {
      const chunks = [bytes.subarray(0, at), bytes.subarray(at)].filter(({ length }) => length > 0);
      expect(await all(served(read, [{ chunks }]).stream)).toEqual(expected);
    }
    const single = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
    expect(await all(served(read, [{ chunks: single }]).stream)).toEqual(expected);
  });
});

test('a record is given when it is whole, not when the next one comes', async () => {
  const { stream } = served(sequence, [{ chunks: ['\u001e{"a":\n', '1}\n'], open: true }]);
  for await (const item of stream) {
    expect(item).toEqual({ a: 1 });
    break;
  }
});

test('a stream ends at [DONE], whatever the server does then', async () => {
  const { stream, cancelled } = served(events, [
    { chunks: ['data: 1\n\ndata: [DONE]\n\ndata: 2\n\n'], open: true },
  ]);
  expect(await all(stream)).toEqual([1]);
  expect(cancelled()).toBe(1);
});

describe('what is no item is an error', () => {
  test.each<[string, RowReader, string]>([
    ['an event', events, 'data: {"a"\n\n'],
    ['a line', lines, '{"a":1}\n<html>\n'],
    ['the last line', lines, '{"a":1}\n{"a"'],
    ['a record', sequence, '\u001e{"a"\u001e1\n'],
  ])('%s', async (_name, read, text) => {
    const error = await rejection(all(served(read, [{ chunks: [text] }]).stream));
    expect(error).toMatchObject({ code: 'invalid-body', operation: 'listen' });
  });

  test('an answer of another type', async () => {
    const error = await rejection(
      all(served(events, [{ chunks: ['<html>Login'], type: 'text/html' }]).stream),
    );
    expect(error).toMatchObject({ code: 'content-type', status: 200 });
    expect(error.message).toContain('200 text/html, expected text/event-stream: <html>Login');
  });
});

test('limits of bodies do not count for streams', async () => {
  const chunks = Array.from({ length: 50 }, (_, index) => `data: "${index} and more"\n\n`);
  const { stream } = served(events, [{ chunks }], { whole: true });
  const items = await stream;
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(await all(items)).toHaveLength(50);
});

test('an item that never ends is given up', async () => {
  const endless = Array.from({ length: 40 }, () => 'x'.repeat(500_000));
  for (const read of [textEvents, lines, sequence]) {
    const { stream } = served(read, [{ chunks: ['data: ', ...endless] }]);
    expect(await rejection(all(stream))).toMatchObject({ code: 'too-large' });
  }
});

test('a stream can be read once', async () => {
  const items = await served(events, [{ chunks: ['data: 1\n\n'] }]).stream;
  expect(await all(items)).toEqual([1]);
  await expect(all(items)).rejects.toThrow(TypeError);
});

test('JSON or a stream is told apart by the answer', async () => {
  const table = answerTable([
    { status: 200, type: 'application/json' },
    { status: 200, type: 'text/event-stream', read: events },
  ]);
  const request: Request = { id: 'chat', method: 'POST', path: '/chat', answers: table };
  const answered = (type: string, body: string): Promise<unknown> =>
    send(
      createClient({
        baseUrl: 'https://api.example.com',
        fetch: async () => new Response(body, { headers: { 'Content-Type': type } }),
      }),
      undefined,
      () => request,
    );
  expect(await answered('application/json', '{"a":1}')).toEqual({ a: 1 });
  const stream = await answered('text/event-stream', 'data: {"a":1}\n\ndata: [DONE]\n\n');
  expect(await all(stream as ItemStream<unknown>)).toEqual([{ a: 1 }]);
});

test('a hundred thousand events in one piece and in many', async () => {
  const text = 'data: {"n":1}\n\n'.repeat(100_000);
  const pieces = text.match(/[^]{1,4093}/g) ?? [];
  for (const chunks of [[text], pieces])
    expect(await all(served(events, [{ chunks }]).stream)).toHaveLength(100_000);
});
