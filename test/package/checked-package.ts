import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect } from 'vitest';
import type { Target } from '../../generator/config/config.ts';
import { generate } from '../../generator/generate.ts';
import { root } from './blocks.ts';

/** The templates whose schemas a client takes: a name, the module of the package, the choice of it. */
export const schemaTemplates: readonly (readonly [string, string, Target['templates']])[] = [
  ['zod', 'zod', ['zod']],
  ['zod mini', 'zod', { zod: { mini: true } }],
  ['valibot', 'valibot', ['valibot']],
  ['standard-schema', 'standard-schema', ['standard-schema']],
];

/** Generates a package, and loads some of its modules as one. */
export async function loadPackage<Loaded>(
  target: Target,
  modules: readonly string[],
): Promise<Loaded> {
  const { diagnostics } = await generate(target);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  await symlink(`${root}node_modules`, join(target.output, 'node_modules'), 'junction');
  const contents = modules.map((name) => `export * from './${name}.js';`).join('\n');
  const outfile = join(target.output, 'all.mjs');
  const stdin = { contents, resolveDir: join(target.output, 'src'), loader: 'ts' } as const;
  await build({ stdin, outfile, bundle: true, format: 'esm', logLevel: 'silent' });
  return import(pathToFileURL(outfile).href);
}

/** What a call fails with, whether it throws or rejects. */
export function failureOf<Failure>(call: () => PromiseLike<unknown> | object): Promise<Failure> {
  return Promise.resolve()
    .then(call)
    .then(
      () => Promise.reject(new Error('It did not fail')),
      // What the caller expects of it is tested.
      (error: unknown) => error as Failure,
    );
}
