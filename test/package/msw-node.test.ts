import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate } from '../../generator/generate.ts';
import { modernNode } from '../support/modern-node.ts';
import { root } from './blocks.ts';

// The opt-in template `msw` within MSW's own server for Node, which needs a newer Node than the client.

const script = `
import { setupServer } from 'msw/node';
import { createAccount } from './src/testing.js';
import { getNetworkHandler, handlers } from './src/msw.js';
import { createMeraki, isApiError } from './src/index.js';

const ports = Array.from({ length: 150 }, (_, index) => ({ portId: String(index + 1), name: 'old' }));
const account = createAccount({ seed: { '/devices/Q2AA/switch/ports': ports } });
const server = setupServer(...handlers({ account }));
server.listen({ onUnhandledRequest: 'error' });
const meraki = createMeraki({ apiKey: 'k', userAgent: 'Tests Acme', limiter: undefined });

const shown = {};
server.use(getNetworkHandler({ body: { name: 'Lab' } }));
shown.network = (await meraki.networks.getNetwork({ networkId: 'N_1' })).name;
server.use(getNetworkHandler({ status: 404 }));
shown.refusal = await meraki.networks.getNetwork({ networkId: 'N_1' }).then(
  () => 'found',
  (error) => (isApiError(error) ? error.status : String(error)),
);
const networks = await Array.fromAsync(meraki.organizations.getOrganizationNetworks({ organizationId: '1' }));
shown.networks = networks.length;

const actions = ports.map(({ portId }) =>
  meraki.batch.switch.updateDeviceSwitchPort({ serial: 'Q2AA', portId, body: { name: 'new' } }),
);
const outcomes = await meraki.batch.run(actions, { organizationId: '1' });
shown.statuses = [...new Set(outcomes.map(({ status }) => status))];
shown.changes = account.changes.length;
const port = await meraki.switch.getDeviceSwitchPort({ serial: 'Q2AA', portId: '150' });
shown.port = port.name;
server.close();
console.log(JSON.stringify(shown));
`;

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-msw-node-'));
  const input = `${root}specs/meraki/openapi.yaml`;
  const target = { input, output: folder, dialect: 'meraki', name: '@acme/meraki' };
  await generate({ ...target, templates: ['msw'] });
  await symlink(`${root}node_modules`, join(folder, 'node_modules'), 'junction');
  await writeFile(join(folder, 'try.js'), script);
  await build({
    entryPoints: [join(folder, 'try.js')],
    outfile: join(folder, 'try.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const title = 'handlers answer the client within a server of MSW';
const skipped = modernNode ? '' : ' (skipped: MSW needs Node 22.12, and npm could not give it)';
test.skipIf(!modernNode)(title + skipped, { timeout: 60_000 }, () => {
  const run = spawnSync(modernNode!, [join(folder, 'try.mjs')], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(JSON.parse(run.stdout)).toEqual({
    network: 'Lab',
    refusal: 404,
    networks: 4,
    statuses: ['applied'],
    changes: 150,
    port: 'new',
  });
});
