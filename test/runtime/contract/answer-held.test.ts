import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Fail } from '../../../templates/runtime/answers/errors.ts';
import { createClient } from '../../../templates/runtime/client.ts';

setFlagsFromString('--expose-gc');
// V8 gives its collector to contexts that are made after the flag.
const collect = runInNewContext('gc') as () => void;

test('what is kept of an answer, to make errors of it, does not keep its body', async () => {
  const client = createClient({
    baseUrl: 'https://api.example.com',
    fetch: () => Promise.resolve(Response.json({ items: [1] })),
  });
  const called = async (): Promise<{ fail: Fail; body: WeakRef<object> }> => {
    const { body, fail } = await client.request({ id: 'a', method: 'GET', path: '/a' });
    return { fail, body: new WeakRef(Object(body)) };
  };
  const { fail, body } = await called();
  for (let round = 0; round < 5; round += 1) {
    // What a turn of the event loop has touched is kept until it ends.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  expect(body.deref()).toBeUndefined();
  expect(fail('invalid-body').code).toBe('invalid-body');
});
