import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { startAxapi } from '../simulators/axapi.ts';
import { startGraph } from '../simulators/graph.ts';
import { startJournyx } from '../simulators/journyx.ts';
import { type Ended, install } from './installed.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));

interface Api {
  readonly name: string;
  start(): Promise<
    AsyncDisposable & { readonly baseUrl: string; readonly requests: readonly object[] }
  >;
  readonly env: Readonly<Record<string, string>>;
  readonly operation: string;
  /** Rows that create something. */
  readonly csv: string;
  /** Options of the run. */
  readonly options: readonly string[];
}

const rows = Array.from({ length: 60 }, (_, index) => index);

const apis: readonly Api[] = [
  {
    name: 'axapi',
    start: () => startAxapi(),
    env: { AXAPI_SIGNATURE: 'secret' },
    operation: 'createSlbServer',
    csv: ['server.name,server.host', ...rows.map((n) => `s${n},10.0.0.${n}`), ''].join('\n'),
    options: ['--config-version', '1'],
  },
  {
    name: 'journyx',
    start: () => startJournyx(),
    env: { JOURNYX_LOGIN_USER: 'user', JOURNYX_LOGIN_PASSWORD: 'key' },
    operation: 'createProject',
    csv: ['pname', ...rows.map((n) => `Bridge ${n}`), ''].join('\n'),
    options: [],
  },
  {
    name: 'graph',
    start: () => startGraph(),
    env: { GRAPH_TOKEN: 'key' },
    operation: 'createGroup',
    csv: [
      'displayName,mailEnabled,mailNickname,securityEnabled',
      ...rows.map((n) => `Group ${n},false,g${n},true`),
      '',
    ].join('\n'),
    options: [],
  },
];

interface Bench extends AsyncDisposable {
  write(name: string, text: string): Promise<void>;
  readonly requests: readonly object[];
  run(...args: readonly string[]): Promise<Ended>;
  /** Runs a command that is killed as soon as a request has arrived. */
  killed(...args: readonly string[]): Promise<Ended>;
  results(): Promise<readonly Readonly<Record<string, string>>[]>;
}

async function bench(api: Api): Promise<Bench> {
  const cli = await install(generated(api.name), generated(`${api.name}-cli`));
  const simulator = await api.start();
  const home = await mkdtemp(join(cli.folder, 'home-'));
  const variable = `${api.name.toUpperCase()}_BASE_URL`;
  const env = { HOME: home, [variable]: simulator.baseUrl, ...api.env };
  await writeFile(join(cli.folder, 'changes.csv'), api.csv);
  return {
    requests: simulator.requests,
    write: (name, text) => writeFile(join(cli.folder, name), text),
    run: (...args) => cli.run(args, { env }),
    killed: (...args) =>
      cli.run(args, {
        env,
        onStart: (child) => {
          const watch = setInterval(() => {
            if (simulator.requests.length > 0) child.kill('SIGKILL');
          }, 1);
          child.on('exit', () => clearInterval(watch));
        },
      }),
    results: async () => {
      const { stdout } = await cli.run(['batch', 'runs'], { env });
      const id = stdout.match(/\d{8}T\d{6}-[0-9a-f]{6}/g)?.at(-1) ?? '';
      const path = join(home, '.local/state', api.name, 'runs', id, 'results.csv');
      return parse(await readFile(path), { columns: true });
    },
    [Symbol.asyncDispose]: async () => {
      await simulator[Symbol.asyncDispose]();
      await cli[Symbol.asyncDispose]();
    },
  };
}

describe.each(apis)('batches of requests: $name', { timeout: 120_000 }, (api) => {
  test('are planned from a file, applied, and taken back', async () => {
    await using at = await bench(api);
    const planned = await at.run('batch', 'plan', 'changes.csv', '--op', api.operation);
    expect(planned).toMatchObject({ code: 0, stderr: expect.stringContaining('60 changes') });
    expect(at.requests).toEqual([]);
    const applied = await at.run('batch', 'apply', 'plan.jsonl', '--yes', ...api.options);
    expect([applied.code, applied.stderr]).toEqual([0, expect.stringContaining('60 applied')]);
    expect((await at.results()).map((row) => row['status'])).toEqual(rows.map(() => 'applied'));
    // Nothing was there before.
    expect((await at.results()).map((row) => row['old'])).toEqual(rows.map(() => ''));
    const undone = await at.run('batch', 'undo', '--last', '--yes');
    expect([undone.code, undone.stderr]).toEqual([0, expect.stringContaining('Undone: 60 of 60')]);
  });

  test('have a verdict for each row after a kill, and end with 5 where one is unknown', async () => {
    await using at = await bench(api);
    await at.run('batch', 'plan', 'changes.csv', '--op', api.operation);
    const killed = await at.killed('batch', 'apply', 'plan.jsonl', '--yes', ...api.options);
    expect(killed.code).toBeNull();
    const { code } = await at.run('batch', 'resume', '--last');
    const statuses = new Set((await at.results()).map((row) => row['status']));
    for (const status of statuses) expect(['applied', 'unknown', 'skipped']).toContain(status);
    expect(code).toBe(statuses.has('unknown') ? 5 : 0);
  });
});

test(
  'what a batch of requests destroys is in its results as it was',
  { timeout: 60_000 },
  async () => {
    const axapi = apis[0]!;
    await using at = await bench({ ...axapi, csv: 'server.name,server.host\ns1,10.0.0.1\n' });
    await at.run('batch', 'plan', 'changes.csv', '--op', axapi.operation);
    await at.run('batch', 'apply', 'plan.jsonl', '--yes', ...axapi.options);
    await at.write('gone.csv', 'name\ns1\n');
    await at.run('batch', 'plan', 'gone.csv', '--op', 'deleteSlbServer');
    await at.run('batch', 'apply', 'plan.jsonl', '--yes', '--destroys', '1');
    const [row] = await at.results();
    expect(row).toMatchObject({ status: 'applied', reason: '' });
    expect(JSON.parse(row?.['old'] ?? '')).toEqual({ server: { name: 's1', host: '10.0.0.1' } });
  },
);

test.each([
  [apis[1]!, 'updateProject', 'pname', 'pname\nold\n', 'id'],
  [
    { ...apis[2]!, operation: 'createUser' },
    'updateUser',
    'displayName',
    'displayName,accountEnabled,mailNickname,userPrincipalName,passwordProfile\n' +
      'old,true,o,o@example.com,"{""password"":""secret""}"\n',
    'user-id',
  ],
])(
  'what a batch of requests changes is in its results as it was: $name',
  { timeout: 60_000 },
  async (api, operation, member, csv, key) => {
    await using at = await bench({ ...api, csv });
    await at.run('batch', 'plan', 'changes.csv', '--op', api.operation);
    await at.run('batch', 'apply', 'plan.jsonl', '--yes');
    const id = (await at.results())[0]?.['id'] ?? '';
    await at.write('next.csv', `${key},${member}\n${id},new\n`);
    const planned = await at.run('batch', 'plan', 'next.csv', '--op', operation);
    expect(planned).toMatchObject({ code: 0 });
    await at.run('batch', 'apply', 'plan.jsonl', '--yes');
    const [row] = await at.results();
    expect(row?.['status']).toBe('applied');
    expect(JSON.parse(row?.['old'] ?? '')).toMatchObject({ [member]: 'old' });
  },
);

test('undo names the version that the configuration must have', { timeout: 60_000 }, async () => {
  const axapi = apis[0]!;
  await using at = await bench({ ...axapi, csv: 'server.name,server.host\ns1,10.0.0.1\n' });
  await at.run('batch', 'plan', 'changes.csv', '--op', axapi.operation);
  await at.run('batch', 'apply', 'plan.jsonl', '--yes', ...axapi.options);
  const refused = await at.run('batch', 'undo', '--last', '--yes', '--config-version', '7');
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('Undone: 0 of 1')]);
  const undone = await at.run('batch', 'undo', '--last', '--yes', '--config-version', '2');
  expect(undone.code).toBe(0);
  expect((await at.run('batch', 'undo', '--last', '--yes')).code).toBe(0);
});

test.each([
  ['--config-version', '7'],
  ['--option', 'configVersion=7'],
])(
  'a version that the server does not have is refused: %s %s',
  { timeout: 60_000 },
  async (...version) => {
    const axapi = apis[0]!;
    await using at = await bench({ ...axapi, csv: 'server.name,server.host\ns1,10.0.0.1\n' });
    await at.run('batch', 'plan', 'changes.csv', '--op', axapi.operation);
    const { code } = await at.run('batch', 'apply', 'plan.jsonl', '--yes', ...version);
    const [row] = await at.results();
    expect([code, row?.['status']]).toEqual([3, 'skipped']);
    const again = await at.run('batch', 'retry', '--last', '--failed', '--yes', ...axapi.options);
    const [sent] = await at.results();
    expect([again.code, sent?.['status']]).toEqual([0, 'applied']);
    expect((await at.run('batch', 'undo', '--last', '--yes')).stderr).toContain('Undone: 1 of 1');
  },
);

test(
  'only where batches have a version is there an option for it',
  { timeout: 60_000 },
  async () => {
    await using axapi = await bench(apis[0]!);
    await using graph = await bench(apis[2]!);
    for (const command of ['apply', 'retry', 'undo']) {
      expect((await axapi.run('batch', command, '--help')).stdout).toContain('--config-version');
      expect((await graph.run('batch', command, '--help')).stdout).not.toContain(
        '--config-version',
      );
    }
  },
);
