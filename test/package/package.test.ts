import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the package of the embedded document', { timeout: 240_000 }, () => {
  let folder: string;
  let tarball: string;
  let project: string;

  /** The package is packed as its maintainer would, and installed in an empty project. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'batchwright-package-'));
    const source = join(folder, 'source');
    await cp(join(root, 'generated/meraki'), source, { recursive: true });
    await rm(join(source, 'dist'), { recursive: true, force: true });
    await symlink(join(root, 'node_modules'), join(source, 'node_modules'), 'junction');
    await run('npm', ['pack', '--pack-destination', folder], { cwd: source, shell: true });
    tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '');
    project = join(folder, 'project');
    await mkdir(project);
    await writeFile(join(project, 'package.json'), '{ "name": "user", "type": "module" }');
    const options = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', ['install', tarball, ...options], { cwd: project, shell: true });
  }, 240_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('works from an ES module, by each of its entry points', async () => {
    const script = `
      import { createMeraki, updateNetwork, ApiError } from '@acme/meraki';
      import { createClient } from '@acme/meraki/client';
      import { updateNetwork as same } from '@acme/meraki/networks';
      import { createBatch } from '@acme/meraki/batch';
      import { updateNetwork as build } from '@acme/meraki/batch/networks';
      import { fileJournal } from '@acme/meraki/node';
      const meraki = createMeraki({ apiKey: 'key', userAgent: 'Test/1.0 Acme' });
      const action = meraki.batch.networks.updateNetwork({ networkId: 'N_1', body: { name: 'HQ' } });
      console.log(JSON.stringify({
        action,
        same: updateNetwork === same,
        kinds: [createClient, createBatch, build, fileJournal, ApiError, meraki.networks.updateNetwork].map((one) => typeof one),
      }));
    `;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
      cwd: project,
    });
    expect(JSON.parse(stdout)).toEqual({
      action: { resource: '/networks/N_1', operation: 'update', body: { name: 'HQ' } },
      same: true,
      kinds: Array(6).fill('function'),
    });
  });

  test('has no run-time dependency', async () => {
    expect(await readdir(join(project, 'node_modules'))).toEqual(expect.arrayContaining(['@acme']));
    const installed = await readdir(join(project, 'node_modules'));
    expect(installed.filter((name) => !name.startsWith('.'))).toEqual(['@acme']);
  });

  test('passes publint', async () => {
    const { stdout } = await run(process.execPath, [
      join(root, 'node_modules/publint/src/cli.js'),
      'run',
      join(project, 'node_modules/@acme/meraki'),
      '--strict',
    ]);
    expect(stdout).toContain('All good!');
  });

  test('passes attw', async () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const { stdout } = await run(
      process.execPath,
      [attw, tarball, '--profile', 'esm-only', '--format', 'ascii'],
      { maxBuffer: 16_000_000 },
    );
    // With a problem it ends with another exit code than 0, which rejects.
    const verdicts = stdout
      .split('\n')
      .filter((line) => /^(node16 \(from ESM\)|bundler):/.test(line));
    expect(verdicts.length).toBeGreaterThan(20);
    expect(verdicts.filter((line) => !line.includes('🟢'))).toEqual([]);
  });

  const bundles = [
    {
      name: 'one operation',
      // The goal is 6,000.
      limit: 6100,
      group: 'networks',
      call: `updateNetwork(createClient({ apiKey: 'key', userAgent: 'App Acme' }), { networkId: 'N_1', body: { name: 'HQ' } })`,
    },
    {
      name: 'one listing',
      // The goal is 8,000.
      limit: 8450,
      group: 'organizations',
      call: `getOrganizationSaseBatchJobs(createClient({ apiKey: 'key', userAgent: 'App Acme' }), { organizationId: '1', batchId: '2' })`,
    },
  ];

  test.each(bundles)(
    'bundles $name in at most $limit bytes, minified',
    async ({ limit, group, call }) => {
      const name = call.slice(0, call.indexOf('('));
      const { outputFiles } = await build({
        stdin: {
          contents: `
          import { createClient } from '@acme/meraki/client';
          import { ${name} } from '@acme/meraki/${group}';
          ${call};
        `,
          resolveDir: project,
        },
        bundle: true,
        minify: true,
        format: 'esm',
        target: 'es2022',
        write: false,
        logLevel: 'silent',
      });
      const bytes = outputFiles[0]?.contents.length ?? Infinity;
      console.log(`${name}: ${bytes} bytes`);
      expect(bytes).toBeGreaterThan(1000);
      expect(bytes).toBeLessThanOrEqual(limit);
    },
  );
});
