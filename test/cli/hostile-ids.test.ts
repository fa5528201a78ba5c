import { expect, test } from 'vitest';
import { useAccount } from './account.ts';

const account = useAccount();
const { run: meraki } = account;
const apply = 'batch apply plan.jsonl --yes';
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const within = [
  '../x',
  '/../../organizations/1',
  'a/b',
  'a%2fb',
  'a?b=c',
  'a#b',
  'a\nb',
  'a\r\nb',
  'a\\b',
  '%2e%2e%2fa',
  'a;b',
  'a ',
  'é',
  '...',
  '"',
  '%',
  '${jndi}',
  '=1+1',
];

test(
  'ids of a file stay within their segment, whatever they hold',
  { timeout: 60_000 },
  async () => {
    const rows = within.map((id, at) => `${quoted(id)},${at + 1},n${at}\n`);
    await account.write('changes.csv', `serial,portId,name\n${rows.join('')}`);
    await meraki('batch plan changes.csv --op updateDeviceSwitchPort');
    expect(await meraki(apply)).toMatchObject({ code: 0 });
    const paths = account.applied.map(({ resource }) => resource);
    expect(paths).toHaveLength(within.length);
    for (const path of paths) {
      const { pathname } = new URL(`http://h/api/v1${path}`);
      expect(pathname).toBe(`/api/v1${path}`);
      const segments = path.split('/');
      expect(segments).toEqual([
        '',
        'devices',
        expect.anything(),
        'switch',
        'ports',
        expect.anything(),
      ]);
      expect(within).toContain(decodeURIComponent(segments[2] ?? ''));
    }
  },
);

test.each(['.', '..', '%2e', '%2E%2e', '.%2e'])(
  'the id %s is refused with its row and column',
  { timeout: 60_000 },
  async (id) => {
    await account.write('changes.csv', `serial,portId,name\nQ2AA,1,a\n${id},2,b\n`);
    const { code, stderr } = await meraki('batch plan changes.csv --op updateDeviceSwitchPort');
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('row 2 (line 3), column serial'),
    });
  },
);

test.each([
  ['names of members of every object', 'serial,portId,__proto__\nQ2AA,1,x\n'],
  ['a path through one', 'serial,portId,constructor.prototype.vlan\nQ2AA,1,5\n'],
])('a column with %s is refused', { timeout: 60_000 }, async (_, text) => {
  await account.write('changes.csv', text);
  const ended = await meraki('batch plan changes.csv --op updateDeviceSwitchPort');
  expect(ended).toMatchObject({ code: 2 });
});
