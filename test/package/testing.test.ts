import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMeraki, isApiError, type Meraki } from '../../generated/meraki/src/index.ts';
import { type AccountOptions, createAccount } from '../../generated/meraki/src/testing.ts';
import { codeBlocks, root } from './blocks.ts';

// `./testing`: an account in memory, for the tests of those who use the package.

const networks = Array.from({ length: 5 }, (_, at) => ({
  id: `N_${at + 1}`,
  name: `Lab ${at + 1}`,
}));
const ports = Array.from({ length: 30 }, (_, at) => ({ portId: String(at + 1), name: 'old' }));
const seed = { '/organizations/1/networks': networks, '/devices/Q2AA/switch/ports': ports };

function play(options: AccountOptions = {}): {
  readonly account: ReturnType<typeof createAccount>;
  readonly meraki: Meraki;
} {
  const account = createAccount({ seed, ...options });
  const meraki = createMeraki({
    apiKey: 'k3y',
    userAgent: 'Tests Acme',
    fetch: account.fetch,
    limiter: undefined,
  });
  return { account, meraki };
}

describe('an account', () => {
  test('has what it was seeded with, and nothing else', async () => {
    const { account, meraki } = play();
    expect(account.size).toBe(35);
    await expect(meraki.networks.getNetwork({ networkId: 'N_2' })).resolves.toEqual(networks[1]);
    const failure = await meraki.networks.getNetwork({ networkId: 'N_9' }).catch((error) => error);
    expect(isApiError(failure) && failure.status).toBe(404);
  });

  test('gives lists page by page', async () => {
    const { meraki } = play();
    const input = { organizationId: '1', perPage: 3 };
    const first = await meraki.organizations.getOrganizationNetworks(input);
    expect(first.items.map(({ id }) => id)).toEqual(['N_1', 'N_2', 'N_3']);
    const all: unknown[] = [];
    for await (const network of meraki.organizations.getOrganizationNetworks(input))
      all.push(network.id);
    expect(all).toEqual(['N_1', 'N_2', 'N_3', 'N_4', 'N_5']);
  });

  test('gives pages that are objects around their items', async () => {
    const jobs = Array.from({ length: 5 }, (_, at) => ({ id: `J_${at + 1}` }));
    const { meraki } = play({
      seed: { '/organizations/1/sase/batches/B_1/jobs': { batchId: 'B_1', items: jobs } },
    });
    const input = { organizationId: '1', batchId: 'B_1', perPage: 3 };
    const first = await meraki.organizations.getOrganizationSaseBatchJobs(input);
    expect(first.body).toEqual({ batchId: 'B_1', items: jobs.slice(0, 3) });
    const all: unknown[] = [];
    for await (const job of meraki.organizations.getOrganizationSaseBatchJobs(input)) all.push(job);
    expect(all).toEqual(jobs);
  });

  test.each([{}, { tags: ['a', 'b', 'c', 'd'] }, { a: [{}, {}, {}, {}], b: [{}] }])(
    'leaves alone what is no page: %j',
    async (members) => {
      const { account } = play({ seed: { '/networks/N_9': members } });
      const url = 'https://api.meraki.com/api/v1/networks/N_9?perPage=3';
      const answer = await account.fetch(url, { headers: { Authorization: 'Bearer x' } });
      expect(await answer.json()).toEqual(members);
    },
  );

  test('takes calls, and tells what took effect', async () => {
    const { account, meraki } = play();
    await meraki.networks.updateNetwork({ networkId: 'N_1', body: { name: 'Office' } });
    expect(account.read('/networks/N_1')).toEqual({ id: 'N_1', name: 'Office' });
    expect(account.changes).toEqual([
      { resource: '/networks/N_1', operation: 'update', body: { name: 'Office' } },
    ]);
  });

  test(
    'runs batches with their drafts, and each change once although requests go wrong',
    { timeout: 60_000 },
    async () => {
      const { account, meraki } = play({ faults: 0.1 });
      const { updateDeviceSwitchPort } = meraki.batch.switch;
      const actions = ports.map(({ portId }) =>
        updateDeviceSwitchPort({ serial: 'Q2AA', portId, body: { name: `new ${portId}` } }),
      );
      const outcomes = await meraki.batch.run(actions, { organizationId: '1' });
      expect(outcomes.map(({ status }) => status)).toEqual(actions.map(() => 'applied'));
      const names = account.changes.map(({ body }) => body?.['name']);
      expect(names.toSorted()).toEqual(ports.map(({ portId }) => `new ${portId}`).toSorted());
      expect(new Set(account.changes.map(({ batch }) => batch)).size).toBeLessThan(5);
    },
  );

  test(
    'fails the actions that hold a text, and nothing of their batch stays',
    { timeout: 60_000 },
    async () => {
      const { account, meraki } = play({ fail: 'broken' });
      const actions = ['a', 'broken'].map((name, at) =>
        meraki.batch.switch.updateDeviceSwitchPort({
          serial: 'Q2AA',
          portId: String(at + 1),
          body: { name },
        }),
      );
      const outcomes = await meraki.batch.run(actions, { organizationId: '1' });
      expect(outcomes.map(({ status }) => status)).toEqual(['rolledBack', 'failed']);
      expect(account.changes).toEqual([]);
    },
  );

  test('belongs to the organization that is asked for', async () => {
    const { meraki } = play({
      scope: { organizationId: '7' },
      seed: { '/organizations/7/networks': networks },
    });
    const { items } = await meraki.organizations.getOrganizationNetworks({ organizationId: '7' });
    expect(items).toHaveLength(5);
  });

  test('refuses a request without a key', async () => {
    const { account } = play();
    const { status } = await account.fetch('https://api.meraki.com/api/v1/networks/N_1');
    expect(status).toBe(401);
  });

  test('names the item of its seed that has no id', () => {
    const bad = { '/organizations/1/networks': [{ id: 'N_1' }, { name: 'x' }] };
    expect(() => createAccount({ seed: bad })).toThrow(
      'item 2 of /organizations/1/networks has no id',
    );
  });
});

describe('the package', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'batchwright-testing-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('holds what the example of docs/client.md asks for', async () => {
    const example = codeBlocks('docs/client.md', 'ts').find(({ label }) => label === 'testing');
    const outfile = join(folder, 'example.mjs');
    const src = `${root}generated/meraki/src`;
    await build({
      stdin: {
        contents: `${example?.text}export { account, meraki };`,
        resolveDir: folder,
        loader: 'ts',
      },
      alias: { '@acme/meraki': `${src}/index.ts`, '@acme/meraki/testing': `${src}/testing.ts` },
      bundle: true,
      format: 'esm',
      outfile,
    });
    const { account, meraki } = await import(pathToFileURL(outfile).href);
    expect(account.size).toBe(2);
    await expect(meraki.networks.getNetwork({ networkId: 'N_1' })).resolves.toEqual({
      id: 'N_1',
      name: 'Lab',
    });
  });

  test('needs nothing of Node for it', async () => {
    const { outputFiles } = await build({
      entryPoints: [`${root}generated/meraki/src/testing.ts`],
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'esm',
      outdir: folder,
    });
    expect(outputFiles[0]?.text).not.toMatch(/node:|process\./);
  });

  test.each(['axapi', 'graph', 'journyx'])(
    'has none where the simulator does not play its batches: %s',
    (name) => {
      expect(existsSync(`${root}generated/${name}/src/batch`)).toBe(true);
      expect(existsSync(`${root}generated/${name}/src/testing.ts`)).toBe(false);
    },
  );
});
