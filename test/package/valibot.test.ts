import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../support/compile.ts';
import { SchemaPackages } from './schema-packages.ts';
import { cases } from './validator-cases.ts';

// The opt-in template `valibot`: what its schemas accept is what the document says.

const vendor = fileURLToPath(new URL('../../../shared/specs/meraki-v1.42.0.json', import.meta.url));
const isPresent = existsSync(vendor);

interface Schema {
  readonly '~standard': {
    validate(value: unknown): {
      readonly value?: unknown;
      readonly issues?: readonly { readonly message: string; readonly path: readonly unknown[] }[];
    };
  };
}

const packages = new SchemaPackages('valibot');
beforeAll(() => packages.open());
afterAll(() => packages.remove());

describe('a schema', () => {
  let schemas: Readonly<Record<string, Schema>> = {};

  beforeAll(async () => {
    const output = await packages.emit('things', packages.input, ['valibot']);
    const outfile = join(packages.folder, 'built.mjs');
    const entryPoints = [join(output, 'src/valibot.ts')];
    await build({ entryPoints, outfile, bundle: true, format: 'esm', logLevel: 'silent' });
    schemas = await import(pathToFileURL(outfile).href);
    expect(await compile(output, ['src'])).toEqual([]);
  });

  const validate = (name: string, value: unknown) =>
    schemas[`${name}Schema`]!['~standard'].validate(value);

  test.each(cases)('of %s accepts what the document says, as it is', (name, accepted, refused) => {
    for (const value of accepted) expect(validate(name, value)).toEqual({ typed: true, value });
    for (const value of refused) expect(validate(name, value).issues).toBeTruthy();
  });
});

test(
  'the template has no privilege: passed as one of a user’s, it prints the same',
  { timeout: 60_000 },
  async () => {
    const { template } = await import('../../templates/opt-in/valibot.ts');
    const own = await packages.emit('own', packages.input, [template]);
    const named = await packages.emit('named', packages.input, { valibot: true });
    const [mine, theirs] = await Promise.all(
      [own, named].map((path) => readFile(join(path, 'src/valibot.ts'), 'utf8')),
    );
    expect(mine).toBe(theirs);
  },
);

test.skipIf(!isPresent)(
  `the schemas of v1.42.0 type-check${isPresent ? '' : ' (skipped: ../shared/specs is absent)'}`,
  { timeout: 300_000 },
  async () => {
    const output = await packages.emit('vendor', vendor, ['valibot']);
    expect(await compile(output, ['src'])).toEqual([]);
  },
);
