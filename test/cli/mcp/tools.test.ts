import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { toolList } from '../../../templates/cli-runtime/mcp/tool-list.ts';
import { useAccount } from '../account.ts';
import { agreeing, atTerminal, dataOf, Model, planOf, runOf, runsOf } from './model.ts';

const account = useAccount();
const start = (args: string, options: Partial<Parameters<typeof Model.overStdio>[1]> = {}) =>
  Model.overStdio(account.cli, {
    args: args.split(' ').filter(Boolean),
    env: account.env,
    ...options,
  });

describe('the tools', { timeout: 60_000 }, () => {
  test('are seven, in at most 1,500 tokens', async () => {
    await using model = await start('');
    const { tools } = await model.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(toolList.map(({ name }) => name));
    expect(tools).toHaveLength(7);
    expect(countTokens(JSON.stringify({ tools }))).toBeLessThanOrEqual(1_500);
  });

  test('find operations, and say what one takes', async () => {
    await using model = await start('');
    const found = dataOf(await model.call('search', { query: 'switch port' }));
    expect(found).toContain('updateDeviceSwitchPort: PUT /devices/{serial}/switch/ports/{portId}');
    const text = dataOf(await model.call('describe', { operation: 'updateDeviceSwitchPort' }));
    expect(text).toContain('  serial (path, required): text');
    expect(text).toContain('    vlan: a whole number');
  });

  test('name what was probably meant', async () => {
    await using model = await start('');
    const text = await model.call('describe', { operation: 'updateDeviceSwitchPorts' });
    expect(text).toContain('Did you mean updateDeviceSwitchPort?');
  });

  test('read, an item a line', async () => {
    await using model = await start('');
    const input = { serial: 'Q2AA' };
    const read = { operation: 'getDeviceSwitchPorts', input };
    expect(dataOf(await model.call('read', { ...read, fields: ['name'], limit: 2 }))).toBe(
      '{"name":"old 1"}\n{"name":"old 2"}',
    );
  });

  test('cut a result to the budget, and read on to its end', async () => {
    const { resources } = account.simulator.server;
    for (let port = 4; port <= 60; port++)
      resources.put(`/devices/Q2AA/switch/ports/${port}`, {
        portId: String(port),
        name: '😀é'.repeat(9),
      });
    await using model = await start('--budget 600');
    const read = { operation: 'getDeviceSwitchPorts', input: { serial: 'Q2AA' } };
    let text = await model.call('read', read);
    const parts: string[] = [];
    for (;;) {
      parts.push(dataOf(text));
      expect(dataOf(text).length).toBeLessThanOrEqual(600);
      const more = /\{"more":"([0-9a-f]+)"\}/.exec(text)?.[1];
      if (more === undefined) break;
      text = await model.call('read', { more });
    }
    const rows = parts
      .join('\n')
      .split('\n')
      .map((line): { portId: string } => JSON.parse(line));
    expect(rows.map(({ portId }) => Number(portId)).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
  });

  test('say all that is wrong with a plan at once', async () => {
    await using model = await start('');
    const text = await model.call('plan', {
      changes: [
        { operation: 'updateDeviceSwitchPort', input: { serial: 'Q2AA', portId: '1', vlan: 2 } },
        {
          operation: 'updateDeviceSwitchPort',
          input: { serial: '', body: { vlan: 'x', nmae: 'a' } },
        },
        { operation: 'updateDeviceSwitchPrt' },
        { operation: 'getDevice', input: { serial: 'Q2AA' } },
      ],
    });
    expect(text.split('\n')).toEqual([
      'change 1: updateDeviceSwitchPort has no input "vlan". It is a member of body.',
      'change 2: serial must be text, and not "".',
      'change 2: portId is missing: it must be text.',
      'change 2: body.vlan must be a whole number.',
      'change 2: body.nmae is not known. Did you mean name?',
      expect.stringContaining('change 3: There is no operation "updateDeviceSwitchPrt". Did you'),
      'change 4: getDevice only reads: use read.',
      'Nothing was planned.',
    ]);
  });

  test.each(['legacy', 'modern'] as const)(
    'apply what the user of a %s client approves, and take it back',
    async (era) => {
      await using model = await start('--allow-writes', { person: agreeing, era });
      const applied = await model.call('apply', await model.plan('a', 'b'));
      expect(applied).toContain('2 applied');
      expect(model.asked).toEqual([expect.stringContaining('name: "old 1" → "a"')]);
      const undone = planOf(await model.call('undo', { run: runOf(applied) }));
      expect(account.applied).toHaveLength(2);
      expect(await model.apply(undone)).toContain('2 applied');
      const { resources } = account.simulator.server;
      expect(resources.get('/devices/Q2AA/switch/ports/1')).toMatchObject({ name: 'old 1' });
    },
  );

  test('apply what a person approves at a terminal', async () => {
    await using model = await start('--allow-writes');
    const plan = await model.plan('a');
    const applying = model.call('apply', plan);
    const { code, shown } = await atTerminal(account.cli, ['approve', plan.plan], {
      env: account.env,
      types: 'yes',
    });
    expect({ code, shown }).toMatchObject({
      code: 0,
      shown: expect.stringContaining('name: "old 1" → "a"'),
    });
    expect(await applying).toContain('1 applied');
  });

  test('leave runs that the command line goes on with', async () => {
    await using model = await start('--allow-writes', { person: agreeing });
    const run = runOf(await model.call('apply', await model.plan('a', 'bad')));
    expect(await runsOf(account.cli, 'meraki')).toEqual([run]);
    expect((await account.run(`batch status ${run}`)).stdout).toContain('1 failed');
    expect((await account.run(`batch show ${run} --failed`)).stdout).toContain('not a good name');
    expect(dataOf(await model.call('status', { run }))).toContain('is not a good name');
    expect(await account.run(`batch undo ${run} --yes`)).toMatchObject({ code: 0 });
  });

  test('know runs of the command line', async () => {
    await account.write('changes.csv', 'serial,portId,name\nQ2AA,1,a\n');
    await account.run('batch plan changes.csv --op updateDeviceSwitchPort');
    await account.run('batch apply plan.jsonl --yes');
    await using model = await start('--allow-writes', { person: agreeing });
    const [run = ''] = await runsOf(account.cli, 'meraki');
    expect(await model.call('status')).toContain(run);
    expect(await model.call('status', { run })).toContain('1 applied');
    const plan = planOf(await model.call('undo', { run }));
    expect(await model.apply(plan)).toContain('1 applied');
  });

  test('make a plan on a server that only reads, which a person can apply', async () => {
    await using model = await start('', { person: agreeing });
    const plan = await model.plan('a');
    expect(await model.call('apply', plan)).toContain('started without --allow-writes');
    expect(account.applied).toEqual([]);
  });
});
