import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../generator/cli/run.ts';
import { compile } from '../support/compile.ts';
import { root } from './blocks.ts';
import { SchemaPackages } from './schema-packages.ts';
import { cases } from './validator-cases.ts';

// The opt-in template `zod`: what its schemas accept is what the document says.

const vendor = fileURLToPath(new URL('../../../shared/specs/meraki-v1.42.0.json', import.meta.url));
const isPresent = existsSync(vendor);

const packages = new SchemaPackages('zod');
beforeAll(() => packages.open());
afterAll(() => packages.remove());

interface Schema {
  safeParse(value: unknown): { readonly success: boolean; readonly data?: unknown };
}

describe('a schema', async () => {
  const schemas = new Map<string, Schema>();

  beforeAll(async () => {
    const output = await packages.emit('things', packages.input, ['zod']);
    const outfile = join(output, 'zod.mjs');
    const entryPoints = [join(output, 'src/zod.ts')];
    await build({ entryPoints, outfile, bundle: true, format: 'esm', logLevel: 'silent' });
    const module: Readonly<Record<string, Schema>> = await import(pathToFileURL(outfile).href);
    for (const [name, schema] of Object.entries(module)) schemas.set(name, schema);
    expect(await compile(output, ['src'])).toEqual([]);
  });

  test.each(cases)('of %s accepts what the document says, as it is', (name, accepted, refused) => {
    const schema = schemas.get(`${name}Schema`);
    for (const value of accepted)
      expect(schema?.safeParse(value)).toEqual({ success: true, data: value });
    for (const value of refused) expect(schema?.safeParse(value).success).toBe(false);
  });
});

test('the template works unchanged outside of the repository', { timeout: 60_000 }, async () => {
  await cp(`${root}templates/opt-in/zod.ts`, join(packages.folder, 'mine.ts'));
  const target = { input: 'openapi.yaml', output: 'outside', templates: ['./mine.ts'] };
  const config = `export default ${JSON.stringify({ targets: { target } })};`;
  await writeFile(join(packages.folder, 'batchwright.config.ts'), config);
  expect(await run(packages.folder, 'generate')).toMatchObject({ code: 0, stderr: '' });
  const inside = await packages.emit('inside', packages.input, { zod: true });
  const [mine, own] = await Promise.all(
    [join(packages.folder, 'outside'), inside].map((path) =>
      readFile(join(path, 'src/zod.ts'), 'utf8'),
    ),
  );
  expect(mine).toBe(own);
});

test.skipIf(!isPresent)(
  `the schemas of v1.42.0 type-check${isPresent ? '' : ' (skipped: ../shared/specs is absent)'}`,
  { timeout: 300_000 },
  async () => {
    expect(await compile(await packages.emit('vendor', vendor, { zod: true }), ['src'])).toEqual(
      [],
    );
  },
);
