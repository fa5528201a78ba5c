import { describe, expect, test } from 'vitest';
import { VirtualClock } from './clock.ts';
import type { Conduct } from './independent/conduct.ts';
import { listen } from './independent/listen.ts';
import { IndependentServer } from './independent/server.ts';
import type { WireAction } from './independent/organization.ts';

const root = '/organizations/1/actionBatches';

interface Shown {
  readonly id: string;
  readonly confirmed: boolean;
  readonly status: {
    readonly completed: boolean;
    readonly failed: boolean;
    readonly errors: readonly string[];
    readonly createdResources: readonly { readonly id: string | number; readonly uri: string }[];
  };
}

/** A server with one switch and one network, and what asks it. */
class Bench {
  readonly server: IndependentServer;
  now = 0;

  constructor(conduct: Conduct = {}, seed = 1) {
    this.server = new IndependentServer({ conduct, seed });
    this.server.organization.seed('/devices/Q2', { serial: 'Q2', name: 'switch' });
    this.server.organization.seed('/networks/N_1', { id: 'N_1', name: 'home' });
  }

  ask(
    method: string,
    path: string,
    body?: unknown,
  ): { readonly status: number; readonly body: unknown } {
    this.now += 200;
    const url = new URL(`http://127.0.0.1/api/v1${path}`);
    const request = { method, url, authorization: 'Bearer key', body };
    const { status, text } = this.server.answer(request, this.now);
    return { status, body: text && (JSON.parse(text()) as unknown) };
  }

  /** A batch that is made, confirmed and waited for. */
  run(...actions: readonly WireAction[]): Shown {
    const { id } = this.ask('POST', root, { confirmed: true, actions }).body as Shown;
    this.now += 60_000;
    return this.ask('GET', `${root}/${id}`).body as Shown;
  }
}

function port(number: number, name: string, vlan = 1): WireAction {
  const resource = `/devices/Q2/switch/ports/${number}`;
  return { resource, operation: 'update', body: { name, vlan } };
}

function vlan(id: number): WireAction {
  const body = { id, name: `vlan #${id}` };
  return { resource: '/networks/N_1/appliance/vlans', operation: 'create', body };
}

describe('resources', () => {
  test('are created, read, changed and deleted', () => {
    const bench = new Bench();
    const networks = '/organizations/1/networks';
    const made = bench.ask('POST', networks, { name: 'new' });
    expect(made).toMatchObject({ status: 201, body: { name: 'new' } });
    const { id } = made.body as { readonly id: string };
    expect(bench.ask('PUT', `/networks/${id}`, { name: 'newer' }).status).toBe(200);
    expect(bench.ask('GET', `/networks/${id}`).body).toEqual({ id, name: 'newer' });
    expect(bench.ask('GET', networks).body).toHaveLength(2);
    expect(bench.ask('DELETE', `/networks/${id}`)).toEqual({ status: 204, body: undefined });
    expect(bench.ask('GET', `/networks/${id}`).status).toBe(404);
  });

  test('cannot be created twice under one name', () => {
    const bench = new Bench();
    bench.ask('POST', '/organizations/1/networks', { name: 'new' });
    expect(bench.ask('POST', '/organizations/1/networks', { name: 'new' })).toEqual({
      status: 400,
      body: { errors: ['Validation failed: Name has already been taken'] },
    });
  });

  test('are gone with the network that they belong to', () => {
    const bench = new Bench();
    bench.run(vlan(7));
    bench.ask('DELETE', '/networks/N_1');
    expect(bench.ask('GET', '/networks/N_1/appliance/vlans/7').status).toBe(404);
  });
});

describe('a batch', () => {
  test('does nothing before it is confirmed, and is executed then', () => {
    const bench = new Bench();
    const { id } = bench.ask('POST', root, { actions: [port(1, 'a')] }).body as Shown;
    bench.now += 60_000;
    expect(bench.ask('GET', '/devices/Q2/switch/ports/1').body).toMatchObject({ name: null });
    expect(bench.ask('PUT', `${root}/${id}`, { confirmed: true }).status).toBe(200);
    bench.now += 60_000;
    expect(bench.ask('GET', '/devices/Q2/switch/ports/1').body).toMatchObject({ name: 'a' });
  });

  test('that fails changes nothing, and names the action that failed', () => {
    const bench = new Bench();
    const { status } = bench.run(port(1, 'a'), port(2, 'b', 9_999));
    expect(status).toMatchObject({ completed: false, failed: true });
    expect(status.errors).toEqual([
      'Error occurred while executing update /devices/Q2/switch/ports/2/ with ' +
        '{"name":"b","vlan":9999}: Validation failed: Vlan must be between 1 and 4094',
    ]);
    expect(bench.ask('GET', '/devices/Q2/switch/ports/1').body).toMatchObject({ name: null });
  });

  test.for([
    [{ resource: '/networks/N_2', operation: 'update' }, 'validating /networks/N_2'],
    [{ resource: '/devices/Q2/switch/ports/99', operation: 'update' }, 'validating'],
    [{ resource: '/devices/Q2', operation: 'destroy' }, 'unsupported for /devices/Q2'],
    [{ resource: '/networks/N_1', operation: 'sing' }, 'unsupported'],
  ] as const)('is refused as a draft for %o', ([action, words]) => {
    const { status, body } = new Bench().ask('POST', root, { actions: [action] });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(words);
  });

  test('is not deleted once it is confirmed, and is deleted before', () => {
    const bench = new Bench();
    const make = (): string =>
      (bench.ask('POST', root, { actions: [port(1, 'a')] }).body as Shown).id;
    const [draft, confirmed] = [make(), make()];
    bench.ask('PUT', `${root}/${confirmed}`, { confirmed: true });
    expect(bench.ask('DELETE', `${root}/${draft}`).status).toBe(204);
    expect(bench.ask('DELETE', `${root}/${confirmed}`).status).toBe(400);
    expect(bench.ask('GET', `${root}/${draft}`).status).toBe(404);
  });

  test('has a place among five', () => {
    const bench = new Bench();
    const begin = (): { readonly status: number } =>
      bench.ask('POST', root, { confirmed: true, actions: [port(1, 'a')] });
    expect(Array.from({ length: 6 }, () => begin().status)).toEqual([201, 201, 201, 201, 201, 400]);
    bench.now += 60_000;
    expect(begin().status).toBe(201);
  });

  test('holds at most 100 actions, 20 if it is synchronous', () => {
    const bench = new Bench();
    const ask = (length: number, synchronous: boolean): number => {
      const actions = Array.from({ length }, () => port(1, 'a'));
      return bench.ask('POST', root, { actions, synchronous }).status;
    };
    expect([ask(100, false), ask(101, false), ask(20, true), ask(21, true)]).toEqual([
      201, 400, 201, 400,
    ]);
  });

  test('is in the list as long as it is pending', () => {
    const bench = new Bench();
    const { id } = bench.ask('POST', root, { actions: [port(1, 'a')] }).body as Shown;
    const pending = (): readonly string[] =>
      (bench.ask('GET', `${root}?status=pending`).body as readonly Shown[]).map((one) => one.id);
    expect(pending()).toEqual([id]);
    bench.ask('PUT', `${root}/${id}`, { confirmed: true });
    expect(pending()).toEqual([id]);
    bench.now += 60_000;
    expect(pending()).toEqual([]);
  });
});

describe('conduct', () => {
  test('a list that lags shows a batch later than a read does', () => {
    const bench = new Bench({ consistency: { list: 60_000 } });
    const { id } = bench.ask('POST', root, { actions: [port(1, 'a')] }).body as Shown;
    expect(bench.ask('GET', root).body).toEqual([]);
    expect(bench.ask('GET', `${root}/${id}`).status).toBe(200);
    bench.now += 60_000;
    expect(bench.ask('GET', root).body).toMatchObject([{ id }]);
  });

  test('a replica that lags does not know of a confirmation', () => {
    const bench = new Bench({ consistency: { read: 20_000, monotonic: true } });
    const { id } = bench.ask('POST', root, { actions: [port(1, 'a')] }).body as Shown;
    bench.now += 20_000;
    bench.ask('PUT', `${root}/${id}`, { confirmed: true });
    expect(bench.ask('GET', `${root}/${id}`).body).toMatchObject({ confirmed: false });
    bench.now += 20_000;
    expect(bench.ask('GET', `${root}/${id}`).body).toMatchObject({ confirmed: true });
  });

  test('a failed batch that is partial keeps a beginning of its actions', () => {
    const kept = Array.from({ length: 20 }, (_, seed) => {
      const bench = new Bench({ partial: 1 }, seed);
      const { status } = bench.run(...[1, 2, 3, 4].map((n) => port(n, `p #${n}`)), port(5, 'x', 0));
      expect(status).toMatchObject({ failed: true });
      return [1, 2, 3, 4].map((n) => bench.server.ledger.effects(`#${n}`).length).join('');
    });
    expect(new Set(kept)).toEqual(new Set(['0000', '1000', '1100', '1110', '1111']));
  });

  test.for([
    [
      'shuffled',
      (ids: readonly unknown[]) =>
        ids.toSorted().join() === '1,2,3,4,5,6' && ids.join() !== '1,2,3,4,5,6',
    ],
    ['partial', (ids: readonly unknown[]) => ids.length < 6],
    ['absent', (ids: readonly unknown[]) => ids.length === 0],
    ['numbers', (ids: readonly unknown[]) => ids.every((id) => typeof id === 'number')],
  ] as const)('createdResources are %s', ([created, holds]) => {
    const { status } = new Bench({ created }).run(...[1, 2, 3, 4, 5, 6].map(vlan));
    expect(status.completed).toBe(true);
    expect(status.createdResources.map(({ id }) => id)).toSatisfy(holds);
  });

  test.for([
    ['accepted', 200],
    ['refused', 400],
  ] as const)('a second confirmation is %s', ([secondConfirmation, status]) => {
    const bench = new Bench({ secondConfirmation });
    const { id } = bench.ask('POST', root, { actions: [port(1, 'a #1')] }).body as Shown;
    bench.ask('PUT', `${root}/${id}`, { confirmed: true });
    expect(bench.ask('PUT', `${root}/${id}`, { confirmed: true }).status).toBe(status);
    bench.now += 60_000;
    bench.ask('GET', root);
    expect(bench.server.ledger.effects('#1')).toHaveLength(1);
  });

  test('a draft of others is known to be touched', () => {
    const bench = new Bench();
    const id = bench.server.batches.make([port(1, 'a')], 'others', 0);
    bench.ask('GET', `${root}/${id}`);
    expect(bench.server.ledger.foreignTouched).toBe(0);
    bench.ask('DELETE', `${root}/${id}`);
    expect(bench.server.ledger.foreignTouched).toBe(1);
  });

  test('requests above the rate are refused and counted', () => {
    const bench = new Bench();
    const statuses = Array.from({ length: 30 }, () => {
      bench.now -= 200;
      return bench.ask('GET', root).status;
    });
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    expect(bench.server.ledger.overLimit).toBe(20);
  });

  test('the same seed does the same again', () => {
    const run = (): unknown =>
      Array.from({ length: 50 }, (_, n) => {
        const { server } = new Bench({ faults: 0.5 }, n);
        const url = new URL(`http://127.0.0.1/api/v1${root}`);
        const body = { actions: [port(1, 'a')] };
        const request = { method: 'POST', url, authorization: 'Bearer key', body };
        const { status, delivery } = server.answer(request, 1_000);
        return [status, delivery];
      });
    expect(run()).toEqual(run());
  });
});

describe('over HTTP', () => {
  test('a batch runs as in memory', async () => {
    const { server } = new Bench();
    await using at = await listen(server, new VirtualClock());
    const headers = { Authorization: 'Bearer key', 'Content-Type': 'application/json' };
    const url = `${at.origin}/api/v1${root}`;
    const body = JSON.stringify({ actions: [port(1, 'a')] });
    const response = await fetch(url, { method: 'POST', headers, body });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ confirmed: false });
    expect((await fetch(url)).status).toBe(401);
  });

  test('headers of a malformed answer are more than fetch reads, and the request took effect', async () => {
    const { server } = new Bench({ malformed: 1 });
    await using at = await listen(server, new VirtualClock());
    const headers = { Authorization: 'Bearer key' };
    const body = JSON.stringify({ actions: [port(1, 'a')] });
    const sent = fetch(`${at.origin}/api/v1${root}`, { method: 'POST', headers, body });
    await expect(sent).rejects.toThrow('fetch failed');
    expect(server.ledger.drafts).toBe(1);
  });
});
