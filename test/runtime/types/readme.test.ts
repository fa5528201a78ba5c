import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import config from '../../../batchwright.config.ts';
import { compile } from '../../support/compile.ts';

const packages = fileURLToPath(new URL('../../../generated/', import.meta.url)).replaceAll(
  '\\',
  '/',
);
const names = Object.keys(config.targets);

let folder: string;
let codes: ReadonlyMap<string, string>;
let errors: readonly string[];

/** The examples of each README as one module: they build on each other. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-readme-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(
    join(folder, 'process.d.ts'),
    'declare const process: { readonly env: Readonly<Record<string, string | undefined>> };\n',
  );
  codes = new Map(
    await Promise.all(names.map(async (name) => [name, await codeOf(name)] as const)),
  );
  for (const [name, code] of codes) {
    await writeFile(join(folder, `${name}.ts`), code);
    await writeFile(join(folder, `${name}.wrong.ts`), `${code}\nclient.batch.nothing();\n`);
  }
  errors = await compile(folder, ['*.ts']);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(names)('the README of generated/%s', (name) => {
  test('runs an action in a batch', () => {
    expect(codes.get(name)).toMatch(/client\.batch\.\w+\.\w+\([^]*client\.batch\.run\(\[action\]/);
  });

  test('has examples that compile', () => {
    expect(errors.filter((error) => error.startsWith(`${name}.ts`))).toEqual([]);
  });

  test('would not pass with an example of what is not there', () => {
    expect(errors.filter((error) => error.startsWith(`${name}.wrong.ts`))).toEqual([
      expect.stringContaining("'nothing' does not exist"),
    ]);
  });
});

async function codeOf(name: string): Promise<string> {
  const page = await readFile(`${packages}${name}/README.md`, 'utf8');
  const { exports } = JSON.parse(await readFile(`${packages}${name}/package.json`, 'utf8')) as {
    readonly exports: Readonly<Record<string, { readonly types: string }>>;
  };
  const blocks = [...page.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code);
  return blocks
    .join('\n')
    .replaceAll(
      new RegExp(`from '@acme/${name}(/[^']*)?'`, 'g'),
      (_, entry: string | undefined) => {
        const { types = '' } = exports[`.${entry ?? ''}`] ?? {};
        return `from '${types.replace('./dist/', `${packages}${name}/src/`).replace('.d.ts', '.js')}'`;
      },
    );
}
