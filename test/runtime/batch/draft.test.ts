import { describe, expect, test, vi } from 'vitest';
import { memoryJournal } from '../../../templates/runtime/batch/journal/journal.ts';
import { ref } from '../../../templates/runtime/batch/action/reference.ts';
import { faultsFor } from '../../simulators/meraki-http.ts';
import {
  bench,
  createNetwork,
  createVlan,
  organizationId,
  ports,
  updateNetwork,
} from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

describe('a draft', () => {
  test('is checked by the server and changes nothing', async () => {
    await using at = await bench();
    const draft = await at.batch.draft(ports(250), { organizationId });
    expect(draft).toMatchObject({ ids: ['1', '2', '3'], problems: [], unchecked: [] });
    expect(at.simulator.server.openDrafts).toBe(3);
    expect(at.counts.size).toBe(0);
  });

  test('is confirmed without being made again', async () => {
    await using at = await bench();
    const draft = await at.batch.draft(ports(250), { organizationId });
    const outcomes = await draft.confirm();
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(at.simulator.server.drafts).toBe(3);
    expect(at.simulator.server.openDrafts).toBe(0);
    expect([...at.counts.values()]).toEqual(Array.from({ length: 250 }, () => 1));
  });

  test('keeps the shape of its actions', async () => {
    await using at = await bench();
    const draft = await at.batch.draft(
      { rename: updateNetwork({ networkId: 'N_1' }) },
      { organizationId },
    );
    const { rename } = await draft.confirm();
    expect(rename.status).toBe('applied');
  });

  test('is thrown away on request', async () => {
    await using at = await bench();
    const draft = await at.batch.draft(ports(250), { organizationId });
    await draft.discard();
    expect(at.simulator.server.openDrafts).toBe(0);
    expect(at.counts.size).toBe(0);
  });

  test('shows which actions the server finds fault with', async () => {
    await using at = await bench();
    const bad = updateNetwork({
      networkId: 'N_7',
      body: { refuse: 'No such network: /networks/N_7' },
    });
    const vague = updateNetwork({ networkId: 'N_8', body: { refuse: 'Nonsense' } });
    const draft = await at.batch.draft([...ports(20), bad, vague], { organizationId });
    expect(draft.ids).toEqual([undefined]);
    expect(draft.problems).toEqual([
      {
        action: 20,
        batch: 0,
        error: { message: 'No such network: /networks/N_7', candidates: [20] },
      },
      { action: 21, batch: 0, error: { message: 'Nonsense', candidates: [21] } },
    ]);
    expect(at.simulator.server.openDrafts).toBe(0);
  });

  test('narrows a refusal that names no action down by halves, and leaves none of them', async () => {
    await using at = await bench();
    const vague = (): ReturnType<typeof updateNetwork> =>
      updateNetwork({ networkId: 'N_8', body: { refuse: 'Nonsense' } });
    const items = [...ports(37), vague(), ...ports(40, 100), vague(), ...ports(20, 200)];
    const draft = await at.batch.draft(items, { organizationId, mode: 'async' });
    expect(draft.problems.map(({ action }) => action)).toEqual([37, 78]);
    expect(at.simulator.server.openDrafts).toBe(0);
    expect(at.simulator.server.drafts).toBeLessThan(30);
    expect(at.counts.size).toBe(0);
  });

  test('of which the server refuses only the whole keeps its text as it is', async () => {
    await using at = await bench({ mostBytes: 3_000 });
    const draft = await at.batch.draft(ports(100), { organizationId, mode: 'async' });
    expect(draft.problems).toMatchObject([{ action: undefined, error: { candidates: [] } }]);
  });

  test('with problems is not executed in part, unless failures are to be left out', async () => {
    await using at = await bench();
    const bad = updateNetwork({ networkId: 'N_7', body: { refuse: 'Nonsense' } });
    const strict = await at.batch.draft([...ports(150), bad], { organizationId });
    const stopped = await strict.confirm();
    expect(stopped.every(({ status }) => status === 'skipped')).toBe(true);
    expect(at.simulator.server.openDrafts).toBe(0);

    const lenient = await at.batch.draft([...ports(150), bad], {
      organizationId,
      onError: 'continue',
    });
    const outcomes = await lenient.confirm();
    expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(150);
    expect(outcomes[150]).toMatchObject({ status: 'failed' });
  });

  test('leaves out what needs the results of others, and runs it all the same', async () => {
    await using at = await bench();
    const network = createNetwork({ organizationId, body: { name: 'HQ' } });
    const vlan = createVlan({ networkId: ref(network), body: { id: '1', name: 'x' } });
    const draft = await at.batch.draft([network, vlan], { organizationId });
    expect(draft).toMatchObject({ ids: ['1', undefined], unchecked: [1] });
    const [, created] = await draft.confirm().values();
    expect(created.uri).toMatch(/^\/networks\/L_\d+\/appliance\/vlans\/1$/);
  });

  test('that the server has thrown away in the meantime is made again', async () => {
    await using at = await bench();
    const draft = await at.batch.draft(ports(150), { organizationId });
    await at.clock.sleep(8 * 24 * 3_600_000);
    const outcomes = await draft.confirm();
    expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
    expect(at.counts.size).toBe(150);
  });

  test('outlives its process, with a journal', async () => {
    await using at = await bench();
    const journal = memoryJournal();
    await at.batch.draft(ports(150), { organizationId, journal });
    const outcomes = await at.batch.resume(journal);
    expect(outcomes).toHaveLength(150);
    expect(at.simulator.server.drafts).toBe(2);
    expect(at.counts.size).toBe(150);
  });
});

test('a draft whose answer was lost, and that shows up later, is not left behind', async () => {
  await using at = await bench({ faults: faultsFor('POST', 'lost'), lag: 2_000 });
  const draft = await at.batch.draft(ports(150), { organizationId });
  expect(at.simulator.server.drafts).toBe(3);
  await at.clock.sleep(5_000);
  const outcomes = await draft.confirm();
  expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
  expect([...at.counts.values()].every((times) => times === 1)).toBe(true);
});
