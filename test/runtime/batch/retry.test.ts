import { describe, expect, test, vi } from 'vitest';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import { atomic } from '../../../templates/runtime/batch/action/group.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import { memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import {
  bench,
  createNetwork,
  createVlan,
  organizationId,
  ports,
  updateNetwork,
} from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 60_000 });

const scope = { organizationId };
const network = createNetwork({ organizationId, body: { name: 'HQ', n: 0 } });
const refused = updateNetwork({ networkId: 'N_3', body: { n: 900, fail: 'no' } });

describe('batch.readJournal', () => {
  test('tells what became of each action, and sends nothing', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const outcomes = await at.batch.run([...ports(150), refused], {
      ...scope,
      journal,
      onError: 'continue',
    });
    const elsewhere = at.answering({});
    const report = await elsewhere.batch.readJournal(journal);
    expect(elsewhere.requests).toEqual([]);
    expect(report.outcomes).toEqual(outcomes);
    expect(report.counts).toEqual({
      applied: 150,
      failed: 1,
      rolledBack: 0,
      skipped: 0,
      unknown: 0,
    });
    expect(report.problems).toMatchObject([
      {
        index: 150,
        operationId: 'updateNetwork',
        path: '/networks/N_3',
        outcome: { status: 'failed' },
      },
    ]);
    expect(String(report).split('\n')).toEqual([
      '150 applied, 1 failed, 0 rolled back, 0 skipped, 0 unknown',
      '150 updateNetwork /networks/N_3 failed (no)',
    ]);
  });

  test('gives a table whose cells no spreadsheet takes for formulas', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const formula = updateNetwork({ networkId: 'N_3', body: { n: 1, fail: '=1+1, "so"' } });
    await at.batch.run([formula], { ...scope, journal });
    expect((await at.batch.readJournal(journal)).toCsv().split('\r\n')).toEqual([
      'index,operation,path,status,reason,message,batch',
      expect.stringMatching(/^0,updateNetwork,\/networks\/N_3,failed,,"'=1\+1, ""so""",\w+$/),
      '',
    ]);
  });

  test('refuses an empty journal', async () => {
    await using at = await bench();
    await expect(at.batch.readJournal(memoryJournal())).rejects.toMatchObject({ reason: 'empty' });
  });
});

describe('batch.retry', () => {
  test('sends what failed and what was skipped, and nothing else', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const outcomes = await at.batch.run(
      [updateNetwork({ networkId: 'N_1', body: { n: 1, fail: 'once' } }), ...ports(300, 10)],
      { ...scope, journal, ordered: true },
    );
    expect(new Set(outcomes.map(({ status }) => status))).not.toContain('applied');

    const again = await at.batch.retry(journal);
    expect(Object.keys(again)).toEqual(outcomes.map((_, index) => String(index)));
  });

  test('keeps references to what was applied, and to what is sent again', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const stopped = at.batch.run(
      [
        network,
        createVlan({ networkId: ref(network), body: { id: '1', name: 'x', n: 1 } }),
        action('updateVlan', {
          resource: '/networks/N_9/appliance/vlans/1',
          operation: 'update',
          body: { from: ref(network), n: 2 },
        }),
      ],
      { ...scope, journal },
    );
    for await (const { state } of stopped) if (state === 'running') break;
    await stopped.stop();
    const [made] = await stopped;
    const again = await at.batch.retry(journal);
    expect(Object.entries(again)).toEqual([
      ['1', expect.objectContaining({ status: 'applied' })],
      ['2', expect.objectContaining({ status: 'applied' })],
    ]);
    const { id } = (made as { readonly value: { readonly id: string } }).value;
    expect(at.simulator.server.resources.get('/networks/N_9/appliance/vlans/1')).toMatchObject({
      from: id,
    });
    expect(Math.max(...at.counts.values())).toBe(1);
  });

  test('keeps groups together', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const pair = atomic([updateNetwork({ networkId: 'N_1', body: { n: 1 } }), refused], 'pair');
    await at.batch.run([pair, ...ports(3, 10)], { ...scope, journal, onError: 'continue' });
    const again = await at.batch.retry(journal);
    expect(Object.keys(again)).toEqual(['0']);
    expect(again['0']).toMatchObject([{ status: 'rolledBack' }, { status: 'failed' }]);
  });

  test('is refused a second time, and so is a resume', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    await at.batch.run([refused], { ...scope, journal });
    await at.batch.retry(journal);
    await expect(at.batch.retry(journal)).rejects.toMatchObject({ reason: 'different' });
    await expect(at.batch.resume(journal)).rejects.toMatchObject({ reason: 'different' });
    expect((await at.batch.readJournal(journal)).counts.failed).toBe(1);
  });

  test('leaves what touches something unknown', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    const end = new AbortController();
    const run = at.batch.run(
      [
        updateNetwork({ networkId: 'N_1', body: { n: 1 } }),
        createVlan({ networkId: 'N_1', body: { id: '1', name: 'x', n: 2 } }),
        updateNetwork({ networkId: 'N_2', body: { n: 3 } }),
      ],
      { ...scope, journal, signal: end.signal, ordered: true, mode: 'async' },
    );
    for await (const { state } of run) if (state === 'running') break;
    end.abort();
    await run;
    expect(Object.keys(await at.batch.retry(journal))).toEqual([]);
  });
});
