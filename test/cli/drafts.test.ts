import { expect, test } from 'vitest';
import { plan, ports, useAccount } from './account.ts';

const account = useAccount();
const { run: meraki } = account;

test('drafts change nothing until they are confirmed', { timeout: 60_000 }, async () => {
  await account.write('changes.csv', ports('a', 'b'));
  await meraki(plan);
  const drafted = await meraki('batch draft plan.jsonl');
  expect(drafted).toMatchObject({ code: 0, stderr: expect.stringContaining('1 draft;') });
  expect(account.simulator.server.openDrafts).toBe(1);
  expect(account.applied).toEqual([]);
  const id = drafted.stdout.trim();
  expect(await meraki(`batch confirm ${id}`)).toMatchObject({ code: 2 });
  expect(account.applied).toEqual([]);
  expect(await meraki(`batch confirm ${id} --yes`)).toMatchObject({ code: 0 });
  expect(account.applied).toHaveLength(2);
  expect(account.simulator.server.drafts).toBe(1);
  expect((await meraki('batch show --last')).stdout.match(/,applied,/g)).toHaveLength(2);
});

test(
  'what the server refuses of a draft is said by its row, with 3',
  { timeout: 60_000 },
  async () => {
    await account.write('changes.csv', 'networkId,name\nL_404,a\n');
    await meraki('batch plan changes.csv --op updateNetwork');
    const ended = await meraki('batch draft plan.jsonl');
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining('row 1: ') });
    expect(account.applied).toEqual([]);
  },
);

test('a run whose drafts nobody has approved is not resumed', { timeout: 60_000 }, async () => {
  await account.write('changes.csv', ports('a'));
  await meraki(plan);
  const id = (await meraki('batch draft plan.jsonl')).stdout.trim();
  const refused = await meraki(`batch resume ${id}`);
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`meraki batch confirm ${id}`),
  });
  expect(account.applied).toEqual([]);
});

test('what drafts destroy is counted, whatever their rows say', { timeout: 60_000 }, async () => {
  const head = { plan: 1, bin: 'meraki', scope: { organizationId: '1' }, columns: [] };
  const row = {
    row: 1,
    group: 'networks',
    operation: 'deleteNetwork',
    input: { networkId: 'N_1' },
    cells: [],
    destroys: false,
  };
  await account.write('plan.jsonl', `${JSON.stringify(head)}\n${JSON.stringify(row)}\n`);
  const id = (await meraki('batch draft plan.jsonl')).stdout.trim();
  const refused = await meraki(`batch confirm ${id} --yes`);
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('1 row destroys something'),
  });
  expect(account.applied).toEqual([]);
  await meraki(`batch confirm ${id} --yes --destroys 1`);
  expect(account.applied).toHaveLength(1);
});

test('drafts that are discarded are gone, with their run', { timeout: 60_000 }, async () => {
  await account.write('changes.csv', ports('a', 'b'));
  await meraki(plan);
  const id = (await meraki('batch draft plan.jsonl')).stdout.trim();
  expect(account.simulator.server.openDrafts).toBe(1);
  expect(await meraki(`batch discard ${id}`)).toMatchObject({ code: 0 });
  expect(account.simulator.server.openDrafts).toBe(0);
  expect(account.applied).toEqual([]);
  expect(await meraki(`batch confirm ${id} --yes`)).toMatchObject({ code: 2 });
});

test('a run that is no drafts is not discarded', { timeout: 60_000 }, async () => {
  await account.write('changes.csv', ports('a'));
  await meraki(plan);
  await meraki('batch apply plan.jsonl --yes');
  expect(await meraki('batch discard --last')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('has no drafts'),
  });
  expect(account.applied).toHaveLength(1);
});
