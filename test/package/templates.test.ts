import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transform } from 'esbuild';
import { run } from '../generator/cli/run.ts';
import { compile } from '../support/compile.ts';
import { root } from './blocks.ts';

// A template that knows nothing but docs/templates.md, in a project that is not this repository.

const vendor = fileURLToPath(new URL('../../../shared/specs/meraki-v1.42.0.json', import.meta.url));
const embedded = `${root}specs/meraki/openapi.yaml`;
const isPresent = existsSync(vendor);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-template-'));
  await cp(`${root}examples/templates/zod.ts`, join(folder, 'zod.ts'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Generates a package with the template; returns its folder. */
async function generate(name: string, input: string): Promise<string> {
  const templates = { zod: './zod.ts', readme: false };
  const target = { input, output: name, name: 'meraki', templates };
  const config = `export default ${JSON.stringify({ targets: { [name]: target } })};`;
  await writeFile(join(folder, `${name}.config.ts`), config);
  const ran = await run(folder, 'generate', '--config', `${name}.config.ts`);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  const output = join(folder, name);
  await mkdir(join(output, 'node_modules'));
  await symlink(`${root}node_modules/zod`, join(output, 'node_modules/zod'), 'junction');
  return output;
}

/** The names of the bodies in the modules that the entry point exports. */
async function bodiesOf(output: string): Promise<readonly string[]> {
  const index = await readFile(join(output, 'src/index.ts'), 'utf8');
  const modules = [...index.matchAll(/export \* from '\.\/([\w-]+)\.js'/g)];
  const texts = await Promise.all(
    modules.map(([, name]) => readFile(join(output, `src/${name}.ts`), 'utf8')),
  );
  return texts.flatMap((text) =>
    [...text.matchAll(/^export (?:type|interface) (\w+Body)\b/gm)].flatMap(
      ([, name]) => name ?? [],
    ),
  );
}

test(
  'prints schemas that type-check with the package and accept what the type has',
  { timeout: 120_000 },
  async () => {
    const output = await generate('embedded', embedded);
    expect(await compile(output, ['src'])).toEqual([]);
    const text = await readFile(join(output, 'src/zod.ts'), 'utf8');
    const { code } = await transform(text, { loader: 'ts' });
    const file = join(output, 'zod.mjs');
    await writeFile(file, code);
    const { UpdateNetworkBodySchema: schema } = await import(pathToFileURL(file).href);
    expect(schema.parse({ name: 'HQ', tags: ['a'] })).toEqual({ name: 'HQ', tags: ['a'] });
    expect(schema.safeParse({ name: 1 }).success).toBe(false);

    const manifest = JSON.parse(await readFile(join(output, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      exports: {
        './networks': { default: './dist/networks.js' },
        './zod': { types: './dist/zod.d.ts', default: './dist/zod.js' },
      },
      peerDependencies: { zod: '^4.3.0' },
      devDependencies: { typescript: '>=5.9', zod: '^4.3.0' },
    });
    expect(existsSync(join(output, 'README.md'))).toBe(false);
  },
);

test.skipIf(!isPresent)(
  `prints a schema for each body of v1.42.0${isPresent ? '' : ' (skipped: ../shared/specs is absent)'}`,
  { timeout: 300_000 },
  async () => {
    const output = await generate('vendor', vendor);
    const bodies = await bodiesOf(output);
    const document: { readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>> } =
      JSON.parse(await readFile(vendor, 'utf8'));
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    expect(bodies.length).toBe(operations.filter((one) => 'requestBody' in one).length);
    const text = await readFile(join(output, 'src/zod.ts'), 'utf8');
    for (const name of bodies) expect(text).toContain(`export const ${name}Schema: `);
    expect(await compile(output, ['src'])).toEqual([]);
  },
);
