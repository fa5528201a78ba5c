import { beforeEach, describe, expect, test } from 'vitest';
import { useAccount } from '../account.ts';
import { dataOf, Model } from './model.ts';

const account = useAccount();
const start = (args: string) =>
  Model.overStdio(account.cli, { args: args.split(' '), env: account.env });

const change = (operation: string, input: object) => ({ changes: [{ operation, input }] });

beforeEach(() => {
  const { resources } = account.simulator.server;
  resources.put('/devices/Q2AA', { serial: 'Q2AA', networkId: 'N_1' });
  resources.put('/devices/Q2BB', { serial: 'Q2BB', networkId: 'N_2' });
  resources.put('/networks/N_1', { id: 'N_1', organizationId: '1' });
  resources.put('/networks/N_2', { id: 'N_2', organizationId: '2' });
});

describe('a server that allows', { timeout: 60_000 }, () => {
  test('a tag finds, describes, reads and plans nothing else', async () => {
    await using model = await start('--allow-tags switch');
    expect(dataOf(await model.call('search', { query: 'network' }))).not.toContain(
      'deleteNetwork:',
    );
    for (const [tool, args] of [
      ['describe', { operation: 'getNetwork' }],
      ['read', { operation: 'getNetwork', input: { networkId: 'N_1' } }],
      ['plan', change('updateNetwork', { networkId: 'N_1', body: { name: 'a' } })],
    ] as const)
      expect(await model.call(tool, args)).toContain('is not allowed');
    const input = { serial: 'Q2AA' };
    expect(await model.call('read', { operation: 'getDeviceSwitchPorts', input })).toContain(
      'old 1',
    );
  });

  test('a method plans no other', async () => {
    await using model = await start('--allow-verbs PUT');
    const destroy = change('deleteNetwork', { networkId: 'N_1' });
    expect(await model.call('plan', destroy)).toContain('deleteNetwork is not allowed');
    const update = change('updateDevice', { serial: 'Q2AA', body: { name: 'a' } });
    expect(await model.call('plan', update)).toContain('plan: ');
  });

  test('a verb of batches plans no other', async () => {
    await using model = await start('--allow-verbs update');
    const destroy = change('deleteNetwork', { networkId: 'N_1' });
    expect(await model.call('plan', destroy)).toContain('deleteNetwork is not allowed');
    const update = change('updateDevice', { serial: 'Q2AA', body: { name: 'a' } });
    expect(await model.call('plan', update)).toContain('plan: ');
  });

  test.each([
    [
      'networkId=N_1',
      'the network of the path',
      'getNetwork',
      { networkId: 'N_1' },
      { networkId: 'N_2' },
    ],
    [
      'networkId=N_1',
      'the network of a device',
      'getDevice',
      { serial: 'Q2AA' },
      { serial: 'Q2BB' },
    ],
    [
      'organizationId=1',
      'the organization of a network',
      'getNetwork',
      { networkId: 'N_1' },
      { networkId: 'N_2' },
    ],
    [
      'organizationId=1',
      'the organization of a device',
      'getDevice',
      { serial: 'Q2AA' },
      { serial: 'Q2BB' },
    ],
  ])('%s asks for %s', async (allow, _, operation, fine, foreign) => {
    await using model = await start(`--allow ${allow}`);
    expect(await model.call('read', { operation, input: fine })).toContain('<data-');
    expect(await model.call('read', { operation, input: foreign })).toMatch(/not allowed here/);
  });

  test('a network reads nothing that cannot be shown to belong to it', async () => {
    await using model = await start('--allow networkId=N_1');
    for (const [operation, input] of [
      ['getOrganizations', {}],
      ['getDevice', { serial: 'Q2CC' }],
    ] as const)
      expect(await model.call('read', { operation, input })).toContain('cannot be shown to stay');
  });

  test('a network plans no body that names another', async () => {
    await using model = await start('--allow organizationId=1 --allow networkId=N_1');
    const text = await model.call(
      'plan',
      change('updateDevice', { serial: 'Q2AA', body: { name: 'a', networkId: 'N_2' } }),
    );
    expect(text).toMatch(/N_2|not known/);
  });

  test.each([
    ['--allow-tags swich', 'There is no tag swich. Did you mean switch?'],
    ['--allow netwrkId=N_1', 'No path has the parameter netwrkId. Did you mean networkId?'],
    ['--allow networkId', '--allow takes name=value,value.'],
    ['--budget 1', '--budget must be'],
    ['--http 99999', '--http must be a port'],
    ['--wait soon', 'must be a time such as'],
  ])('what is not there (%s) does not start', async (args, reason) => {
    const { code, stderr } = await account.run(`mcp ${args}`);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(reason) });
  });
});
