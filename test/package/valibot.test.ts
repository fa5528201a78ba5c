import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../generator/generate.ts';
import type { Target } from '../../generator/config/config.ts';
import { compile } from '../support/compile.ts';
import { root } from './blocks.ts';
import { cases, document } from './validator-cases.ts';

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

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-valibot-'));
  await writeFile(join(folder, 'openapi.yaml'), document);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function emitted(
  name: string,
  input: string,
  templates: Target['templates'],
): Promise<string> {
  const output = join(folder, name);
  const { diagnostics } = await generate({ input, output, templates });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return output;
}

async function link(output: string): Promise<void> {
  await mkdir(join(output, 'node_modules'));
  await symlink(`${root}node_modules/valibot`, join(output, 'node_modules/valibot'), 'junction');
}

describe('a schema', () => {
  let schemas: Readonly<Record<string, Schema>> = {};

  beforeAll(async () => {
    const output = await emitted('things', join(folder, 'openapi.yaml'), ['valibot']);
    const outfile = join(folder, 'built.mjs');
    await link(output);
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
    const own = await emitted('own', join(folder, 'openapi.yaml'), [template]);
    const named = await emitted('named', join(folder, 'openapi.yaml'), { valibot: true });
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
    const output = await emitted('vendor', vendor, ['valibot']);
    await link(output);
    expect(await compile(output, ['src'])).toEqual([]);
  },
);
