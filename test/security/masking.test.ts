import { expect, test } from 'vitest';
import { createClient } from '../../templates/runtime/client.ts';

// What is shown of an answer holds no secret, and hides nothing else.

/** The message of the error that an answer of this text becomes. */
async function shown(secret: string, text: string): Promise<string> {
  const client = createClient({
    baseUrl: 'https://api.example',
    credentials: [{ secret, present: () => ['Authorization', 'given'] }],
    fetch: async () => new Response(text, { status: 400 }),
  });
  const error: unknown = await client
    .request({ id: 'get', method: 'GET', path: '/a' })
    .catch((caught: unknown) => caught);
  return (error as Error).message.replace(/^.*: 400 /, '');
}

test.each([
  ['as it is', 'a+b/ü"c', 'key a+b/ü"c', 'key ***'],
  ['in JSON', 'a"b\\c', 'key a\\"b\\\\c', 'key ***'],
  ['in JSON, escaped', 'aüb', 'key a\\u00fcb', 'key ***'],
  ['in a URL', 'a+b/c', 'key a%2Bb%2fc', 'key ***'],
  ['in a URL, in part', 'a+b/c', 'key a+b%2Fc', 'key ***'],
])('a secret is masked that stands there %s', async (_, secret, text, message) => {
  expect(await shown(secret, text)).toBe(message);
});

test.each(['e', '1', '"', 'me'])(
  'a secret of a sign or two leaves the JSON of an error: %s',
  async (secret) => {
    const body = { message: 'The name is taken.', ok: true, code: 11 };
    const client = createClient({
      baseUrl: 'https://api.example',
      credentials: [{ secret, present: () => ['Authorization', 'given'] }],
      fetch: async () => Response.json(body, { status: 409 }),
    });
    const call = client.request({ id: 'get', method: 'GET', path: '/a' });
    await expect(call).rejects.toMatchObject({ status: 409, body });
  },
);

test.each([
  ['signs', '!'.repeat(12), '- - - - - - ----'],
  ['other letters', 'é'.repeat(12), 'ü'.repeat(12)],
  ['a line', '-'.repeat(8), '========'],
])('%s that are not those of a secret are shown', async (_, secret, text) => {
  expect(await shown(secret, text)).toBe(text);
});

test('a secret of many signs is looked for in one pass', async () => {
  // With two ways to read each sign there would be 2 ** 40 ways to read them all.
  const secret = `${'é'.repeat(40)}x`;
  for (const text of ['%', '\\', '%aa', '\\u00e9', '\\\\é'])
    expect(await shown(secret, text.repeat(200))).not.toContain('***');
});
