import { getEventListeners } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { lines } from '../../templates/runtime/answers/lines.ts';
import { openStream } from '../../templates/runtime/answers/stream.ts';
import { answerTable } from '../../templates/runtime/answers/table.ts';
import { createClient, type Request, send } from '../../templates/runtime/client.ts';
import { linkPages, listItems, paginate } from '../../templates/runtime/pages/paginate.ts';
import { transport } from '../../templates/runtime/transport/transport.ts';
import type { Transmit } from '../../templates/runtime/call.ts';

// Node warns where more than ten listen to one signal.

const baseUrl = 'https://api.example.com';
const get: Request = { id: 'a', method: 'GET', path: '/a' };

const waiting: Transmit = (_url, { signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

function warnings(): Error[] {
  const list: Error[] = [];
  const note = (warning: Error): void => void list.push(warning);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  return list;
}

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** What a stream of lines has read, and that waits for more. */
const openLines: Transmit = async () =>
  new Response(
    new ReadableStream({ start: (sink) => sink.enqueue(new TextEncoder().encode('1\n')) }),
    { headers: { 'Content-Type': 'application/x-ndjson' } },
  );

const answers = answerTable([{ status: 200, type: 'application/x-ndjson', read: lines }]);

const kinds: readonly (readonly [string, (signal: AbortSignal) => Promise<unknown>])[] = [
  ['calls', (signal) => send(createClient({ baseUrl, fetch: waiting }), { signal }, () => get)],
  [
    'calls with transport',
    (signal) =>
      send(createClient({ baseUrl, fetch: transport({ fetch: waiting }) }), { signal }, () => get),
  ],
  [
    'lists',
    (signal) =>
      paginate(
        createClient({ baseUrl, fetch: waiting }),
        { signal },
        linkPages({ items: listItems }),
        () => get,
      ).all(),
  ],
  [
    'streams',
    async (signal) => {
      const client = createClient({ baseUrl, fetch: openLines });
      for await (const _ of openStream(client, { signal }, () => ({ ...get, answers })));
    },
  ],
];

test.each(kinds)('a hundred %s may share a signal, which ends all of them', async (_, start) => {
  const warned = warnings();
  const control = new AbortController();
  const { signal } = control;
  const ends = Array.from({ length: 100 }, () => start(signal).catch((error: unknown) => error));
  await turn();
  await turn();
  expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(2);
  control.abort('enough');
  for (const end of await Promise.all(ends))
    expect(end).toMatchObject({ code: 'aborted', cause: 'enough' });
  await turn();
  expect(warned).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('what ends by itself leaves the others their listener', async () => {
  const control = new AbortController();
  const { signal } = control;
  const quick = createClient({ baseUrl, fetch: async () => Response.json(1) });
  const slow = createClient({ baseUrl, fetch: waiting });
  const open = send(slow, { signal }, () => get).catch((error: unknown) => error);
  expect(await send(quick, { signal }, () => get)).toBe(1);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  control.abort('enough');
  expect(await open).toMatchObject({ code: 'aborted', cause: 'enough' });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a signal that has aborted ends each call at once, and keeps nothing', async () => {
  const signal = AbortSignal.abort('before');
  const client = createClient({ baseUrl, fetch: waiting });
  for (let count = 0; count < 3; count += 1)
    await expect(send(client, { signal }, () => get)).rejects.toMatchObject({
      code: 'aborted',
      cause: 'before',
    });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('each signal ends its own calls', async () => {
  const client = createClient({ baseUrl, fetch: waiting });
  const controls = Array.from({ length: 3 }, () => new AbortController());
  const ends = controls.map(({ signal }) =>
    send(client, { signal }, () => get).catch((error: { readonly cause: unknown }) => error.cause),
  );
  for (const [index, control] of controls.entries()) {
    control.abort(index);
    expect(await ends[index]).toBe(index);
  }
});
