import { expect, test } from 'vitest';
import { createClient, send } from '../../../templates/runtime/client.ts';
import type { Transmit } from '../../../templates/runtime/call.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';

/** Calls through `fetch`; gives what came of it, and the signals of the attempts. */
async function called(
  fetch: (number: number, ...given: Parameters<Transmit>) => Promise<Response>,
  options: { readonly layers?: boolean; readonly signal?: AbortSignal } = {},
): Promise<{ readonly came: unknown; readonly signals: readonly AbortSignal[] }> {
  const signals: AbortSignal[] = [];
  const counting: Transmit = (url, init, attempt) => {
    signals.push(init.signal);
    return fetch(signals.length, url, init, attempt);
  };
  const client = createClient({
    baseUrl: 'https://api.example.com',
    fetch: options.layers ? transport({ fetch: counting }) : counting,
  });
  const request = { id: 'a', method: 'GET', path: '/a' };
  const { signal } = options;
  const came: unknown = await send(client, { signal }, () => request).catch((error) => error.code);
  return { came, signals };
}

/** Never answers; ends with the signal. */
function silent(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

test('a layer ends one attempt, and another follows', async () => {
  const { came, signals } = await called((number, _url, { signal }, { control, fail }) => {
    if (number === 2) return Promise.resolve(Response.json(7));
    setTimeout(() => control.abort(fail('timeout', 'too late')));
    return silent(signal);
  });
  expect(came).toBe(7);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
});

test('aborting a call ends the attempt that runs, whichever it is', async () => {
  const calling = new AbortController();
  const { came, signals } = await called(
    (number, _url, { signal }) => {
      if (number === 1) return Promise.reject(new TypeError('lost'));
      setTimeout(() => calling.abort());
      return silent(signal);
    },
    { signal: calling.signal },
  );
  expect(came).toBe('aborted');
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
});

test('a call that is aborted already makes no attempt', async () => {
  const { came, signals } = await called(() => Promise.resolve(Response.json(7)), {
    signal: AbortSignal.abort(),
  });
  expect([came, signals]).toEqual(['aborted', []]);
});

test.for([307, 303])('the body of a %i is thrown away, and its attempt goes on', async (status) => {
  const { came, signals } = await called(
    (number) =>
      Promise.resolve(
        number === 1
          ? new Response('moved', { status, headers: { Location: '/b' } })
          : Response.json(7),
      ),
    { layers: true },
  );
  expect(came).toBe(7);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
});
