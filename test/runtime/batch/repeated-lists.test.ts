import { expect, test } from 'vitest';
import { DraftApi } from '../../../templates/runtime/batch/draft/draft-api.ts';
import { RateLimiter } from '../../../templates/runtime/batch/pace/rate-limiter.ts';
import { Shown } from '../../../templates/runtime/batch/pace/shown.ts';
import { Silence } from '../../../templates/runtime/batch/pace/silence.ts';
import { createClient } from '../../../templates/runtime/client.ts';
import { VirtualClock } from '../../simulators/clock.ts';
import { meraki } from './meraki.ts';

/** The lists that a server gives one after the other, as the run reads them. */
async function listsOf(
  ...texts: readonly string[]
): Promise<readonly Awaited<ReturnType<DraftApi['list']>>[]> {
  const clock = new VirtualClock();
  const left = [...texts];
  const client = createClient({
    baseUrl: 'http://127.0.0.1',
    fetch: () =>
      Promise.resolve(
        new Response(left.shift(), { headers: { 'Content-Type': 'application/json' } }),
      ),
  });
  const api = new DraftApi(
    client,
    meraki,
    { organizationId: '1' },
    {
      limiter: new RateLimiter(clock, 10, 10),
      abortSignal: new AbortController().signal,
      timeout: 60_000,
      silence: new Silence(clock, 60_000),
      shown: new Shown([]),
    },
  );
  const lists = [];
  for (const _ of texts) lists.push(await api.list());
  return lists;
}

const running = '[{"id":"7","confirmed":true,"status":{"completed":false}}]';
const ended = '[{"id":"7","confirmed":true,"status":{"completed":true}}]';

test('a list that says the same as the last is not read again', async () => {
  const [first, second] = await listsOf(running, running);
  expect(first).toMatchObject({ ok: true, value: [{ id: '7', completed: false }] });
  expect(second?.ok && second.value).toBe(first?.ok && first.value);
});

test('a list that says something else is read', async () => {
  const [, second, third] = await listsOf(running, ended, running);
  expect(second).toMatchObject({ ok: true, value: [{ id: '7', completed: true }] });
  expect(third).toMatchObject({ ok: true, value: [{ id: '7', completed: false }] });
});

test.for([
  ['is no list', '{"id":"7"}'],
  ['is empty', ''],
  ['is half a list', '[{"id":"7"'],
])('an answer that %s is none each time, and does not stay', async ([, text = '']) => {
  const lists = await listsOf(text, text, running, text);
  expect(lists.map(({ ok }) => ok)).toEqual([false, false, true, false]);
});
