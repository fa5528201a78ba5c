import { describe, expect, test } from 'vitest';
import type { ApiError } from '../../../templates/runtime/answers/errors.ts';
import { events, textEvents } from '../../../templates/runtime/answers/events.ts';
import type { ItemStream } from '../../../templates/runtime/answers/stream.ts';
import type { CallOptions } from '../../../templates/runtime/client.ts';
import { rejection } from '../contract/server.ts';
import { type Feed, type Served, served, all, event } from './serving.ts';

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
