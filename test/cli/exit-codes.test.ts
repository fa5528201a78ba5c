import { describe, expect, test } from 'vitest';
import { plan, ports, useAccount } from './account.ts';
import type { Ended } from './installed.ts';

const account = useAccount();
const { run: meraki } = account;

const planned = async (...names: readonly string[]): Promise<void> => {
  await account.write('changes.csv', ports(...names));
  await meraki(plan);
};
const apply = 'batch apply plan.jsonl --yes --on-error continue';

/** How each code comes about. */
const cases: readonly (readonly [code: number, what: string, how: () => Promise<Ended>])[] = [
  [
    0,
    'a plan',
    () =>
      account
        .write('c.csv', ports('a'))
        .then(() => meraki('batch plan c.csv --op updateDeviceSwitchPort')),
  ],
  [0, 'all rows applied', () => planned('a', 'b').then(() => meraki(apply))],
  [0, 'help', () => meraki('--help')],
  [0, 'help of a command', () => meraki('batch apply --help')],
  [1, 'a file that is not there', () => meraki(plan)],
  [1, 'a plan that is not there', () => meraki(apply)],
  [
    1,
    'a server that is not there',
    () =>
      planned('a').then(() =>
        meraki('organizations getOrganizations', {
          env: { ...account.env, MERAKI_BASE_URL: 'http://127.0.0.1:9/api/v1' },
        }),
      ),
  ],
  [
    1,
    'a run whose server is not there',
    () =>
      planned('a').then(() =>
        meraki(`${apply} --option timeout=2000`, {
          env: { ...account.env, MERAKI_BASE_URL: 'http://127.0.0.1:9/api/v1' },
        }),
      ),
  ],
  [2, 'a command that there is not', () => meraki('batch aply')],
  [2, 'a group that there is not', () => meraki('swich getDeviceSwitchPort')],
  [2, 'an option that there is not', () => meraki('batch plan x.csv --opp y')],
  [2, 'no command', () => meraki('batch')],
  [2, 'a run that there is not', () => meraki('batch resume 20200101T000000-abcdef')],
  [
    2,
    'a file with faults',
    () => account.write('changes.csv', 'serial,portId,vlan\nA,1,x\n').then(() => meraki(plan)),
  ],
  [
    2,
    'a plan that was changed into something else',
    () => account.write('plan.jsonl', '{}').then(() => meraki(apply)),
  ],
  [3, 'rows that fail', () => planned('a', 'bad').then(() => meraki(apply))],
  [
    4,
    'a key that the server refuses',
    () =>
      planned('a').then(() => meraki(apply, { env: { ...account.env, MERAKI_API_KEY: 'wrong' } })),
  ],
  [
    4,
    'no key',
    () => planned('a').then(() => meraki(apply, { env: { ...account.env, MERAKI_API_KEY: '' } })),
  ],
  [
    4,
    'a key command that fails',
    () =>
      planned('a').then(() => meraki(`${apply} --key-command false`, { env: { ...account.env } })),
  ],
  [
    6,
    'a plan with changes',
    () =>
      account.write('changes.csv', ports('a')).then(() => meraki(`${plan} --detailed-exitcode`)),
  ],
  [
    6,
    'a preview with changes',
    () => planned('a').then(() => meraki('batch preview plan.jsonl --detailed-exitcode')),
  ],
  [
    0,
    'a preview without changes',
    () => planned('old 1').then(() => meraki('batch preview plan.jsonl --detailed-exitcode')),
  ],
];

describe('the exit code', { timeout: 60_000 }, () => {
  test.each(cases)('is %i for %s', async (code, _, how) => {
    const ended = await how();
    expect({ ...ended, stdout: '' }).toMatchObject({ code });
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(ended.stderr).not.toContain('wrong');
  });

  test('codes are those that --help lists', async () => {
    const { stdout } = await meraki('--help');
    const listed = [...stdout.matchAll(/^ {2}(\d+) {2,}\S/gm)].map(([, code]) => Number(code));
    expect(listed).toEqual([0, 1, 2, 3, 4, 5, 6, 130]);
  });
});
