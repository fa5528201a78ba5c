import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../simulators/clock.ts';
import { startMeraki, type MerakiSimulator } from '../../simulators/meraki-http.ts';

// What the other tests rely on: that the simulated server keeps the rules, and notices who does not.

const headers = { Authorization: 'Bearer key', 'Content-Type': 'application/json' };

interface Reply {
  readonly status: number;
  readonly body: { readonly [name: string]: unknown };
}

async function ask(
  { baseUrl }: MerakiSimulator,
  method: string,
  path: string,
  body?: object,
): Promise<Reply> {
  const response = await fetch(`${baseUrl}/organizations/1/actionBatches${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? (JSON.parse(text) as Reply['body']) : {} };
}

const actions = (count: number): object[] =>
  Array.from({ length: count }, (_, n) => ({
    resource: `/networks/N_${n}`,
    operation: 'update',
    body: { n },
  }));

async function start(): Promise<{ at: MerakiSimulator; clock: VirtualClock; applied: unknown[] }> {
  const clock = new VirtualClock();
  const applied: unknown[] = [];
  const at = await startMeraki({ clock, applied: ({ body }) => applied.push(body?.['n']) });
  return { at, clock, applied };
}

describe('the simulated server', () => {
  test('takes 20 or 100 actions, and counts who sends more', async () => {
    const { at } = await start();
    await using _ = at;
    expect((await ask(at, 'POST', '', { actions: actions(100) })).status).toBe(201);
    expect((await ask(at, 'POST', '', { actions: actions(101) })).status).toBe(400);
    expect((await ask(at, 'POST', '', { actions: actions(21), synchronous: true })).status).toBe(
      400,
    );
    expect(at.server.offences.size).toBe(2);
  });

  test('executes nothing before it is confirmed, and once if that is repeated', async () => {
    const { at, clock, applied } = await start();
    await using _ = at;
    await ask(at, 'POST', '', { actions: actions(3) });
    await clock.sleep(100_000);
    expect((await ask(at, 'GET', '/1')).body).toMatchObject({ confirmed: false });
    expect(applied).toEqual([]);
    for (const _again of [1, 2]) await ask(at, 'PUT', '/1', { confirmed: true });
    await clock.sleep(100_000);
    expect((await ask(at, 'PUT', '/1', { confirmed: true })).body).toMatchObject({
      status: { completed: true, failed: false },
    });
    expect(applied).toEqual([0, 1, 2]);
  });

  test('applies all or nothing', async () => {
    const { at, clock, applied } = await start();
    await using _ = at;
    const bad = { resource: '/networks/N_9', operation: 'update', body: { fail: 'no' } };
    await ask(at, 'POST', '', { actions: [...actions(3), bad], confirmed: true });
    await clock.sleep(100_000);
    expect((await ask(at, 'GET', '/1')).body['status']).toEqual({
      completed: false,
      failed: true,
      errors: ['Error occurred while executing update /networks/N_9/ with {"fail":"no"}: no'],
      createdResources: [],
    });
    expect(applied).toEqual([]);
  });

  test('runs five batches, and counts who wants more', async () => {
    const { at, clock } = await start();
    await using _ = at;
    for (let n = 0; n < 5; n += 1) {
      expect((await ask(at, 'POST', '', { actions: actions(1), confirmed: true })).status).toBe(
        201,
      );
    }
    await ask(at, 'POST', '', { actions: actions(1) });
    const sixth = await ask(at, 'PUT', '/6', { confirmed: true });
    expect(sixth).toMatchObject({
      status: 400,
      body: { errors: [expect.stringContaining('executing batches') as string] },
    });
    expect(at.server.offences.concurrency).toBe(1);
    await clock.sleep(60_000);
    expect((await ask(at, 'PUT', '/6', { confirmed: true })).status).toBe(200);
  });

  test('keeps what is confirmed, and what is not for a week', async () => {
    const { at, clock } = await start();
    await using _ = at;
    await ask(at, 'POST', '', { actions: actions(1), confirmed: true });
    await ask(at, 'POST', '', { actions: actions(1) });
    await ask(at, 'POST', '', { actions: actions(1) });
    expect((await ask(at, 'DELETE', '/1')).status).toBe(400);
    expect((await ask(at, 'DELETE', '/2')).status).toBe(204);
    expect((await ask(at, 'GET', '/3')).status).toBe(200);
    await clock.sleep(8 * 24 * 3_600_000);
    expect((await ask(at, 'GET', '/3')).status).toBe(404);
    expect((await ask(at, 'GET', '/1')).status).toBe(200);
  });

  test('lists drafts as pending', async () => {
    const { at, clock } = await start();
    await using _ = at;
    await ask(at, 'POST', '', { actions: actions(1), confirmed: true });
    await ask(at, 'POST', '', { actions: actions(1) });
    await clock.sleep(60_000);
    const ids = async (status: string): Promise<unknown> => {
      const { body } = await ask(at, 'GET', `?status=${status}`);
      return (body as unknown as readonly { readonly id: string }[]).map(({ id }) => id);
    };
    expect(await ids('pending')).toEqual(['2']);
    expect(await ids('completed')).toEqual(['1']);
    expect(await ids('failed')).toEqual([]);
  });

  test('allows 20 requests at once and ten a second, and counts who sends more', async () => {
    const { at, clock } = await start();
    await using _ = at;
    const burst = async (): Promise<number> => {
      const replies = await Promise.all(
        Array.from({ length: 25 }, () =>
          ask(at, 'GET', '?status=pending').catch(() => ({ status: 429 })),
        ),
      );
      return replies.filter(({ status }) => status === 429).length;
    };
    expect(await burst()).toBe(5);
    await clock.sleep(1_000);
    expect(await burst()).toBe(15);
    expect(at.server.offences.rate).toBe(20);
  });

  test('refuses what does not exist when it is submitted', async () => {
    const { at } = await start();
    await using _ = at;
    const missing = { resource: '/networks/L_7/appliance/vlans', operation: 'create', body: {} };
    expect(await ask(at, 'POST', '', { actions: [missing] })).toMatchObject({
      status: 400,
      body: { errors: ['/networks/L_7 does not exist'] },
    });
  });
});
