import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeBlocks } from '../package/blocks.ts';
import { type Ended, install, type Installed } from './installed.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));

let cli: Installed;

beforeAll(async () => {
  cli = await install(generated('meraki'), generated('meraki-cli'));
}, 60_000);

afterAll(() => cli[Symbol.asyncDispose]());

const write = (name: string, text: string): Promise<void> =>
  writeFile(join(cli.folder, name), text);

const readLines = async (name: string): Promise<readonly string[]> =>
  (await readFile(join(cli.folder, name), 'utf8')).trimEnd().split('\n');

/** What a test does while a simulator plays. */
type Play = (
  env: Readonly<Record<string, string>>,
  stop: (signal: NodeJS.Signals) => void,
) => unknown;

/** Starts a simulator, and does something with the settings that it prints. */
async function playing(args: readonly string[], play: Play): Promise<Ended> {
  let done: Promise<unknown> | undefined;
  const ended = await cli.run(['simulate', ...args], {
    onStart: (child) => {
      let printed = '';
      child.stdout?.on('data', (text: Buffer) => {
        printed += String(text);
        if (done || !printed.includes('ORGANIZATION_ID=1\n')) return;
        const env = Object.fromEntries(
          [...printed.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
            name,
            value,
          ]),
        );
        const stop = (signal: NodeJS.Signals): void => void child.kill(signal);
        done = Promise.resolve(play(env, stop)).finally(() => child.killed || stop('SIGTERM'));
      });
    },
  });
  await done;
  return ended;
}

const ports = JSON.stringify({
  '/devices/Q2AA/switch/ports': Array.from({ length: 60 }, (_, at) => ({
    portId: String(at + 1),
    name: `old ${at + 1}`,
  })),
});

const plan = 'batch plan changes.csv --organizationId 1 --op';

async function planPorts(names: readonly string[]): Promise<void> {
  const rows = names.map((name, at) => `Q2AA,${at + 1},${name}\n`);
  await write('changes.csv', `serial,portId,name\n${rows.join('')}`);
  await cli.run(`${plan} updateDeviceSwitchPort`.split(' '));
}

describe('the example of README', { timeout: 60_000 }, () => {
  const page = 'generated/meraki-cli/README.md';
  const [csv] = codeBlocks(page, 'csv');
  const [seed] = codeBlocks(page, 'json');
  const commands = codeBlocks(page, 'sh').find(({ text }) => text.includes('batch plan'));
  const simulate = codeBlocks(page, 'sh').find(({ text }) => text.includes('simulate'));
  const wordsOf = (line: string): readonly string[] => line.trim().split(' ').slice(1);

  test('leads from a CSV file to changes that took effect, in three commands', async () => {
    await write('changes.csv', csv?.text ?? '');
    await write('export.json', seed?.text ?? '');
    const lines = (commands?.text ?? '').trim().split('\n');
    expect(lines).toHaveLength(3);
    const ended: Ended[] = [];
    const args = wordsOf(simulate?.text ?? '').slice(1);
    await playing([...args, '--record', 'record.jsonl'], async (env) => {
      for (const line of lines) {
        const isApply = line.includes(' apply ');
        ended.push(await cli.run([...wordsOf(line), ...(isApply ? ['--yes'] : [])], { env }));
      }
    });
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(ended[1]?.stdout).toContain('name: "Old name" → "Reception"');
    const applied = (await readLines('record.jsonl')).map((line) => JSON.parse(line).body);
    expect(applied).toEqual([{ name: 'Reception' }, { name: 'Meeting room' }]);
    const results = await readFile(ended[2]?.stdout.trim() ?? '', 'utf8');
    expect(results.match(/,applied,/g)).toHaveLength(2);
  });
});

describe('simulate', { timeout: 60_000 }, () => {
  test('lets requests go wrong, and each row is applied once all the same', async () => {
    await write('export.json', ports);
    const names = Array.from({ length: 60 }, (_, at) => `new ${at + 1}`);
    await planPorts(names);
    let ended: Ended | undefined;
    const args = '--seed-from export.json --faults 15% --batch-time 1s --record record.jsonl';
    await playing(args.split(' '), async (env) => {
      ended = await cli.run('batch apply plan.jsonl --yes'.split(' '), { env });
    });
    expect(ended).toMatchObject({ code: 0 });
    const applied = (await readLines('record.jsonl')).map((line) => JSON.parse(line).body.name);
    expect(applied.toSorted()).toEqual(names.toSorted());
  });

  test('fails the rows that have a text, as the API words it', async () => {
    await write('export.json', ports);
    await planPorts(['a', 'broken', 'c']);
    let shown: Ended | undefined;
    await playing('--seed-from export.json --fail broken'.split(' '), async (env) => {
      await cli.run('batch apply plan.jsonl --yes --on-error continue'.split(' '), { env });
      shown = await cli.run('batch show --last'.split(' '), { env });
    });
    const statuses = shown?.stdout.split('\n').map((line) => line.split(',').slice(0, 2).join(' '));
    expect(statuses).toEqual(['row status', '1 applied', '2 failed', '3 applied', '']);
  });

  test('has what a plan names, and nothing else', async () => {
    await planPorts(['a', 'b']);
    const answers: Ended[] = [];
    await playing(['--seed-from', 'plan.jsonl'], async (env) => {
      for (const port of ['2', '3'])
        answers.push(
          await cli.run(`switch getDeviceSwitchPort --serial Q2AA --portId ${port}`.split(' '), {
            env,
          }),
        );
    });
    expect(answers.map(({ code }) => code)).toEqual([0, 1]);
  });

  test('makes, shows and destroys what is called for', async () => {
    const networks = { '/organizations/1/networks': [{ id: 'N_1', name: 'Lab' }] };
    await write('export.json', JSON.stringify(networks));
    const seen: unknown[] = [];
    await playing(['--seed-from', 'export.json'], async (env) => {
      const call = async (args: string): Promise<void> => {
        const { code, stdout } = await cli.run(args.split(' '), { env });
        seen.push(code === 0 && stdout !== '' ? JSON.parse(stdout) : code);
      };
      await call('appliance createNetworkApplianceVlan --networkId N_1 --set id=7 --set name=x');
      await call('appliance getNetworkApplianceVlans --networkId N_1 --fields id,name');
      await call('appliance deleteNetworkApplianceVlan --networkId N_1 --vlanId 7');
      await call('appliance getNetworkApplianceVlans --networkId N_1');
      await call('organizations getOrganizationNetworks --organizationId 1 --fields id');
    });
    expect(seen).toEqual([
      expect.objectContaining({ name: 'x' }),
      [{ id: '7', name: 'x' }],
      0,
      [],
      [{ id: 'N_1' }],
    ]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends at %s, and says what took effect',
    async (signal) => {
      const ended = await playing([], (_, stop) => stop(signal));
      expect(ended).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('0 changes took effect.'),
      });
    },
  );

  test('answers no page that was led to this machine by its name', async () => {
    const statuses: (number | undefined)[] = [];
    await playing([], async ({ MERAKI_BASE_URL = '' }) => {
      for (const host of ['evil.example', '127.0.0.1.evil.example', undefined]) {
        const headers = { authorization: 'Bearer x', ...(host !== undefined && { host }) };
        statuses.push(
          await new Promise((resolve, reject) => {
            request(`${MERAKI_BASE_URL}/organizations/1/networks`, { headers }, (response) => {
              response.resume();
              resolve(response.statusCode);
            })
              .on('error', reject)
              .end();
          }),
        );
      }
    });
    expect(statuses).toEqual([403, 403, 200]);
  });

  test.each([0, 7])('runs a command with its settings, and ends with its %i', async (code) => {
    const script = `console.log(process.env.MERAKI_BASE_URL); process.exitCode = ${code}`;
    const ended = await cli.run(['simulate', '--', process.execPath, '-e', script]);
    expect(ended).toMatchObject({ code, stdout: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/) });
  });

  test.each([
    ['[]', 'must be JSON such as'],
    ['{"/networks": 1}', '/networks must be an object or a list of objects'],
    ['{"/devices/A/switch/ports": [{}]}', 'item 1 of /devices/A/switch/ports has no id'],
  ])('refuses %s as a seed', async (text, reason) => {
    await write('bad.json', text);
    const ended = await cli.run(['simulate', '--seed-from', 'bad.json']);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(reason) });
  });

  test.each(['--faults 5', '--faults 101%', '--port 70000', '--batch-time 0s'])(
    'refuses %s',
    async (option) => {
      expect(await cli.run(['simulate', ...option.split(' ')])).toMatchObject({ code: 2 });
    },
  );
});
