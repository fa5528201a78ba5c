import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../templates/runtime/batch/pace/system-clock.ts';
import type { SentAction } from '../simulators/meraki-batch.ts';
import { type MerakiSimulator, startMeraki } from '../simulators/meraki-http.ts';
import { type Ended, install, type Installed, type RunOptions } from './installed.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));

let cli: Installed;
let simulator: MerakiSimulator;
let applied: SentAction[];
let env: Readonly<Record<string, string>>;

beforeEach(async () => {
  cli = await install(generated('meraki'), generated('meraki-cli'));
  applied = [];
  simulator = await startMeraki({
    clock: systemClock,
    batchMs: 50,
    applied: (action) => void applied.push(action),
    fails: ({ body }) => (body?.['name'] === 'bad' ? 'is not a good name' : undefined),
  });
  for (const port of ['1', '2', '3'])
    simulator.server.resources.put(`/devices/Q2AA/switch/ports/${port}`, {
      portId: port,
      name: `old ${port}`,
      vlan: 1,
    });
  env = {
    MERAKI_API_KEY: 'key',
    MERAKI_BASE_URL: simulator.baseUrl,
    MERAKI_ORGANIZATION_ID: '1',
  };
});

afterEach(async () => {
  await simulator[Symbol.asyncDispose]();
  await cli[Symbol.asyncDispose]();
});

function meraki(args: string, options: RunOptions = {}): Promise<Ended> {
  return cli.run(args.split(' '), { env, ...options });
}

const write = (name: string, text: string): Promise<void> =>
  writeFile(join(cli.folder, name), text);
const read = (name: string): Promise<string> => readFile(join(cli.folder, name), 'utf8');
const isThere = (name: string): boolean => existsSync(join(cli.folder, name));
const inputs = async (): Promise<readonly unknown[]> =>
  (await read('plan.jsonl'))
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line).input);

const plan = 'batch plan changes.csv --op updateDeviceSwitchPort';

describe('batch plan', { timeout: 30_000 }, () => {
  test('reads each cell as its schema asks; an empty one is absent, and null clears', async () => {
    await write(
      'changes.csv',
      'Serial,Port,vlan,name,tags,body.allowedVlans\nQ2AA,1,20,99,"a,b",all\nQ2AA,2,,null,[],\n',
    );
    const ended = await meraki(`${plan} --map serial=Serial,portId=Port`);
    expect(ended).toMatchObject({ code: 0 });
    expect(await inputs()).toEqual([
      {
        serial: 'Q2AA',
        portId: '1',
        body: { vlan: 20, name: '99', tags: ['a', 'b'], allowedVlans: 'all' },
      },
      { serial: 'Q2AA', portId: '2', body: { name: null, tags: [] } },
    ]);
    expect(simulator.seen).toEqual([]);
  });

  test.each([
    ['a byte order mark', '\uFEFFserial,portId,vlan\nQ2AA,1,20\n'],
    ['semicolons', 'serial;portId;vlan\nQ2AA;1;20\n'],
    ['Windows line ends', 'serial,portId,vlan\r\nQ2AA,1,20\r\n'],
    ['quotes', '"serial","portId","vlan"\n"Q2AA","1","20"\n'],
    ['empty lines', 'serial,portId,vlan\n\nQ2AA,1,20\n\n'],
  ])('reads a file with %s', async (_, text) => {
    await write('changes.csv', text);
    await meraki(plan);
    expect(await inputs()).toEqual([{ serial: 'Q2AA', portId: '1', body: { vlan: 20 } }]);
  });

  test('reads JSON lines from standard input', async () => {
    const input = '{"serial":"Q2AA","portId":"1","vlan":20}\n';
    const args = 'batch plan - --format jsonl --op updateDeviceSwitchPort';
    expect(await meraki(args, { input })).toMatchObject({ code: 0 });
    expect(await inputs()).toEqual([{ serial: 'Q2AA', portId: '1', body: { vlan: 20 } }]);
  });

  test('says all faults of a file at once, each with its place, and plans nothing', async () => {
    await write('changes.csv', 'serial,portId,vlan,type\nQ2AA,1,x,trunk\nQ2AA,,20,tunk\nQ2AA,3\n');
    const { code, stderr } = await meraki(plan);
    expect(code).toBe(2);
    expect(stderr).toContain('row 1 (line 2), column vlan: "x"; expected a whole number');
    expect(stderr).toContain('row 2 (line 3), column type: "tunk"; expected one of');
    expect(stderr).toContain('row 3 (line 4): ""; expected 4 cells, and not 2');
    expect(isThere('plan.jsonl')).toBe(false);
  });

  test('refuses a column that is no input, and names what was meant', async () => {
    await write('changes.csv', 'serial,portId,vlna\nQ2AA,1,20\n');
    const { code, stderr } = await meraki(plan);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('vlna') });
  });

  test('takes the operation of each row from a column', async () => {
    await write(
      'changes.csv',
      'operation,serial,portId,name\nupdateDeviceSwitchPort,Q2AA,1,a\nupdateDevice,Q2AA,,b\n',
    );
    expect(await meraki('batch plan changes.csv --detailed-exitcode')).toMatchObject({ code: 6 });
    expect(await inputs()).toEqual([
      { serial: 'Q2AA', portId: '1', body: { name: 'a' } },
      { serial: 'Q2AA', body: { name: 'b' } },
    ]);
  });
});

describe('batch apply', { timeout: 30_000 }, () => {
  const ports = (...names: readonly string[]): string =>
    `serial,portId,name\n${names.map((name, index) => `Q2AA,${index + 1},${name}\n`).join('')}`;

  test('applies a plan, and writes what became of each row', async () => {
    await write('changes.csv', ports('a', 'b'));
    await meraki(plan);
    const { code, stdout } = await meraki('batch apply plan.jsonl --yes');
    expect(code).toBe(0);
    expect(applied).toHaveLength(2);
    const lines = (await readFile(stdout.trim(), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => line.split(',').slice(0, 5).join(','))).toEqual([
      'serial,portId,name,row,status',
      'Q2AA,1,a,1,applied',
      'Q2AA,2,b,2,applied',
    ]);
  });

  test('asks nothing off a terminal, and sends nothing without --yes', async () => {
    await write('changes.csv', ports('a'));
    await meraki(plan);
    expect(await meraki('batch apply plan.jsonl')).toMatchObject({ code: 2 });
    expect(applied).toEqual([]);
  });

  test('wants the number of rows that destroy something', async () => {
    await write('changes.csv', 'networkId,vlanId\nN_1,1\nN_1,2\n');
    await meraki('batch plan changes.csv --op deleteNetworkApplianceVlan');
    const refused = await meraki('batch apply plan.jsonl --yes');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--destroys 2') });
    await meraki('batch apply plan.jsonl --yes --destroys 2');
    expect(applied).toHaveLength(2);
  });

  test('ends with 3 where rows fail; retry takes those alone', async () => {
    await write('changes.csv', ports('a', 'bad', 'c'));
    await meraki(plan);
    expect(await meraki('batch apply plan.jsonl --yes --on-error continue')).toMatchObject({
      code: 3,
    });
    const { stdout } = await meraki('batch show --last --failed --output json');
    expect(JSON.parse(stdout)).toMatchObject([
      { row: '2', status: 'failed', reason: expect.stringContaining('is not a good name') },
    ]);
    applied = [];
    expect(await meraki('batch retry --last --failed --yes')).toMatchObject({ code: 3 });
    expect(applied).toEqual([]);
  });

  test('takes a run back', async () => {
    await write('changes.csv', ports('a', 'b'));
    await meraki(plan);
    await meraki('batch apply plan.jsonl --yes');
    const { resources } = simulator.server;
    expect(resources.get('/devices/Q2AA/switch/ports/1')).toMatchObject({ name: 'a' });
    expect(await meraki('batch undo --last --yes')).toMatchObject({ code: 0 });
    expect(resources.get('/devices/Q2AA/switch/ports/1')).toMatchObject({ name: 'old 1' });
  });

  test.each([30, 90, 110, 120, 130, 150, 400, 900])(
    'applies no row twice and leaves none without a verdict when it is killed after %i ms',
    async (ms) => {
      await write('changes.csv', ports('a', 'b', 'c'));
      await meraki(plan);
      await meraki('batch apply plan.jsonl --yes', {
        onStart: (child) => void setTimeout(() => child.kill('SIGKILL'), ms),
      });
      const runs = (await meraki('batch runs')).stdout;
      if (runs.includes('run')) await meraki('batch resume --last');
      else await meraki('batch apply plan.jsonl --yes');
      expect(applied.map(({ resource }) => resource).toSorted()).toEqual(
        ['1', '2', '3'].map((port) => `/devices/Q2AA/switch/ports/${port}`),
      );
      const { stdout } = await meraki('batch show --last --output json');
      const statuses = JSON.parse(stdout).map((row: { status: string }) => row.status);
      expect(statuses).toEqual(['applied', 'applied', 'applied']);
    },
  );
});
