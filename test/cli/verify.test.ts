import { describe, expect, test } from 'vitest';
import { plan, ports, useAccount } from './account.ts';

const account = useAccount({ batchMs: 300 });
const { run: meraki } = account;
const port = (number: number): string => `/devices/Q2AA/switch/ports/${number}`;

async function applied(): Promise<void> {
  await account.write('changes.csv', ports('a', 'b'));
  await meraki(plan);
  await meraki('batch apply plan.jsonl --yes');
}

describe('batch verify', { timeout: 60_000 }, () => {
  test('says that all is there', async () => {
    await applied();
    const { code, stdout, stderr } = await meraki('batch verify --last');
    expect([code, stdout, stderr]).toEqual([0, '', '2 same, 0 different, 0 not verified.\n']);
  });

  test('says what differs, with 3', async () => {
    await applied();
    account.simulator.server.resources.put(port(2), { portId: '2', name: 'theirs', vlan: 1 });
    const { code, stdout } = await meraki('batch verify --last');
    expect([code, stdout]).toEqual([3, 'row 2: /name is "theirs", and not "b"\n']);
  });

  test('shows no secrets', async () => {
    const ssid = '/networks/N_1/wireless/ssids/0';
    account.simulator.server.resources.put(ssid, { number: 0, name: 'Guests', psk: 'one' });
    await account.write('changes.csv', 'networkId,number,psk\nN_1,0,our secret\n');
    await meraki('batch plan changes.csv --op updateNetworkWirelessSsid');
    await meraki('batch apply plan.jsonl --yes');
    account.simulator.server.resources.put(ssid, {
      number: 0,
      name: 'Guests',
      psk: 'their secret',
    });
    const { code, stdout } = await meraki('batch verify --last');
    expect([code, stdout]).toEqual([3, expect.stringContaining('/psk is')]);
    expect(stdout).not.toContain('secret');
  });

  test('sends nothing of a run that has not ended', async () => {
    await account.write('changes.csv', ports('a', 'b', 'c'));
    await meraki(plan);
    await meraki('batch apply plan.jsonl --yes', {
      onStart: (child) => void setTimeout(() => child.kill('SIGKILL'), 500),
    });
    if ((await meraki('batch runs')).stdout.trim() === '') return;
    const before = account.applied.length;
    const { code, stderr } = await meraki('batch verify --last');
    if (code === 0) expect(account.applied).toHaveLength(3);
    else expect([code, stderr]).toEqual([1, expect.stringContaining('resume it first')]);
    expect(account.applied.length).toBe(before);
  });
});

describe('batch undo', { timeout: 60_000 }, () => {
  test('can be asked for again', async () => {
    await applied();
    expect((await meraki('batch undo --last --yes')).stderr).toContain('Undone: 2 of 2');
    const again = await meraki('batch undo --last --yes');
    expect([again.code, account.applied.length]).toEqual([0, 4]);
  });

  test('takes back what was changed again after an undo', async () => {
    await applied();
    await meraki('batch undo --last --yes');
    const { resources } = account.simulator.server;
    resources.put(port(1), { portId: '1', name: 'a', vlan: 1 });
    expect((await meraki('batch undo --last --yes')).code).toBe(0);
    expect(resources.get(port(1))).toMatchObject({ name: 'old 1' });
  });

  test.each([300, 450, 600, 750, 900])('goes on where it was killed after %i ms', async (ms) => {
    await applied();
    await meraki('batch undo --last --yes', {
      onStart: (child) => void setTimeout(() => child.kill('SIGKILL'), ms),
    });
    expect((await meraki('batch undo --last --yes')).code).toBe(0);
    const { resources } = account.simulator.server;
    expect([1, 2].map((number) => resources.get(port(number)))).toMatchObject([
      { name: 'old 1' },
      { name: 'old 2' },
    ]);
    expect(account.applied).toHaveLength(4);
  });
});
