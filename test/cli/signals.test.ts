import { describe, expect, test } from 'vitest';
import { plan, useAccount } from './account.ts';
import type { Ended } from './installed.ts';

const account = useAccount();
const { run: meraki } = account;
const rows = 130;

/** Applies rows, and sends signals when so many batches run. */
async function signalled(...signals: readonly NodeJS.Signals[]): Promise<Ended> {
  const many = Array.from({ length: rows }, (_, at) => `Q2AA,${at + 1},n${at}\n`).join('');
  await account.write('changes.csv', `serial,portId,name\n${many}`);
  await meraki(plan);
  let sent = 0;
  return meraki('batch apply plan.jsonl --yes', {
    onStart: (child) =>
      void child.stderr?.on('data', (text: Buffer) => {
        const isTime = String(text).includes(sent === 0 ? 'Run ' : 'Stopping');
        const signal = signals[sent];
        if (!isTime || signal === undefined) return;
        sent += 1;
        setTimeout(() => child.kill(signal), sent === 1 ? 400 : 0);
      }),
  });
}

describe('a run', { timeout: 60_000 }, () => {
  test.each([
    ['SIGINT'],
    ['SIGTERM'],
    ['SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGTERM'],
    ['SIGINT', 'SIGTERM'],
  ] as const)('ends at %s %s, says how it goes on, and goes on', async (...signals) => {
    const ended = await signalled(...signals);
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
