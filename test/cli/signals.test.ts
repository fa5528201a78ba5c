import { describe, expect, test } from 'vitest';
import { plan, useAccount } from './account.ts';
import type { Ended } from './installed.ts';

const account = useAccount();
const { run: meraki } = account;
const rows = 130;

/** Plans a change of each port. */
async function planned(): Promise<void> {
  for (let number = 1; number <= rows; number += 1) {
    const path = `/devices/Q2AA/switch/ports/${number}`;
    account.simulator.server.resources.put(path, { portId: `${number}`, name: 'old', vlan: 1 });
  }
  const many = Array.from({ length: rows }, (_, at) => `Q2AA,${at + 1},n${at}\n`).join('');
  await account.write('changes.csv', `serial,portId,name\n${many}`);
  await meraki(plan);
}

const ends: readonly (readonly [name: string, signals: readonly NodeJS.Signals[]])[] = [
  ['SIGINT', ['SIGINT']],
  ['SIGTERM', ['SIGTERM']],
  ['SIGINT twice', ['SIGINT', 'SIGINT']],
  ['SIGTERM twice', ['SIGTERM', 'SIGTERM']],
  ['SIGINT and SIGTERM', ['SIGINT', 'SIGTERM']],
];

/** Runs a command, and sends it signals from a while after it has said `start`. */
async function signalled(
  command: string,
  start: string,
  signals: readonly NodeJS.Signals[],
): Promise<Ended> {
  let sent = 0;
  return meraki(command, {
    onStart: (child) =>
      void child.stderr?.on('data', (text: Buffer) => {
        const isTime = String(text).includes(sent === 0 ? start : 'Stopping');
        const signal = signals[sent];
        if (!isTime || signal === undefined) return;
        sent += 1;
        setTimeout(() => child.kill(signal), sent === 1 ? 400 : 0);
      }),
  });
}

describe('a run', { timeout: 60_000 }, () => {
  test.each(ends)('ends at %s, says how it goes on, and goes on', async (_, signals) => {
    await planned();
    const ended = await signalled('batch apply plan.jsonl --yes', 'Run ', signals);
    expect(ended).toMatchObject({
      code: 130,
      stderr: expect.stringContaining('meraki batch resume'),
    });
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(await meraki('batch resume --last')).toMatchObject({ code: 0 });
    expect(account.applied).toHaveLength(rows);
    expect(new Set(account.applied.map(({ resource }) => resource)).size).toBe(rows);
    expect(account.simulator.server.openDrafts).toBe(0);
  });

  test.each(ends)('that is taken back ends at %s, and goes on', async (_, signals) => {
    await planned();
    await meraki('batch apply plan.jsonl --yes');
    const ended = await signalled('batch undo --last --yes', 'actions', signals);
    expect(ended).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(/To go on: meraki batch undo \S+/),
    });
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect((await meraki('batch undo --last --yes')).code).toBe(0);
    expect(account.applied).toHaveLength(2 * rows);
    const names = Array.from({ length: rows }, (_, at) =>
      account.simulator.server.resources.get(`/devices/Q2AA/switch/ports/${at + 1}`),
    );
    expect(names.every((port) => (port as { name: string }).name === 'old')).toBe(true);
    expect(account.simulator.server.openDrafts).toBe(0);
  });

  test('leaves no file behind when its plan is interrupted', async () => {
    const ended = await meraki('batch plan - --op updateDeviceSwitchPort --out plan.jsonl', {
      keepsInput: true,
      onStart: (child) => {
        child.stdin?.write('serial,portId,name\nQ2AA,1,a\n');
        setTimeout(() => child.kill('SIGINT'), 700);
      },
    });
    expect(ended.code).toBe(130);
    expect(await account.files()).toEqual([]);
  });
});
