import { describe, expect, test, vi } from 'vitest';
import { createBatch } from '../../../templates/runtime/batch/draft/draft-batch.ts';
import type { LeftDraft } from '../../../templates/runtime/batch/outcome/left-draft.ts';
import { createClient } from '../../../templates/runtime/client.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { faultsFor } from '../../simulators/meraki-http.ts';
import { bench, organizationId, updateNetwork, updatePort, type Bench } from './fixtures.ts';
import { meraki } from './meraki.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const rename = updateNetwork({ networkId: 'N_1', body: { n: 1 } });
const batches = '/api/v1/organizations/1/actionBatches';

function seen({ simulator }: Bench): readonly string[] {
  return simulator.seen.map((line) => line.replace(batches, ''));
}

describe('a submission whose answer is lost', () => {
  test.for(['lost', 'crashed', 'truncated', 'garbled'] as const)(
    'is made anew, and the draft that it may have made is named: %s',
    async (fault) => {
      await using at = await bench({ faults: faultsFor('POST', fault) });
      const run = at.batch.run([rename], { organizationId });
      expect(await run).toMatchObject([{ status: 'applied', batchId: '2' }]);
      expect(await run.leftDrafts()).toEqual([{ id: '1', batch: 0, isOurs: false }]);
      expect(seen(at).slice(0, 4)).toEqual(['GET ?status=pending', 'POST ', 'POST ', 'PUT /2']);
      expect(at.counts.get(1)).toBe(1);
    },
  );

  test('leaves an equal draft that another application makes at the same time', async () => {
    const actions = [{ resource: '/networks/N_1', operation: 'update', body: { n: 1 } }];
    let posts = 0;
    await using at = await bench({
      faults: (method) => {
        if (method !== 'POST') return undefined;
        posts += 1;
        if (posts > 1) return undefined;
        at.simulator.server.draft(actions);
        return 'reset';
      },
    });
    const run = at.batch.run([rename], { organizationId });
    expect(await run).toMatchObject([{ status: 'applied', batchId: '2' }]);
    expect(await run.leftDrafts()).toEqual([{ id: '1', batch: 0, isOurs: false }]);
    expect(seen(at).filter((line) => line.endsWith('/1'))).toEqual([]);
  });

  test('does not name an equal draft that was there before the run', async () => {
    await using at = await bench({ faults: faultsFor('POST', 'lost') });
    at.simulator.server.draft([{ resource: '/networks/N_1', operation: 'update', body: { n: 1 } }]);
    const run = at.batch.run([rename], { organizationId });
    expect(await run).toMatchObject([{ status: 'applied', batchId: '3' }]);
    expect(await run.leftDrafts()).toEqual([{ id: '2', batch: 0, isOurs: false }]);
  });

  test('may have left a draft that no list shows, and the result says so', async () => {
    let posts = 0;
    await using at = await bench({
      faults: (method, url) => {
        if (method === 'POST') return (posts += 1) === 1 ? 'lost' : undefined;
        return method === 'GET' && !/\d$/.test(url) ? 'unavailable' : undefined;
      },
    });
    const run = at.batch.run([rename], { organizationId });
    expect(await run).toMatchObject([{ status: 'applied' }]);
    expect(await run.leftDrafts()).toEqual([{ id: undefined, batch: 0, isOurs: false }]);
  });

  test('that never comes ends the batch when ten of its drafts are there', async () => {
    await using at = await bench({
      faults: (method) => (method === 'POST' ? 'lost' : undefined),
    });
    const run = at.batch.run([rename], { organizationId });
    expect(await run).toMatchObject([{ status: 'skipped', reason: 'unreachable' }]);
    expect(await run.leftDrafts()).toHaveLength(10);
    expect(at.simulator.server.openDrafts).toBe(10);
  });

  test('is made again if it did not arrive', async () => {
    await using at = await bench({ faults: faultsFor('POST', 'reset', 'unavailable') });
    const [outcome] = await at.batch.run([rename], { organizationId });
    expect(outcome.status).toBe('applied');
    expect(at.simulator.server.drafts).toBe(1);
    expect(at.counts.get(1)).toBe(1);
  });

  test('does not take a draft of another application', async () => {
    await using at = await bench({ faults: faultsFor('POST', 'reset') });
    at.simulator.server.draft([{ resource: '/networks/N_1', operation: 'update', body: { n: 2 } }]);
    at.simulator.server.draft([{ resource: '/networks/N_1', operation: 'destroy' }]);
    const [outcome] = await at.batch.run([rename], { organizationId });
    expect(outcome).toMatchObject({ status: 'applied', batchId: '3' });
    expect(at.counts).toEqual(new Map([[1, 1]]));
  });

  test('leaves a draft that a list shows late, and names it', async () => {
    await using at = await bench({
      faults: faultsFor('POST', 'lost'),
      // For a while the server does not show it.
      lag: 2_000,
    });
    const run = at.batch.run([rename], { organizationId });
    await run;
    expect(at.counts.get(1)).toBe(1);
    expect(await run.leftDrafts()).toEqual([{ id: '1', batch: 0, isOurs: false }]);
  });

  test('of two batches that look the same applies each once', async () => {
    await using at = await bench({ faults: faultsFor('POST', 'lost', undefined, 'lost') });
    const same = () => updatePort({ serial: 'Q', portId: '1', body: { n: 5 } });
    const items = Array.from({ length: 300 }, same);
    const outcomes = await at.batch.run(items, { organizationId });
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(at.counts.get(5)).toBe(300);
  });
});

test('two processes that send equal actions at the same time apply each once, and touch nothing of the other', async () => {
  await using at = await bench({
    faults: faultsFor('POST', 'lost', undefined, 'lost', 'lost', undefined, 'crashed'),
  });
  const items = (): ReturnType<typeof updatePort>[] =>
    Array.from({ length: 250 }, (_, n) =>
      updatePort({ serial: 'Q', portId: String(n), body: { n } }),
    );
  const runs = [1, 2].map(() => at.batch.run(items(), { organizationId }));
  const outcomes = (await Promise.all(runs)).flat();
  expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
  expect([...at.counts.values()].every((times) => times === 2)).toBe(true);
  expect(seen(at).filter((line) => line.startsWith('DELETE'))).toEqual([]);
  // The run that ends first may see a draft of the other, which that confirms later.
  const confirmed = new Set(
    seen(at).flatMap((line) => (line.startsWith('PUT') ? [line.replace(/^.*\//, '')] : [])),
  );
  const left = (await Promise.all(runs.map((run) => run.leftDrafts()))).flat();
  const open = new Set(left.flatMap(({ id }) => (confirmed.has(String(id)) ? [] : [id])));
  expect(open.size).toBe(at.simulator.server.openDrafts);
});

describe('drafts that a run does not need', () => {
  async function stopped(at: Bench): Promise<readonly LeftDraft[]> {
    const items = Array.from({ length: 800 }, (_, n) =>
      updatePort({ serial: 'Q', portId: String(n), body: { n } }),
    );
    const run = at.batch.run(items, { organizationId });
    for await (const { state } of run) if (state === 'running') void run.stop();
    return run.leftDrafts();
  }

  test.for([
    ['is refused once', ['unavailable']],
    ['fails three times', ['unavailable', 'lost', 'reset']],
    ['fails eight times', Array.from({ length: 8 }, () => 'unavailable' as const)],
  ] as const)('are thrown away where DELETE %s', async ([, faults]) => {
    await using at = await bench({ faults: faultsFor('DELETE', ...faults) });
    expect(await stopped(at)).toEqual([]);
    expect(at.simulator.server.openDrafts).toBe(0);
  });

  test('are named as ours where DELETE fails for good', async () => {
    await using at = await bench({
      faults: (method) => (method === 'DELETE' ? 'unavailable' : undefined),
    });
    const left = await stopped(at);
    expect(left).toHaveLength(at.simulator.server.openDrafts);
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(({ isOurs, id }) => isOurs && id !== undefined)).toBe(true);
  });
});

test('a server that says "busy" in words of its own is described by a setting', async () => {
  let refused = 0;
  await using at = await bench();
  const busy = { ...meraki.busy, text: /come back later/ };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (init?.method === 'PUT' && refused < 2) {
      refused += 1;
      return Response.json({ errors: ['come back later'] }, { status: 400 });
    }
    return globalThis.fetch(input, init);
  };
  const { baseUrl } = at.simulator;
  const client = createClient({ baseUrl, credentials: [bearer('key')], fetch });
  const batch = createBatch(client, { ...meraki, busy }, at.clock);
  expect(await batch.run([rename], { organizationId })).toMatchObject([{ status: 'applied' }]);
  expect(refused).toBe(2);
});
