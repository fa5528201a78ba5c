import { describe, expect, test } from 'vitest';
import { useAccount } from './account.ts';

// A plan may come from somebody else.

const account = useAccount();
const { run: meraki } = account;

const head = { plan: 1, bin: 'meraki', scope: { organizationId: '1' }, columns: ['name'] };
const port = {
  row: 1,
  group: 'switch',
  operation: 'updateDeviceSwitchPort',
  input: { serial: 'Q2AA', portId: '1', body: { name: 'new' } },
  cells: ['new'],
};

const write = (...lines: readonly object[]): Promise<unknown> =>
  account.write('plan.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

describe('what a plan destroys is counted', { timeout: 60_000 }, () => {
  const row = {
    ...port,
    group: 'networks',
    operation: 'deleteNetwork',
    input: { networkId: 'N_1' },
  };
  test.each([
    ['where its rows do not say it', [row], 1],
    [
      'where one of its rows does not say it',
      [
        { ...row, destroys: true },
        { ...row, row: 2 },
      ],
      2,
    ],
    ['where its rows deny it', [{ ...row, destroys: false }], 1],
  ] as const)('%s', async (_, rows, count) => {
    await write(head, ...rows);
    const { code, stderr } = await meraki('batch apply plan.jsonl --yes');
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(new RegExp(`${count} rows? destroys? something`)),
    });
    expect(account.applied).toEqual([]);
  });
});

describe('the scope of a plan is no option of its run', { timeout: 60_000 }, () => {
  test.each([
    ['a callback', { callback: { url: 'https://evil.example', sharedSecret: 'x' } }],
    ['a time-out', { timeout: '1' }],
    ['what is no text', { organizationId: ['1'] }],
    ['an inherited name', { constructor: 'x' }],
  ])('%s', async (_, more) => {
    await write({ ...head, scope: { ...head.scope, ...more } }, port);
    const { code, stderr } = await meraki('batch apply plan.jsonl --yes');
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not a plan of meraki'),
    });
    expect(account.applied).toEqual([]);
  });
});
