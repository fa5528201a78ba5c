import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { string } from '../../templates/runtime/schema/checks.ts';
import { compile } from '../support/compile.ts';
import { SchemaPackages } from './schema-packages.ts';
import { cases } from './validator-cases.ts';

// The opt-in template `standard-schema`: what its schemas accept is what the document says.

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

const packages = new SchemaPackages();
beforeAll(() => packages.open());
afterAll(() => packages.remove());

describe('a schema', () => {
  let schemas: Readonly<Record<string, Schema>> = {};

  beforeAll(async () => {
    const output = await packages.emit('things', packages.input, ['standard-schema']);
    const outfile = join(packages.folder, 'built.mjs');
    const entryPoints = [join(output, 'src/standard-schema.ts')];
    await build({ entryPoints, outfile, bundle: true, format: 'esm', logLevel: 'silent' });
    schemas = await import(pathToFileURL(outfile).href);
    expect(await compile(output, ['src'])).toEqual([]);
  });

  const validate = (name: string, value: unknown) =>
    schemas[`${name}Schema`]!['~standard'].validate(value);

  test.each(cases)('of %s accepts what the document says, as it is', (name, accepted, refused) => {
    for (const value of accepted) expect(validate(name, value)).toEqual({ value });
    for (const value of refused) expect(validate(name, value).issues).not.toEqual([]);
    for (const value of refused) expect(validate(name, value)).not.toHaveProperty('value');
  });

  test.each<readonly [string, unknown, string, readonly (string | number)[]]>([
    [
      'thing',
      { id: 'a', children: [{}] },
      'Expected a value, which is absent',
      ['children', 0, 'id'],
    ],
    ['count', 10, 'Expected < 10', []],
    ['tags', ['a', 1], 'Expected string, got number', [1]],
    ['pet', { kind: 'cow' }, 'Fits none of 2 alternatives', []],
  ])('of %s says what is wrong, and where', (name, value, message, path) => {
    expect(validate(name, value).issues).toContainEqual({ message, path });
  });

  test.each<readonly [string, readonly unknown[], readonly unknown[]]>([
    ['date', ['2024-02-29'], ['2023-02-29', '2024-13-01', '24-01-01']],
    [
      'date-time',
      ['2016-12-31T23:59:60Z', '2024-01-01t00:00:00.1-08:00'],
      ['2024-01-01T24:00:00Z', '2024-01-01T00:00:00'],
    ],
    ['email', ['a.b+c@d.example'], ['a', 'a@', 'a b@c.d', 'a@b..c']],
    ['ipv4', ['0.0.0.0', '255.255.255.255'], ['1.2.3', '256.1.1.1', '01.2.3.4', '1.2.3.4.5']],
    [
      'ipv6',
      ['::', '::1', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', 'fe80::1'],
      ['1:2:3', ':::', '1::2::3', '1:2:3:4:5:6:7:8:9', '::1.2.3.256', 'g::'],
    ],
    ['uri', ['https://a.example/b?c#d', 'urn:x:y'], ['/a', 'a b:c', '']],
    ['uuid', ['01234567-89AB-cdef-0123-456789abcdef'], ['0123456789abcdef0123456789abcdef']],
  ])('knows the format %s', (format, accepted, refused) => {
    const check = string({ format });
    const isFine = (value: unknown): boolean => {
      const issues: unknown[] = [];
      check(value, { issues, path: [] } as never);
      return issues.length === 0;
    };
    expect(accepted.filter((value) => !isFine(value))).toEqual([]);
    expect(refused.filter(isFine)).toEqual([]);
  });

  test('refuses what is nested too deep for anybody’s stack', () => {
    let value: unknown = { id: 'a' };
    for (let depth = 0; depth < 50_000; depth += 1) value = { id: 'a', children: [value] };
    expect(validate('thing', value).issues?.[0]?.message).toBe('Nested deeper than 200');
  });

  test('reports no more than a person can read', () => {
    const { issues } = validate(
      'putThingResponse',
      Array.from({ length: 10_000 }, () => 1),
    );
    expect(issues).toHaveLength(100);
  });
});

test(
  'the template has no privilege: passed as one of a user’s, it prints the same',
  { timeout: 60_000 },
  async () => {
    const { template } = await import('../../templates/opt-in/standard-schema.ts');
    const own = await packages.emit('own', packages.input, [template]);
    const named = await packages.emit('named', packages.input, { 'standard-schema': true });
    const [mine, theirs] = await Promise.all(
      [own, named].map((path) => readFile(join(path, 'src/standard-schema.ts'), 'utf8')),
    );
    expect(mine).toBe(theirs);
  },
);

test.skipIf(!isPresent)(
  `the schemas of v1.42.0 type-check${isPresent ? '' : ' (skipped: ../shared/specs is absent)'}`,
  { timeout: 300_000 },
  async () => {
    const output = await packages.emit('vendor', vendor, ['standard-schema']);
    expect(await compile(output, ['src'])).toEqual([]);
  },
);
