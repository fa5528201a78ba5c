import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import { fileJournal } from '../../../templates/runtime/batch/journal/file-journal.ts';
import {
  type Journal,
  type JournalEntry,
  JournalError,
} from '../../../templates/runtime/batch/journal/journal.ts';
import { facts } from './facts.ts';
import { bench, type Bench, organizationId, updateNetwork } from './fixtures.ts';
import { cutJournal, type Disk } from './independent/cut-journal.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const vlan = '/networks/N_1/appliance/vlans/7';
const policy = '/networks/N_1/groupPolicies/7';
const actions = [
  updateNetwork({ networkId: 'N_1', body: { name: 'x' } }),
  action('destroy', { resource: vlan, operation: 'destroy' }),
  action('destroy', { resource: policy, operation: 'destroy' }),
];
const confirmWithin = 60_000;

function seed(at: Bench): void {
  const { resources } = at.simulator.server;
  resources.put('/networks/N_1', { id: 'N_1', name: 'HQ' });
  resources.put(vlan, { id: '7', name: 'Voice' });
  resources.put(policy, { groupPolicyId: '7', name: 'Guest' });
}

/** Begins the run or takes it up, and waits until its changes are kept or undone. */
async function live(at: Bench, journal: Journal): Promise<string> {
  const begin = async (): Promise<string> => {
    const run = at.batch.run(actions, { organizationId, journal, confirmWithin });
    await run;
    return run.held();
  };
  try {
    return await begin();
  } catch (error) {
    if (!(error instanceof JournalError) || error.reason !== 'started') throw error;
    const run = at.batch.resume(journal, { plan: at.batch.plan(actions) });
    await run;
    return run.held();
  }
}

function shown(at: Bench): readonly unknown[] {
  const { resources } = at.simulator.server;
  const policies = resources.list('/networks/N_1/groupPolicies') ?? [];
  return [resources.get('/networks/N_1'), resources.get(vlan), policies.map(({ name }) => name)];
}

test('changes that nobody keeps are undone, wherever the process is killed', async () => {
  let cuts = 0;
  for (; ; cuts += 1) {
    await using at = await bench({}, facts);
    seed(at);
    const before = shown(at);
    const disk: Disk = [];
    let die = (): void => {};
    const death = new Promise<undefined>((resolve) => {
      die = () => resolve(undefined);
    });
    const dying = cutJournal(disk, { after: cuts, isWritten: cuts % 2 === 0, died: () => die() });
    const first = await Promise.race([live(at, dying), death]);
    const last =
      first ?? (await live(at, cutJournal(disk, { after: Infinity, isWritten: true, died: die })));
    expect([cuts, last, shown(at)]).toEqual([cuts, 'undone', before]);
    if (first) break;
  }
  // Each entry of the run, of the wait and of the undo.
  expect(cuts).toBeGreaterThan(12);
});

test('they are undone once, where a second undo is killed as well', async () => {
  let cuts = 0;
  for (; ; cuts += 1) {
    await using at = await bench({}, facts);
    seed(at);
    const before = shown(at);
    const disk: Disk = [];
    let die = (): void => {};
    const life = async (dies: (entry: JournalEntry) => boolean): Promise<string | undefined> => {
      const death = new Promise<undefined>((resolve) => {
        die = () => resolve(undefined);
      });
      const journal = cutJournal(disk, { after: Infinity, isWritten: true, died: () => {} });
      const mortal: Journal = {
        ...journal,
        append: async (entry) => {
          await journal.append(entry);
          if (!dies(entry)) return;
          die();
          await new Promise(() => {});
        },
      };
      return Promise.race([live(at, mortal), death]);
    };
    // The first undo has written down that it begins, and nothing of its plan.
    await life(({ type }) => type === 'undo');
    let left = cuts;
    const second = await life(() => (left -= 1) < 0);
    const last = second ?? (await life(() => false));
    expect([cuts, last, shown(at)]).toEqual([cuts, 'undone', before]);
    if (second) break;
  }
  expect(cuts).toBeGreaterThan(8);
});

test('changes can be kept through the file of a process that has died', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hold-'));
  try {
    await using at = await bench({}, facts);
    seed(at);
    const file = join(folder, 'run.jsonl');
    const dying = new AbortController();
    const { signal } = dying;
    const journal = fileJournal(file);
    const run = at.batch.run(actions, { organizationId, journal, confirmWithin, signal });
    await run;
    dying.abort();
    await expect(run.held()).rejects.toMatchObject({ name: 'JournalError', reason: 'held' });
    await at.batch.keep(fileJournal(file));
    const resumed = at.batch.resume(fileJournal(file));
    expect(await resumed.held()).toBe('kept');
    expect(at.simulator.server.resources.get('/networks/N_1')).toMatchObject({ name: 'x' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a run that is kept need not wait for the end of its time', async () => {
  await using at = await bench({}, facts);
  seed(at);
  const run = at.batch.run(actions, { organizationId, confirmWithin: 10_000_000 });
  await run;
  const [held] = await at.clock.during(Promise.all([run.held(), run.keep()]));
  expect(held).toBe('kept');
  expect(at.clock.now()).toBeLessThan(10_000_000);
});
