import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { createBatch } from '../../../templates/runtime/batch/draft/draft-batch.ts';
import { sameText } from '../../../templates/runtime/batch/draft/callback.ts';
import { CallbackError } from '../../../templates/runtime/batch/draft/check-callback.ts';
import { meraki } from './meraki.ts';
import { createClient } from '../../../templates/runtime/client.ts';
import { bench, organizationId, ports } from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const { parseCallback } = createBatch(createClient({ baseUrl: 'https://127.0.0.1' }), meraki);
const sharedSecret = 'correct horse';

const whole = {
  organization: { id: '1' },
  sharedSecret,
  sentAt: '2024-01-01T00:00:00Z',
  message: {
    id: '12',
    confirmed: true,
    status: {
      completed: false,
      failed: true,
      errors: ['no'],
      createdResources: [{ id: '7', uri: '/networks/L_7' }],
    },
    actions: [],
  },
};

const counts = {
  sharedSecret,
  message: { id: '12', results: { actionsCompleted: 98, actionsFailed: 2, details: [] } },
};

async function refusal(work: Promise<unknown>): Promise<CallbackError | undefined> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CallbackError) return error;
    throw error;
  }
  return undefined;
}

describe('a callback', () => {
  test('that has the whole batch gives it', async () => {
    expect(await parseCallback(whole, { sharedSecret })).toMatchObject({
      id: '12',
      completed: false,
      failed: true,
      errors: ['no'],
      created: [{ id: '7', uri: '/networks/L_7' }],
    });
  });

  test('that has counts gives them', async () => {
    expect(await parseCallback(counts, { sharedSecret })).toMatchObject({
      id: '12',
      completed: false,
      failed: true,
      actionsCompleted: 98,
      actionsFailed: 2,
    });
    const good = { sharedSecret, message: { results: { actionsCompleted: 3, actionsFailed: 0 } } };
    expect(await parseCallback(good, { sharedSecret })).toMatchObject({
      id: undefined,
      completed: true,
      failed: false,
    });
  });

  test('comes as a request, a text or what was parsed', async () => {
    const text = JSON.stringify(whole);
    const request = new Request('http://127.0.0.1/hook', { method: 'POST', body: text });
    for (const form of [request, text, whole]) {
      expect(await parseCallback(form, { sharedSecret })).toMatchObject({ id: '12' });
    }
  });

  test('does not pass the secret on', async () => {
    const batch = await parseCallback(whole, { sharedSecret });
    expect(JSON.stringify(batch)).not.toContain(sharedSecret);
    expect(batch.payload).toHaveProperty('sentAt');
  });

  test.for([
    { ...whole, sharedSecret: 'wrong' },
    { ...whole, sharedSecret: '' },
    { ...whole, sharedSecret: undefined },
    { ...whole, sharedSecret: { toString: 'x' } },
    Object.create({ sharedSecret }) as object,
  ])('with another secret is refused: %#', async (payload) => {
    expect(await refusal(parseCallback(payload, { sharedSecret }))).toMatchObject({
      reason: 'secret',
    });
  });

  test.for(['', '[]', 'null', '<html>', '{"sharedSecret":', '7'])(
    'that is no JSON object is refused: %j',
    async (text) => {
      expect(await refusal(parseCallback(text, { sharedSecret }))).toMatchObject({
        reason: 'payload',
      });
    },
  );

  test('that tells of no batch is refused', async () => {
    const payload = { sharedSecret, message: { text: 'hello' } };
    expect(await refusal(parseCallback(payload, { sharedSecret }))).toMatchObject({
      reason: 'payload',
    });
  });

  test('that does not end is not read to its end', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1_000_000;
        controller.enqueue(new Uint8Array(1_000_000).fill(120));
      },
    });
    const init = { method: 'POST', body, duplex: 'half' };
    const request = new Request('http://127.0.0.1/hook', init);
    expect(await refusal(parseCallback(request, { sharedSecret }))).toMatchObject({
      reason: 'payload',
    });
    expect(sent).toBeLessThan(20_000_000);
  });

  test('needs a secret to be compared with', async () => {
    await expect(parseCallback(whole, { sharedSecret: '' })).rejects.toThrow(TypeError);
  });
});

test.for([
  ['', '', false],
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['abcabc', 'abc', false],
  ['abc', 'abcabc', false],
  ['ä', 'a\u0308', false],
  ['\u0000', 'x', false],
] as const)('texts %j and %j are compared whole', ([a, b, same]) => {
  expect(sameText(a, b)).toBe(same || a === b);
});

test('a run asks for callbacks, and looks when one comes', async () => {
  const received: object[] = [];
  const hook = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      received.push(JSON.parse(text) as object);
      response.end();
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;
  const posts: Promise<unknown>[] = [];
  await using at = await bench({
    batchMs: 60_000,
    notify: (to, payload) => {
      posts.push(fetch(to, { method: 'POST', body: JSON.stringify(payload) }));
    },
  });
  try {
    const run = at.batch.run(ports(100), { organizationId, callback: { url, sharedSecret } });
    const outcomes = await run;
    run.look();
    await Promise.all(posts);
    expect(outcomes[0]?.status).toBe('applied');
    expect(received).toHaveLength(1);
    expect(await parseCallback(received[0] ?? {}, { sharedSecret })).toMatchObject({
      id: '1',
      completed: true,
    });
  } finally {
    hook.close();
    hook.closeAllConnections();
  }
});

test('a look that was asked for finds a batch that has ended at once', async () => {
  const ends = async (look?: number): Promise<number> => {
    await using at = await bench({ batchMs: 10_300 });
    const begin = at.clock.now();
    const run = at.batch.run(ports(100), { organizationId });
    if (look) void at.clock.sleep(look).then(() => run.look());
    await run;
    return at.clock.now() - begin;
  };
  expect(await ends()).toBeGreaterThan(10_350);
  expect(await ends(10_350)).toBeCloseTo(10_350);
});
