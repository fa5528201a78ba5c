import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { petStore, run } from '../cli/run.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const shared = fileURLToPath(new URL('../../../../shared/specs/', import.meta.url));

/** A registry that knows no package: publishing asks it which versions there are. */
let server: Server;
let registry: string;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Not found"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  registry = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
});

afterAll(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

interface Published {
  readonly version: string;
  readonly files: readonly string[];
}

/** Publishes a package as its maintainer would, up to the upload. */
async function publish(folder: string): Promise<Published> {
  const argv = ['publish', '--dry-run', '--json', '--registry', registry];
  const { stdout } = await promisify(execFile)('npm', argv, {
    cwd: folder,
    shell: true,
    maxBuffer: 64_000_000,
  });
  const said = JSON.parse(stdout.slice(stdout.indexOf('{')));
  // Some versions of npm say it by the name of the package.
  const { version, files } = said.files ? said : Object.values(said)[0];
  return { version, files: files.map(({ path }: { path: string }) => path) };
}

/** Generates, and publishes, one document after the other. */
async function roundTrip(
  members: object,
  documents: readonly (() => void)[],
  folder: string,
): Promise<readonly Published[]> {
  const target = { input: 'api.json', output: 'client', version: 'semver', ...members };
  writeFileSync(
    join(folder, 'batchwright.config.json'),
    JSON.stringify({ targets: { api: target } }),
  );
  const published: Published[] = [];
  for (const place of documents) {
    place();
    expect(await run(folder, 'generate')).toMatchObject({ code: 0 });
    const modules = join(folder, 'client/node_modules');
    if (!existsSync(modules)) symlinkSync(join(root, 'node_modules'), modules, 'junction');
    published.push(await publish(join(folder, 'client')));
  }
  return published;
}

const sectionsOf = (folder: string): readonly string[] =>
  [...readFileSync(join(folder, 'client/CHANGELOG.md'), 'utf8').matchAll(/^## (.*)$/gm)].map(
    ([, version]) => version ?? '',
  );

describe('three updates, each published', { timeout: 240_000 }, () => {
  test('of a small API', async () => {
    const folder = folderWith({});
    const { '/owners': owners, ...pets } = Object(petStore['paths']);
    const documents = [
      { ...petStore, paths: pets },
      petStore,
      { ...petStore, info: { ...Object(petStore['info']), description: 'All pets' } },
      { openapi: '3.0.3', info: petStore['info'], paths: { '/owners': owners } },
    ].map((document) => () => writeFileSync(join(folder, 'api.json'), JSON.stringify(document)));
    const published = await roundTrip({ name: '@acme/pets' }, documents, folder);
    expect(published.map(({ version }) => version)).toEqual(['1.0.0', '1.1.0', '1.1.1', '2.0.0']);
    expect(sectionsOf(folder)).toEqual(['2.0.0', '1.1.1', '1.1.0', '1.0.0']);
    for (const { files } of published) {
      expect(files).toEqual(expect.arrayContaining(['CHANGELOG.md', 'api.md', 'dist/index.js']));
      expect(files.filter((path) => path.includes('batchwright'))).toEqual([]);
    }
  });

  test.skipIf(!existsSync(shared))('of a real one', async () => {
    const folder = folderWith({});
    const documents = ['1.39.0', '1.40.0', '1.41.0', '1.42.0'].map(
      (version) => () =>
        copyFileSync(join(shared, `meraki-v${version}.json`), join(folder, 'api.json')),
    );
    const published = await roundTrip(
      { name: '@acme/meraki', dialect: 'meraki' },
      documents,
      folder,
    );
    expect(published.map(({ version }) => version)).toEqual(['1.0.0', '2.0.0', '2.1.0', '3.0.0']);
    expect(sectionsOf(folder)).toEqual(['3.0.0', '2.1.0', '2.0.0', '1.0.0']);
  });
});
