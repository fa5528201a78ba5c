import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { getResponse } from 'msw';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Meraki } from '../../generated/meraki/src/index.ts';
import type { SimulatedAccount } from '../../generated/meraki/src/testing.ts';
import { generate } from '../../generator/generate.ts';
import { root } from './blocks.ts';

// The opt-in template `msw` for an API with action batches: handlers that play them.

interface Package {
  readonly createMeraki: (options: object) => Meraki;
  readonly createAccount: (options: object) => SimulatedAccount;
  readonly handlers: (options?: object) => never[];
}

let folder = '';
let module: Package;
let handlers: never[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-msw-batches-'));
  const input = `${root}specs/meraki/openapi.yaml`;
  const target = { input, output: folder, dialect: 'meraki', name: '@acme/meraki' };
  await generate({ ...target, templates: ['msw'] });
  await symlink(`${root}node_modules`, join(folder, 'node_modules'), 'junction');
  const contents = ['index', 'msw', 'testing'].map((name) => `export * from './${name}.js';`);
  const outfile = join(folder, 'all.mjs');
  const stdin = {
    contents: contents.join('\n'),
    resolveDir: join(folder, 'src'),
    loader: 'ts',
  } as const;
  await build({ stdin, outfile, bundle: true, format: 'esm', packages: 'external' });
  module = await import(pathToFileURL(outfile).href);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function mocked(url: URL, init: RequestInit): Promise<Response> {
  const response = await getResponse(handlers, new Request(url, init));
  if (!response || response.type === 'error') throw new TypeError('fetch failed');
  return response;
}

const ports = ['1', '2'];

async function rename(): Promise<{
  readonly meraki: Meraki;
  readonly statuses: readonly string[];
}> {
  const options = { apiKey: 'k', userAgent: 'Tests Acme', fetch: mocked, limiter: undefined };
  const meraki = module.createMeraki(options);
  const actions = ports.map((portId) =>
    meraki.batch.switch.updateDeviceSwitchPort({ serial: 'Q2AA', portId, body: { name: 'new' } }),
  );
  const outcomes = await meraki.batch.run(actions, { organizationId: '1' });
  return { meraki, statuses: outcomes.map(({ status }) => status) };
}

test('batches run although nobody said what there is', { timeout: 60_000 }, async () => {
  handlers = module.handlers();
  expect((await rename()).statuses).toEqual(['applied', 'applied']);
});

test(
  'batches change the account that is given; the rest is made up',
  { timeout: 60_000 },
  async () => {
    const seed = { '/devices/Q2AA/switch/ports': ports.map((portId) => ({ portId })) };
    const account = module.createAccount({ seed });
    handlers = module.handlers({ account });
    const { meraki, statuses } = await rename();
    expect(statuses).toEqual(['applied', 'applied']);
    expect(account.changes).toHaveLength(2);
    const port = await meraki.switch.getDeviceSwitchPort({ serial: 'Q2AA', portId: '2' });
    expect(port).toEqual({ portId: '2', name: 'new' });
    const network = await meraki.networks.getNetwork({ networkId: 'N_1' });
    expect(network).toHaveProperty('id');
  },
);

test('an account without what a batch changes refuses it', { timeout: 60_000 }, async () => {
  handlers = module.handlers({ account: module.createAccount({}) });
  expect((await rename()).statuses).not.toContain('applied');
});
