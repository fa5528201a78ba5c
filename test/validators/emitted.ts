import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Target } from '../../generator/config/config.ts';
import type { Diagnostic } from '../../generator/diagnostics/diagnostics.ts';
import { generate } from '../../generator/generate.ts';
import type { Validate } from './suite.ts';

/** The libraries whose schemas are emitted, and the templates that emit them. */
export const libraries: Readonly<
  Record<string, { readonly module: string; readonly templates: Target['templates'] }>
> = {
  'standard-schema': { module: 'standard-schema', templates: ['standard-schema'] },
  valibot: { module: 'valibot', templates: ['valibot'] },
  'zod 4': { module: 'zod', templates: ['zod'] },
  'zod mini': { module: 'zod', templates: { zod: { mini: true } } },
};

/** The validators of a document by a library, and what was said when they were generated. */
export async function emitted(
  document: object,
  library: string,
  folder: string,
  modules: string,
): Promise<{ readonly validate: Validate; readonly diagnostics: readonly Diagnostic[] }> {
  const chosen = libraries[library];
  if (!chosen) throw new Error(`There is no library ${library}`);
  await mkdir(folder, { recursive: true });
  await symlink(modules, join(folder, 'node_modules'), 'junction');
  const input = join(folder, 'openapi.json');
  await writeFile(input, JSON.stringify(document));
  const output = join(folder, 'client');
  const { diagnostics } = await generate({ input, output, templates: chosen.templates });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  const outfile = join(folder, 'schemas.mjs');
  const entryPoints = [join(output, `src/${chosen.module}.ts`)];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', logLevel: 'silent' });
  const schemas: Readonly<Record<string, StandardSchema>> = await import(
    pathToFileURL(outfile).href
  );
  const validate: Validate = (name, data) => {
    const schema = schemas[`${name.charAt(0).toLowerCase()}${name.slice(1)}Schema`];
    if (!schema) throw new Error(`There is no schema of ${name}`);
    return schema['~standard'].validate(data).issues === undefined;
  };
  return { validate, diagnostics };
}

/** What the schemas of all libraries are. */
interface StandardSchema {
  readonly '~standard': { validate(value: unknown): { readonly issues?: unknown } };
}
