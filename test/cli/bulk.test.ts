import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { plan, ports, useAccount } from './account.ts';

const account = useAccount();
const { run: meraki } = account;

describe('batch apply', { timeout: 30_000 }, () => {
  test('applies a plan, and writes what became of each row', async () => {
    await account.write('changes.csv', ports('a', 'b'));
    await meraki(plan);
    const { code, stdout } = await meraki('batch apply plan.jsonl --yes');
    expect(code).toBe(0);
    expect(account.applied).toHaveLength(2);
    const lines = (await readFile(stdout.trim(), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => line.split(',').slice(0, 5).join(','))).toEqual([
      'serial,portId,name,row,status',
      'Q2AA,1,a,1,applied',
      'Q2AA,2,b,2,applied',
    ]);
  });

  test('asks nothing off a terminal, and sends nothing without --yes', async () => {
    await account.write('changes.csv', ports('a'));
    await meraki(plan);
    expect(await meraki('batch apply plan.jsonl')).toMatchObject({ code: 2 });
    expect(account.applied).toEqual([]);
  });

  test('wants the number of rows that destroy something', async () => {
    await account.write('changes.csv', 'networkId,vlanId\nN_1,1\nN_1,2\n');
    await meraki('batch plan changes.csv --op deleteNetworkApplianceVlan');
    const refused = await meraki('batch apply plan.jsonl --yes');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--destroys 2') });
    await meraki('batch apply plan.jsonl --yes --destroys 2');
    expect(account.applied).toHaveLength(2);
  });

  test('ends with 3 where rows fail; retry takes those alone', async () => {
    await account.write('changes.csv', ports('a', 'bad', 'c'));
    await meraki(plan);
    expect(await meraki('batch apply plan.jsonl --yes --on-error continue')).toMatchObject({
      code: 3,
    });
    const { stdout } = await meraki('batch show --last --failed --output json');
    expect(JSON.parse(stdout)).toMatchObject([
      { row: '2', status: 'failed', reason: expect.stringContaining('is not a good name') },
    ]);
    account.applied = [];
    expect(await meraki('batch retry --last --failed --yes')).toMatchObject({ code: 3 });
    expect(account.applied).toEqual([]);
  });

  test('takes a run back', async () => {
    await account.write('changes.csv', ports('a', 'b'));
    await meraki(plan);
    await meraki('batch apply plan.jsonl --yes');
    const { resources } = account.simulator.server;
    expect(resources.get('/devices/Q2AA/switch/ports/1')).toMatchObject({ name: 'a' });
    expect(await meraki('batch undo --last --yes')).toMatchObject({ code: 0 });
    expect(resources.get('/devices/Q2AA/switch/ports/1')).toMatchObject({ name: 'old 1' });
  });

  test.each([30, 90, 110, 120, 130, 150, 400, 900])(
    'applies no row twice and leaves none without a verdict when it is killed after %i ms',
    async (ms) => {
      await account.write('changes.csv', ports('a', 'b', 'c'));
      await meraki(plan);
      await meraki('batch apply plan.jsonl --yes', {
        onStart: (child) => void setTimeout(() => child.kill('SIGKILL'), ms),
      });
      const runs = (await meraki('batch runs')).stdout;
      if (runs.includes('run')) await meraki('batch resume --last');
      else await meraki('batch apply plan.jsonl --yes');
      expect(account.applied.map(({ resource }) => resource).toSorted()).toEqual(
        ['1', '2', '3'].map((port) => `/devices/Q2AA/switch/ports/${port}`),
      );
      const { stdout } = await meraki('batch show --last --output json');
      const statuses = JSON.parse(stdout).map((row: { status: string }) => row.status);
      expect(statuses).toEqual(['applied', 'applied', 'applied']);
    },
  );
});
