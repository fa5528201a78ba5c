import { describe, expect, test } from 'vitest';
import type { ApiError } from '../../../templates/runtime/answers/errors.ts';
import { events, textEvents } from '../../../templates/runtime/answers/events.ts';
import { lines, sequence } from '../../../templates/runtime/answers/lines.ts';
import {
  type ItemStream,
  openStream,
  type StreamEvent,
} from '../../../templates/runtime/answers/stream.ts';
import { answerTable, type RowReader } from '../../../templates/runtime/answers/table.ts';
import {
  type CallOptions,
  createClient,
  type Request,
  send,
} from '../../../templates/runtime/client.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';
import { rejection } from '../contract/server.ts';

const types = new Map<RowReader, string>([
  [events, 'text/event-stream'],
  [textEvents, 'text/event-stream'],
  [lines, 'application/x-ndjson'],
  [sequence, 'application/json-seq'],
]);

interface Feed {
  /** What is sent; after an error the connection breaks. */
  readonly chunks: readonly (string | Uint8Array | Error)[];
  /** Whether the connection stays open behind them. */
  readonly open?: boolean;
  readonly status?: number;
  readonly type?: string;
}

interface Served {
  readonly stream: ReturnType<typeof openStream<unknown>>;
  readonly requests: readonly Headers[];
  /** How many connections the client has ended itself. */
  readonly cancelled: () => number;
}

/** A stream of a server that answers with each feed in turn. */
function served(
  read: RowReader,
  feeds: readonly Feed[],
  options: CallOptions & { readonly whole?: boolean } = {},
  method = 'GET',
): Served {
  const requests: Headers[] = [];
  let cancelled = 0;
  const fetch = async (
    _url: URL,
    { headers, signal }: { headers: Headers; signal: AbortSignal },
  ): Promise<Response> => {
    const { chunks, open = false, status = 200, type = types.get(read) } = feeds[requests.length]!;
    requests.push(headers);
    if (status !== 200) return new Response(null, { status });
    const waiting = chunks.values();
    const body = new ReadableStream<Uint8Array>({
      start(sink) {
        signal.addEventListener('abort', () => {
          cancelled += 1;
          sink.error(signal.reason);
        });
      },
      async pull(sink) {
        const { value, done } = waiting.next();
        if (value instanceof Error) sink.error(value);
        else if (!done)
          sink.enqueue(typeof value === 'string' ? new TextEncoder().encode(value) : value);
        else if (open) await new Promise(() => {});
        else sink.close();
      },
    });
    return new Response(body, { headers: { 'Content-Type': type! } });
  };
  const client = createClient({
    baseUrl: 'https://api.example.com',
    fetch: options.whole ? transport({ fetch, bodyTimeout: 50, maxResponseBytes: 100 }) : fetch,
  });
  const request: Request = {
    id: 'listen',
    method,
    path: '/events',
    answers: answerTable([{ status: 200, type: types.get(read), read }]),
  };
  return {
    stream: openStream(client, options, () => request),
    requests,
    cancelled: () => cancelled,
  };
}

async function all(of: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const item of of) found.push(item);
  return found;
}

async function eventsOf(
  chunks: readonly (string | Uint8Array)[],
  read = textEvents,
): Promise<readonly StreamEvent<unknown>[]> {
  const stream = await served(read, [{ chunks }]).stream;
  return (await all(stream.events())) as readonly StreamEvent<unknown>[];
}

const event = (data: unknown, id = '', name = 'message'): StreamEvent<unknown> => ({
  data,
  event: name,
  id,
});

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

describe('a stream that is lost goes on behind the last event', () => {
  const lost = (...chunks: readonly string[]): Feed => ({
    chunks: [...chunks, new Error('reset')],
  });

  test('with the id of the last whole event, after the time that the server names', async () => {
    const { stream, requests } = served(textEvents, [
      lost('retry: 1\nid: 1\ndata: a\n\n', 'id: 2\ndata: b'),
      lost('id: 5\ndata: c\n\n'),
      { chunks: ['data: d\n\n'] },
    ]);
    expect(await all((await stream).events())).toEqual([
      event('a', '1'),
      event('c', '5'),
      event('d', '5'),
    ]);
    expect(requests.map((headers) => headers.get('Last-Event-ID'))).toEqual([null, '1', '5']);
  });

  test('until the server says that there is no more', async () => {
    const { stream } = served(textEvents, [
      lost('retry: 1\nid: 1\ndata: a\n\n'),
      { chunks: [], status: 204 },
    ]);
    expect(await all(stream)).toEqual(['a']);
  });

  test.each([204, 205])('and is empty where the first answer is %i', async (status) => {
    const { stream } = served(textEvents, [{ chunks: [], status }]);
    expect(await all(stream)).toEqual([]);
    expect(await all((await stream).events())).toEqual([]);
  });

  test.each(['99999999', '3600000', '1001'])(
    'but not where the server asks to wait for longer than a stream may be silent: %s',
    async (wait) => {
      const feeds = [lost(`retry: ${wait}\nid: 1\ndata: a\n\n`)];
      const { stream } = served(textEvents, feeds, { idleTimeout: 1000 });
      expect(await rejection(all(stream))).toMatchObject({ code: 'timeout' });
    },
  );

  test('but not where no event had an id', async () => {
    const { stream, requests } = served(textEvents, [lost('data: a\n\n')]);
    const found: unknown[] = [];
    const error = await rejection(
      (async () => {
        for await (const item of stream) found.push(item);
      })(),
    );
    expect(error).toMatchObject({ code: 'network' });
    expect(error.message).toContain('reset');
    expect([found, requests.length]).toEqual([['a'], 1]);
  });

  test('nor where the request must not be repeated', async () => {
    const { stream, requests } = served(
      textEvents,
      [lost('retry: 1\nid: 1\ndata: a\n\n')],
      {},
      'POST',
    );
    expect(await rejection(all(stream))).toMatchObject({ code: 'network', outcome: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  test('nor for ever', async () => {
    const feeds = Array.from({ length: 9 }, () => lost('retry: 1\nid: 1\n\n'));
    const { stream, requests } = served(textEvents, feeds, { retry: { attempts: 3 } });
    expect(await rejection(all(stream))).toMatchObject({ code: 'network' });
    expect(requests).toHaveLength(3);
  });

  test('nor with what is no stream', async () => {
    const { stream } = served(textEvents, [
      lost('retry: 1\nid: 1\ndata: a\n\n'),
      { chunks: ['<html>'], type: 'text/html' },
    ]);
    expect(await rejection(all(stream))).toMatchObject({ code: 'content-type' });
  });
});

describe('a stream can be called off', () => {
  const endless: Feed = { chunks: ['data: 1\n\ndata: 2\n\n'], open: true };
  const opened = async (
    options: CallOptions = {},
    feeds: readonly Feed[] = [endless],
  ): Promise<Served & { readonly items: ItemStream<unknown> }> => {
    const server = served(events, feeds, options);
    return { ...server, items: await server.stream };
  };

  test('before it is asked for: nothing is sent', async () => {
    const control = new AbortController();
    const { stream, requests } = served(events, [endless], { signal: control.signal });
    control.abort();
    expect(await rejection(all(stream))).toMatchObject({ code: 'aborted' });
    expect(requests).toHaveLength(0);
  });

  test('before it is read', async () => {
    const control = new AbortController();
    const { items, cancelled } = await opened({ signal: control.signal });
    control.abort('enough');
    expect(cancelled()).toBe(1);
    expect(await rejection(all(items))).toMatchObject({ code: 'aborted', cause: 'enough' });
  });

  test('between two items', async () => {
    const control = new AbortController();
    const { items, cancelled } = await opened({ signal: control.signal });
    const found: unknown[] = [];
    const error = await rejection(
      (async () => {
        for await (const item of items) {
          found.push(item);
          control.abort();
        }
      })(),
    );
    expect([error.code, found, cancelled()]).toEqual(['aborted', [1], 1]);
  });

  test('while it waits for the next item', async () => {
    const control = new AbortController();
    const { items, cancelled } = await opened({ signal: control.signal });
    const reading = rejection(all(items));
    setTimeout(() => control.abort(), 5);
    expect((await reading).code).toBe('aborted');
    expect(cancelled()).toBe(1);
  });

  test('while it waits to go on', async () => {
    const control = new AbortController();
    const lost = { chunks: ['retry: 60000\nid: 1\ndata: 1\n\n', new Error('reset')] };
    const { items, requests } = await opened({ signal: control.signal }, [lost, lost]);
    const reading = rejection(all(items));
    setTimeout(() => control.abort(), 5);
    expect((await reading).code).toBe('aborted');
    expect(requests).toHaveLength(1);
  });

  test('by leaving the loop', async () => {
    const { items, cancelled } = await opened();
    for await (const _ of items) break;
    expect(cancelled()).toBe(1);
  });

  test('by cancel(), before it is read and while it waits', async () => {
    const early = await opened();
    early.items.cancel();
    expect(await all(early.items)).toEqual([]);
    const late = await opened();
    const reading = all(late.items);
    setTimeout(() => late.items.cancel(), 5);
    expect(await reading).toEqual([1, 2]);
    expect([early.cancelled(), late.cancelled()]).toEqual([1, 1]);
  });
});

test('a server that is silent for too long is given up; a call’s timeout does not count', async () => {
  const { stream, cancelled } = served(events, [{ chunks: ['data: 1\n\n'], open: true }], {
    idleTimeout: 30,
    timeout: 20,
  });
  const items = await stream;
  await new Promise((resolve) => setTimeout(resolve, 40));
  const found: unknown[] = [];
  const error: ApiError = await rejection(
    (async () => {
      for await (const item of items) found.push(item);
    })(),
  );
  expect(error).toMatchObject({ code: 'timeout' });
  expect([found, cancelled()]).toEqual([[1], 1]);
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
