import { describe, expect, test } from 'vitest';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import type { Journal, JournalEntry } from '../../../../templates/runtime/batch/journal/journal.ts';
import { startAxapi } from '../../../simulators/axapi.ts';
import { faultsInTurn } from '../../../simulators/mishaps.ts';
import { axapi, axapiOn, canned, change, post } from './fixtures.ts';

const servers = '/axapi/v3/slb/server';

function server(name: string, more: object = {}): ReturnType<typeof post> {
  const element = { name, host: '10.0.0.1', ...more };
  return post(servers, { server: element }, `${servers}/${name}`);
}

function many(count: number): ReturnType<typeof post>[] {
  return Array.from({ length: count }, (_, index) =>
    server(`s${index}`, { 'user-tag': `m${index}` }),
  );
}

describe('the version of the configuration', () => {
  test('is counted up from batch to batch', async () => {
    await using simulator = await startAxapi();
    const { batch } = axapiOn(simulator.baseUrl);
    const outcomes = await batch.run(many(250), { configVersion: 1 });
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(simulator.requests.map(({ url }) => url.searchParams.get('config-version'))).toEqual([
      '1',
      '2',
      '3',
    ]);
  });

  test('stops the run where somebody else has changed the configuration', async () => {
    let batches = 0;
    await using simulator = await startAxapi({
      before: (device) => {
        batches += 1;
        if (batches === 2) device.change('/interface/ethernet/1', { mtu: 1400 });
      },
    });
    const { batch } = axapiOn(simulator.baseUrl);
    const outcomes = await batch.run(many(250), { configVersion: 1 });
    expect(outcomes[0]?.status).toBe('applied');
    expect(outcomes[150]).toMatchObject({
      status: 'skipped',
      reason: 'stale',
      error: { version: '2' },
    });
    expect(outcomes[249]).toMatchObject({ status: 'skipped', reason: 'stopped' });
    expect(simulator.device.account.size).toBe(100);
  });

  test('is read anew where a function gives it', async () => {
    let batches = 0;
    await using simulator = await startAxapi({
      before: (device) => {
        batches += 1;
        if (batches === 2) device.change('/interface/ethernet/1', { mtu: 1400 });
      },
    });
    const { batch } = axapiOn(simulator.baseUrl);
    const outcomes = await batch.run(many(250), { configVersion: () => simulator.device.version });
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(simulator.device.account.twice()).toEqual([]);
  });

  test.each(['lost', 'crashed', 'truncated', 'garbled'] as const)(
    'makes up for an answer that is %s: everything is applied once, with its value',
    async (fault) => {
      await using simulator = await startAxapi({ faults: faultsInTurn(fault) });
      const { batch } = axapiOn(simulator.baseUrl);
      const ethernet = { ifnum: 1, mtu: 1400 };
      const outcomes = await batch.run(
        [server('s1'), change('POST', '/axapi/v3/interface/ethernet/1', { ethernet })],
        { configVersion: 1 },
      );
      expect(outcomes).toMatchObject([
        { status: 'applied', value: { server: { name: 's1', host: '10.0.0.1' } } },
        { status: 'applied', value: { ethernet } },
      ]);
      expect(simulator.device.account.twice()).toEqual([]);
    },
  );

  test('is the same when a lost request is repeated, also where a function reads it', async () => {
    await using simulator = await startAxapi({ faults: faultsInTurn('lost') });
    const { device } = simulator;
    const { batch } = axapiOn(simulator.baseUrl);
    const outcomes = await batch.run([server('s1', { 'user-tag': 'm' })], {
      configVersion: () => device.version,
    });
    expect(outcomes).toMatchObject([{ status: 'applied' }]);
    expect(device.account.count('m')).toBe(1);
    const told = simulator.requests.map(({ url }) => url.searchParams.get('config-version'));
    expect(told.slice(0, 2)).toEqual(['1', '1']);
  });

  test('lets a request that never arrived be sent again', async () => {
    await using simulator = await startAxapi({ faults: faultsInTurn('reset', 'unavailable') });
    const { batch } = axapiOn(simulator.baseUrl);
    const outcomes = await batch.run([server('s1')], { configVersion: 1 });
    expect(outcomes).toMatchObject([{ status: 'applied' }]);
    expect(simulator.requests.map(({ url }) => url.search)).toEqual([
      '?config-version=1&ignore-errors=false',
      '?config-version=1&ignore-errors=false',
      '?config-version=1&ignore-errors=false',
    ]);
  });

  test('leaves unknown what somebody else has changed meanwhile', async () => {
    let batches = 0;
    await using simulator = await startAxapi({
      faults: faultsInTurn('reset'),
      before: (device) => {
        batches += 1;
        if (batches === 1) device.change('/interface/ethernet/1', { mtu: 1400 });
      },
    });
    const { batch } = axapiOn(simulator.baseUrl);
    const outcomes = await batch.run([server('s1')], { configVersion: 1 });
    expect(outcomes).toMatchObject([{ status: 'unknown', reason: 'lost' }]);
    expect(simulator.device.account.size).toBe(0);
  });

  test('must be a number, a text or a function', () => {
    const { client, clock } = canned();
    const batch = createRequestBatch(client, axapi, clock);
    for (const configVersion of ['', 'a&b', '1\r\n', Number.NaN])
      expect(() => batch.run([server('s1')], { configVersion })).toThrow(TypeError);
  });

  describe('after a process that ended when a batch was lost and could not be read', () => {
    const lostForGood = (): ReturnType<typeof faultsInTurn> =>
      faultsInTurn('lost', undefined, ...Array.from({ length: 5 }, () => 'reset' as const));

    /** The journal of a run of 200 actions that ended after its first batch. */
    async function lostFirst(
      baseUrl: string,
    ): Promise<{ readonly journal: Journal; readonly items: ReturnType<typeof many> }> {
      const entries: JournalEntry[] = [];
      const items = many(200);
      const journal: Journal = {
        open: () => Promise.resolve([...entries]),
        append: (entry) => {
          const isDead = entries.some(({ type }) => type === 'results');
          if (!isDead) entries.push(entry);
          return isDead ? Promise.reject(new Error('dead')) : Promise.resolve();
        },
        close: () => Promise.resolve(),
      };
      const { batch } = axapiOn(baseUrl);
      await batch.run(items, { configVersion: 1, onError: 'continue', journal });
      return {
        journal: { ...journal, append: (entry) => Promise.resolve(void entries.push(entry)) },
        items,
      };
    }

    test('is one more where that batch was applied, and the rest is sent', async () => {
      await using simulator = await startAxapi({ faults: lostForGood() });
      const { journal, items } = await lostFirst(simulator.baseUrl);
      const { batch } = axapiOn(simulator.baseUrl);
      const plan = batch.plan(items);
      const outcomes = await batch.resume(journal, { plan, configVersion: 1 });
      expect(outcomes.slice(100).every(({ status }) => status === 'applied')).toBe(true);
      expect(simulator.device.version).toBe(3);
      expect(simulator.device.account.twice()).toEqual([]);
    });

    test('is stale where others changed the configuration more than once', async () => {
      await using simulator = await startAxapi({ faults: lostForGood() });
      const { journal } = await lostFirst(simulator.baseUrl);
      simulator.device.change('/interface/ethernet/1', { mtu: 1400 });
      const { batch } = axapiOn(simulator.baseUrl);
      const outcomes = await batch.resume(journal, { configVersion: 1 });
      expect(outcomes[100]).toMatchObject({ status: 'skipped', reason: 'stale' });
      expect(simulator.device.account.size).toBe(100);
    });
  });
});
