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
