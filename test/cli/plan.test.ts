import { describe, expect, test } from 'vitest';
import { plan, useAccount } from './account.ts';

const account = useAccount();
const { run: meraki } = account;

describe('batch plan', { timeout: 30_000 }, () => {
  test('reads each cell as its schema asks; an empty one is absent, and null clears', async () => {
    await account.write(
      'changes.csv',
      'Serial,Port,vlan,name,tags,body.allowedVlans\nQ2AA,1,20,99,"a,b",all\nQ2AA,2,,null,[],\n',
    );
    const ended = await meraki(`${plan} --map serial=Serial,portId=Port`);
    expect(ended).toMatchObject({ code: 0 });
    expect(await account.inputs()).toEqual([
      {
        serial: 'Q2AA',
        portId: '1',
        body: { vlan: 20, name: '99', tags: ['a', 'b'], allowedVlans: 'all' },
      },
      { serial: 'Q2AA', portId: '2', body: { name: null, tags: [] } },
    ]);
    expect(account.simulator.seen).toEqual([]);
  });

  test.each([
    ['a byte order mark', '\uFEFFserial,portId,vlan\nQ2AA,1,20\n'],
    ['semicolons', 'serial;portId;vlan\nQ2AA;1;20\n'],
    ['Windows line ends', 'serial,portId,vlan\r\nQ2AA,1,20\r\n'],
    ['quotes', '"serial","portId","vlan"\n"Q2AA","1","20"\n'],
    ['empty lines', 'serial,portId,vlan\n\nQ2AA,1,20\n\n'],
  ])('reads a file with %s', async (_, text) => {
    await account.write('changes.csv', text);
    await meraki(plan);
    expect(await account.inputs()).toEqual([{ serial: 'Q2AA', portId: '1', body: { vlan: 20 } }]);
  });

  test('reads JSON lines from standard input', async () => {
    const input = '{"serial":"Q2AA","portId":"1","vlan":20}\n';
    const args = 'batch plan - --format jsonl --op updateDeviceSwitchPort';
    expect(await meraki(args, { input })).toMatchObject({ code: 0 });
    expect(await account.inputs()).toEqual([{ serial: 'Q2AA', portId: '1', body: { vlan: 20 } }]);
  });

  test('says all faults of a file at once, each with its place, and plans nothing', async () => {
    await account.write(
      'changes.csv',
      'serial,portId,vlan,type\nQ2AA,1,x,trunk\nQ2AA,,20,tunk\nQ2AA,3\n',
    );
    const { code, stderr } = await meraki(plan);
    expect(code).toBe(2);
    expect(stderr).toContain('row 1 (line 2), column vlan: "x"; expected a whole number');
    expect(stderr).toContain('row 2 (line 3), column type: "tunk"; expected one of');
    expect(stderr).toContain('row 3 (line 4): ""; expected 4 cells, and not 2');
    expect(account.isThere('plan.jsonl')).toBe(false);
  });

  test('refuses a column that is no input, and names what was meant', async () => {
    await account.write('changes.csv', 'serial,portId,vlna\nQ2AA,1,20\n');
    const { code, stderr } = await meraki(plan);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('vlna') });
  });

  test('takes the operation of each row from a column', async () => {
    await account.write(
      'changes.csv',
      'operation,serial,portId,name\nupdateDeviceSwitchPort,Q2AA,1,a\nupdateDevice,Q2AA,,b\n',
    );
    expect(await meraki('batch plan changes.csv --detailed-exitcode')).toMatchObject({ code: 6 });
    expect(await account.inputs()).toEqual([
      { serial: 'Q2AA', portId: '1', body: { name: 'a' } },
      { serial: 'Q2AA', body: { name: 'b' } },
    ]);
  });
});

describe('JSON lines', { timeout: 30_000 }, () => {
  const args = 'batch plan - --format jsonl --op updateDeviceSwitchPort';
  const lines = (...rows: readonly object[]): string =>
    rows.map((row) => `${JSON.stringify(row)}\n`).join('');

  test('keep their texts, which say themselves what they are', async () => {
    const input = lines({ serial: 'Q2AA', portId: '1', name: 'null', tags: ['a,b'] });
    expect(await meraki(args, { input })).toMatchObject({ code: 0 });
    expect(await account.inputs()).toEqual([
      { serial: 'Q2AA', portId: '1', body: { name: 'null', tags: ['a,b'] } },
    ]);
  });

  test('may have members that those before them have not', async () => {
    const input = lines(
      { serial: 'Q2AA', portId: '1', name: 'a' },
      { serial: 'Q2AA', portId: '2', vlan: 20 },
    );
    expect(await meraki(args, { input })).toMatchObject({ code: 0 });
    await meraki('batch apply plan.jsonl --yes');
    expect(account.applied.map(({ body }) => body)).toEqual([{ name: 'a' }, { vlan: 20 }]);
  });

  test('are refused where a later one has a member that is no input', async () => {
    const input = lines({ serial: 'Q2AA', portId: '1' }, { serial: 'Q2AA', portId: '2', vlna: 20 });
    const ended = await meraki(args, { input });
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('vlna') });
  });

  test('of another kind than objects are refused, each with its line', async () => {
    const input = `${lines({ serial: 'Q2AA', portId: '1' })}[1]\n{"serial":\n`;
    const { code, stderr } = await meraki(args, { input });
    expect(code).toBe(2);
    expect(stderr).toContain('row 2 (line 2): "[1]"; expected a JSON object');
    expect(stderr).toContain(String.raw`row 3 (line 3): "{\"serial\":"; expected a JSON object`);
  });
});
