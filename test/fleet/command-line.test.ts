import type { ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, install, type Installed } from '../cli/installed.ts';
import { Cluster } from './cluster.ts';
import { modernNode } from '../support/modern-node.ts';
import { type Postgres, programs, startPostgres } from './postgres.ts';
import { startTunnel } from '../support/tunnel.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));
const isHere = programs !== undefined && modernNode !== undefined;
const title = isHere ? '' : ' (skipped: no PostgreSQL, or no Node 22.12 or newer)';

const rows = (count: number, organization: string): string =>
  `serial,name\n${Array.from({ length: count }, (_, at) => `Q${organization}-${at},Device #${at}\n`).join('')}`;

describe.skipIf(!isHere)(`meraki fleet${title}`, { timeout: 120_000 }, () => {
  let postgres: Postgres;
  let cluster: Cluster;
  let cli: Installed;
  let env: Readonly<Record<string, string>>;
  const started: ChildProcess[] = [];

  beforeAll(async () => {
    [postgres, cli] = await Promise.all([
      startPostgres(),
      install(generated('meraki'), generated('meraki-cli'), ['pg', 'pg-boss']),
    ]);
    cluster = await Cluster.start(postgres.connection, { batchMs: 300 });
    env = {
      MERAKI_DATABASE: postgres.connection,
      MERAKI_SCHEMA: cluster.schema,
      MERAKI_BASE_URL: `${cluster.origin}/{unit}/api/v1`,
    };
  }, 60_000);
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });
  afterAll(async () => {
    await cluster?.[Symbol.asyncDispose]();
    await postgres?.[Symbol.asyncDispose]();
    await cli?.[Symbol.asyncDispose]();
  });

  const meraki = (line: string, further: Readonly<Record<string, string>> = {}): Promise<Ended> =>
    cli.run(line.split(' '), { node: modernNode!, env: { ...env, ...further } });

  /** Plans changes of the first devices of an organization, and submits them. */
  async function submitted(organization: string, count: number, flags = ''): Promise<Ended> {
    await writeFile(join(cli.folder, `${organization}.csv`), rows(count, organization));
    const plan = `${organization}.jsonl`;
    const planned = await meraki(
      `batch plan ${organization}.csv --op updateDevice --organizationId ${organization} --out ${plan}`,
    );
    expect(planned).toMatchObject({ code: 0 });
    return meraki(`fleet submit ${plan} --yes${flags}`);
  }

  /** A worker; it gives what it said when it ends. */
  async function working(
    name: string,
    further: Readonly<Record<string, string>> = { MERAKI_API_KEY: 'key' },
  ): Promise<{ readonly child: ChildProcess; readonly ended: Promise<Ended> }> {
    let child: ChildProcess | undefined;
    const ended = cli.run(['fleet', 'work', '--name', name], {
      node: modernNode!,
      env: { ...env, ...further },
      onStart: (process) => (child = process),
    });
    started.push(child!);
    const said = new Promise<void>((done) => child!.stderr!.once('data', () => done()));
    await Promise.race([said, ended]);
    return { child: child!, ended };
  }

  test('a plan is submitted, worked, looked at, and its worker drained', async () => {
    const { code, stdout, stderr } = await submitted('1', 250);
    const run = stdout.trim();
    expect([code, stderr]).toEqual([0, expect.stringContaining(`fleet status ${run} --watch`)]);
    expect(JSON.parse((await meraki(`fleet status ${run}`)).stdout)).toMatchObject({
      state: 'queued',
      actions: 250,
    });
    expect(await meraki('fleet status')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"state": "without-workers"'),
      stderr: 'Runs wait, and no worker lives.\n',
    });
    const worker = await working('rack-7');
    const watched = await meraki(`fleet status ${run} --watch`);
    expect([watched.code, JSON.parse(watched.stdout)]).toEqual([
      0,
      expect.objectContaining({ state: 'done', counts: { applied: 250 } }),
    ]);
    expect(JSON.parse((await meraki('fleet status')).stdout)).toMatchObject({
      state: 'ok',
      workers: [{ name: 'rack-7', places: 10 }],
    });
    expect(await meraki('fleet drain rack-7 --wait')).toMatchObject({
      code: 0,
      stderr: '1 worker asked to end in order.\n1 worker ended.\n',
    });
    expect(await worker.ended).toMatchObject({
      code: 0,
      stderr: 'rack-7 is at work. Ctrl-C drains it.\nrack-7 is drained.\n',
    });
    expect(cluster.effects('1', 250)).toEqual({ lost: 0, twice: 0 });
  });

  test('a signal drains a worker', async () => {
    const { child, ended } = await working('signalled');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/Draining: nothing new begins[^]*signalled is drained\.\n$/),
    });
  });

  test('a key command finds the unit in its environment', async () => {
    const run = (await submitted('2', 3)).stdout.trim();
    await writeFile(
      join(cli.folder, 'key.sh'),
      'echo "$MERAKI_ORGANIZATION_ID" >> units; echo key\n',
    );
    await working('keys', { MERAKI_KEY_COMMAND: 'sh key.sh' });
    expect(await meraki(`fleet status ${run} --watch`)).toMatchObject({ code: 0 });
    expect(await readFile(join(cli.folder, 'units'), 'utf8')).toBe('2\n');
  });

  test.each([
    ['HTTP_PROXY', {}, true],
    ['http_proxy', {}, true],
    ['HTTP_PROXY', { NO_PROXY: '127.0.0.1' }, false],
  ])('requests of a worker go through %s, unless %j says otherwise', async (name, no, isUsed) => {
    using tunnel = await startTunnel();
    const organization = `7${Number(isUsed)}${name === 'HTTP_PROXY' ? 0 : 1}`;
    const run = (await submitted(organization, 3)).stdout.trim();
    const proxies = { [name]: tunnel.origin, ...no };
    await working('proxied', { MERAKI_API_KEY: 'key', ...proxies });
    expect(await meraki(`fleet status ${run} --watch`)).toMatchObject({ code: 0 });
    expect(cluster.effects(organization, 3)).toEqual({ lost: 0, twice: 0 });
    expect(tunnel.asked.length > 0).toBe(isUsed);
    expect(tunnel.asked.join('')).not.toMatch(/authorization|key/i);
  });

  test('a run whose actions are refused ends with 3', async () => {
    await submitted('3', 1);
    await writeFile(join(cli.folder, '3.csv'), 'serial,name\nQ3-0,A\nQ3-absent,B\n');
    await meraki('batch plan 3.csv --op updateDevice --organizationId 3 --out absent.jsonl');
    const submission = await meraki('fleet submit absent.jsonl --yes --on-error continue');
    await working('refused');
    expect(await meraki(`fleet status ${submission.stdout.trim()} --watch`)).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/not applied\.\n$/),
    });
  });

  test('a key of a submission gives the run that is there', async () => {
    const first = await submitted('4', 2, ' --key nightly');
    expect((await submitted('4', 2, ' --key nightly')).stdout).toBe(first.stdout);
  });

  test('a run is cancelled, and resumed', async () => {
    const run = (await submitted('5', 2, ' --start-after 2999-01-01T00:00Z')).stdout.trim();
    expect(await meraki(`fleet cancel ${run}`)).toMatchObject({ code: 0 });
    expect(await meraki(`fleet cancel ${run}`)).toMatchObject({ code: 1 });
    expect(JSON.parse((await meraki(`fleet status ${run}`)).stdout).state).toBe('cancelled');
    expect(await meraki(`fleet resume ${run}`)).toMatchObject({ code: 0 });
    await working('resumed');
    expect(await meraki(`fleet status ${run} --watch`)).toMatchObject({ code: 0 });
  });

  test('a captured run is taken back', async () => {
    const run = (await submitted('6', 2, ' --capture')).stdout.trim();
    await working('undone');
    expect(await meraki(`fleet status ${run} --watch`)).toMatchObject({ code: 0 });
    const undo = (await meraki(`fleet undo ${run} --yes`)).stdout.trim();
    expect(JSON.parse((await meraki(`fleet status ${undo} --watch`)).stdout)).toMatchObject({
      kind: 'undo',
      state: 'done',
    });
  });

  test('submitting asks, and off a terminal needs --yes', async () => {
    await submitted('7', 1);
    expect(await meraki('fleet submit 7.jsonl')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('off a terminal give --yes'),
    });
  });

  test.each([
    ['no database', 'fleet status', { MERAKI_DATABASE: '' }, 2, 'Set MERAKI_DATABASE'],
    ['what is no URL', 'fleet status', { MERAKI_DATABASE: 'pw=secret' }, 2, 'must be a URL'],
    [
      'a database that is away',
      'fleet drain',
      { MERAKI_DATABASE: 'postgresql://u:s%65cret@127.0.0.1:1/x' },
      1,
      'ECONNREFUSED',
    ],
    ['no credentials', 'fleet work', {}, 4, 'set MERAKI_API_KEY'],
    ['a run that is not there', `fleet status ${crypto.randomUUID()}`, {}, 2, 'run'],
    ['what is no id of a run', 'fleet cancel x', {}, 2, 'run'],
    ['a worker that is not there', 'fleet drain nobody', {}, 1, 'No worker nobody lives'],
    ['a time without its zone', 'fleet submit x --start-after 2026-08-01T02:00', {}, 2, 'zone'],
  ] as const)('%s is said', async (_, line, further, code, text) => {
    const ended = await meraki(line, further);
    expect(ended).toMatchObject({ code, stderr: expect.stringContaining(text) });
    expect(ended.stderr).not.toMatch(/secret|s%65cret/);
  });

  test('packages that are missing are said by name', async () => {
    await using without = await install(generated('meraki'), generated('meraki-cli'));
    expect(await without.run(['fleet', 'status'], { node: modernNode!, env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('npm install pg pg-boss'),
    });
    expect(await without.run(['find', 'switch'], { env })).toMatchObject({ code: 0 });
  });
});
