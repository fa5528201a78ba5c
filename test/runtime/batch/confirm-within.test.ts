import { describe, expect, test, vi } from 'vitest';
import { memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import { facts } from './facts.ts';
import { bench, updateNetwork } from './fixtures.ts';
import { scope, seed } from './undoing.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

describe('a run with confirmWithin', () => {
  const rename = updateNetwork({ networkId: 'N_1', body: { name: 'x' } });
  const held = { ...scope, confirmWithin: 60_000 };

  test('is undone when nobody keeps it', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const run = at.batch.run([rename], held);
    expect(await run).toMatchObject([{ status: 'applied' }]);
    const end = at.clock.now() + 60_000;
    expect(resources.get('/networks/N_1')).toMatchObject({ name: 'x' });
    expect(await run.held()).toBe('undone');
    expect(at.clock.now()).toBeGreaterThanOrEqual(end);
    expect(resources.get('/networks/N_1')).toMatchObject({ name: 'HQ' });
    await expect(run.keep()).rejects.toThrow('not kept in time');
  });

  test('stays when it is kept', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const run = at.batch.run([rename], held);
    await run;
    await run.keep();
    expect(await run.held()).toBe('kept');
    expect(resources.get('/networks/N_1')).toMatchObject({ name: 'x' });
  });

  test('stays for longer when it is asked to, and then is undone', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const run = at.batch.run([rename], held);
    await run;
    const begun = at.clock.now();
    await run.keep({ confirmWithin: 200_000 });
    expect(await run.held()).toBe('undone');
    expect(at.clock.now() - begun).toBeGreaterThanOrEqual(200_000);
    expect(resources.get('/networks/N_1')).toMatchObject({ name: 'HQ' });
  });

  test('can be kept by another process', async () => {
    await using at = await bench({}, facts);
    seed(at);
    const journal = memoryJournal();
    const run = at.batch.run([rename], { ...held, journal });
    await run;
    await at.batch.keep(journal);
    expect(await run.held()).toBe('kept');
  });

  test.for([0, -1, Number.NaN])('is refused with %d', async (confirmWithin) => {
    await using at = await bench({}, facts);
    expect(() => at.batch.run([rename], { ...scope, confirmWithin })).toThrow(RangeError);
  });

  test('is undone by the next resume, if its process has died meanwhile', async () => {
    await using at = await bench({}, facts);
    const resources = seed(at);
    const journal = memoryJournal();
    const dying = new AbortController();
    const run = at.batch.run([rename], { ...held, journal, signal: dying.signal });
    await run;
    dying.abort();
    await expect(run.held()).rejects.toThrow('aborted');
    expect(resources.get('/networks/N_1')).toMatchObject({ name: 'x' });
    const resumed = at.batch.resume(journal);
    expect(await resumed).toMatchObject([{ status: 'applied' }]);
    expect(await resumed.held()).toBe('undone');
    expect(resources.get('/networks/N_1')).toMatchObject({ name: 'HQ' });
  });
});
