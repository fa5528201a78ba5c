import { expect, test } from 'vitest';
import { redirected } from '../../templates/runtime/transport/redirect.ts';
import type { Transmit } from '../../templates/runtime/call.ts';

const start = 'https://api.example.com/a';

/** Where requests went, when the first is redirected, and how it ended. */
async function sentTo(locations: readonly string[], allowed: RegExp): Promise<readonly string[]> {
  const sent: string[] = [];
  const next: Transmit = async (url) => {
    const Location = locations[sent.length];
    sent.push(url.href);
    return Location === undefined
      ? new Response('{}')
      : new Response(null, { status: 307, headers: { Location } });
  };
  const attempt: Parameters<Transmit>[2] = {
    request: { id: 'a', method: 'GET', path: '/a' },
    attempt: 1,
    fail: (_code, text) => Object.assign(new Error(text), { code: 'redirect' as const }) as never,
    mask: (text) => text,
    control: new AbortController(),
    unsent: () => {},
  };
  const init = { method: 'GET', headers: new Headers(), body: null };
  const end = await redirected(next, allowed)(new URL(start), init as never, attempt).then(
    () => 'an answer',
    (error: unknown) => String(error),
  );
  return [...sent, end];
}

const refused = 'Error: redirect from https: to http:';

test.each(['http://api.example.com/a', 'http://localhost/a', 'HTTP://other.example.com:443/a'])(
  'a redirect from https to %s is refused, whatever the pattern permits',
  async (location) => {
    expect(await sentTo([location], /./)).toEqual([start, refused]);
  },
);

test('so is one by way of another https host', async () => {
  const way = 'https://other.example.com/a';
  expect(await sentTo([way, 'http://other.example.com/a'], /./)).toEqual([start, way, refused]);
});

test('one to another https host is followed where it is permitted', async () => {
  const other = 'https://other.example.com/a';
  expect(await sentTo([other], /^https:\/\/other\./)).toEqual([start, other, 'an answer']);
});
