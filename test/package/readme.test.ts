import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../templates/runtime/batch/pace/system-clock.ts';
import { type MerakiSimulator, startMeraki } from '../simulators/meraki-http.ts';
import { compile } from '../support/compile.ts';
import { codeBlocks, root } from './blocks.ts';

const run = promisify(execFile);
const blocks = codeBlocks('README.md', 'ts');
const labelled = (label: string): string =>
  blocks.flatMap((block) => (block.label === label ? block.text : [])).join('\n');
const generated = join(root, 'generated/meraki/src');

/** The examples import the published package; here its entry points are its sources. */
function fromSources(text: string): string {
  return text.replaceAll(/from '@acme\/meraki(?:\/([\w/-]+))?'/g, (_, entry = 'index') => {
    return `from '${generated}/${entry}.js'`;
  });
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-readme-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the examples of README.md that use a client', { timeout: 120_000 }, () => {
  let meraki: MerakiSimulator;
  let server: Server;
  const seen: string[] = [];

  beforeAll(async () => {
    meraki = await startMeraki({ clock: systemClock, batchMs: 50 });
    // Batches go to the simulated organization; the other calls of the page get a plain answer.
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      const isListing = request.url?.includes('/sase/batches/');
      response.setHeader('content-type', 'application/json');
      response.end(isListing ? '{"items":[{"id":"7"}]}' : '{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await meraki[Symbol.asyncDispose]();
    server.close();
  });

  test.each([
    ['the client', '', 'POST /api/v1/organizations/1/actionBatches'],
    ['single functions', 'small', undefined],
  ] as const)('compile and run: %s', async (name, label, batch) => {
    const stem = name.replaceAll(' ', '-');
    const code = fromSources(labelled(label));
    await writeFile(join(folder, `${stem}.ts`), code);
    await writeFile(
      join(folder, 'process.d.ts'),
      'declare const process: { readonly env: { readonly MERAKI_KEY?: string } };\n',
    );
    expect(await compile(folder, [`${stem}.ts`, 'process.d.ts'])).toEqual([]);

    const { port } = server.address() as AddressInfo;
    const file = join(folder, `${stem}.mjs`);
    await build({
      stdin: { contents: code, resolveDir: folder, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: file,
      banner: { js: redirect(meraki.baseUrl, `http://127.0.0.1:${port}/api/v1`) },
      logLevel: 'error',
    });
    const env = { ...process.env, MERAKI_KEY: 'key' };
    const { stdout, stderr } = await run(process.execPath, [file], { env });
    expect(stderr).toBe('');
    if (batch === undefined) return;
    expect(stdout).toContain("{ id: '7' }");
    expect(stdout).toMatch(/^applied\napplied$/m);
    expect(meraki.seen).toContain(batch);
    expect(seen).toContain('PUT /api/v1/networks/N_1');
  });
});

/** Sends what would go to the vendor to a server on this machine. */
function redirect(batches: string, others: string): string {
  return `{
    const send = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      const url = String(input instanceof Request ? input.url : input);
      const base = url.includes('/actionBatches') ? ${JSON.stringify(batches)} : ${JSON.stringify(others)};
      return send(url.replace('https://api.meraki.com/api/v1', base), init);
    };
  }`;
}

describe('the first steps of README.md in a project of its own', { timeout: 240_000 }, () => {
  let project: string;

  /** Packed as it is built, and installed from the tarball as the page says. */
  beforeAll(async () => {
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
    const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '';
    project = await mkdtemp(join(tmpdir(), 'batchwright-project-'));
    await writeFile(join(project, 'package.json'), '{ "name": "mine", "type": "module" }');
    await cp(join(root, 'test/package/fixtures/inventory.yaml'), join(project, 'openapi.yaml'));
    const options = ['--save-dev', '--prefer-offline', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...options, join(folder, tarball)], { cwd: project });
  }, 240_000);

  afterAll(() => rm(project, { recursive: true, force: true }));

  test('inspect and generate without a configuration', async () => {
    const inspected = await npx('inspect', 'openapi.yaml');
    expect(inspected).toContain('updateSite');
    const options = ['--input', 'openapi.yaml', '--output', 'client', '--name', '@acme/inventory'];
    await npx('generate', ...options);
    const manifest = await readFile(join(project, 'client/package.json'), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ name: '@acme/inventory' });
  });

  test('generate with the configuration of the page, and check', async () => {
    await writeFile(join(project, 'batchwright.config.ts'), labelled('config'));
    await npx('generate', '--force');
    expect(await npx('generate', '--check')).toContain('up to date');
  });

  test('generate with the template of the page, named by its path', async () => {
    await writeFile(join(project, 'routes.ts'), labelled('template'));
    const config = labelled('config').replace(
      "output: 'client'",
      "output: 'client', templates: ['./routes.ts']",
    );
    await writeFile(join(project, 'batchwright.config.ts'), config);
    await npx('generate', '--force');
    const routes = await readFile(join(project, 'client/routes.txt'), 'utf8');
    expect(routes).toContain('PUT /sites/{siteId}\n');
  });

  async function npx(...argv: readonly string[]): Promise<string> {
    const { stdout } = await run('npx', ['batchwright', ...argv], { cwd: project });
    return stdout;
  }
});
