import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { emit } from '../../support/emit.ts';

const MAX_CALL_BYTES = 5900;
const MAX_LISTING_BYTES = 8000;

const document = fileURLToPath(
  new URL('../../../../shared/specs/meraki-v1.42.0.json', import.meta.url),
);
const present = existsSync(document);
const unless = present ? '' : ' (skipped: ../shared/specs is absent)';

/** Modules that are held in memory; a name that begins with `entry/` holds one operation. */
function inMemory(files: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'in-memory',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /.*/ }, ({ path, importer }) => ({
        path: importer
          ? new URL(path, `file:///${importer}`).pathname.slice(1).replace(/\.js$/, '.ts')
          : path,
        namespace: 'memory',
      }));
      onLoad({ filter: /.*/, namespace: 'memory' }, ({ path }) => ({
        contents: files.get(path) ?? '',
        loader: 'ts',
      }));
    },
  };
}

describe.skipIf(!present)(`each operation of v1.42.0 bundled with its client${unless}`, () => {
  test('has at most the bytes of its kind', { timeout: 300_000 }, async () => {
    const { api, files } = await emit(await readFile(document, 'utf8'));
    const operations = (api?.groups ?? []).flatMap((group) => group.operations);
    expect(operations.length).toBe(667);
    const entries = new Map(
      operations.map(({ name, group }) => [
        `entry/${name}.ts`,
        `export { createClient } from '../src/client.js'; export { ${name} } from '../src/${group}.js';`,
      ]),
    );
    const { outputFiles } = await build({
      entryPoints: [...entries.keys()],
      plugins: [inMemory(new Map([...files, ...entries]))],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      write: false,
      outdir: '/bundles',
    });
    const sizes = new Map(
      outputFiles.map(({ path, contents }) => [
        path.replace(/^.*\/(\w+)\.js$/, '$1'),
        contents.length,
      ]),
    );
    const largest = (listing: boolean): number =>
      Math.max(
        ...operations
          .filter(({ pagination }) => (pagination !== undefined) === listing)
          .map(({ name }) => sizes.get(name) ?? Infinity),
      );
    expect(largest(false)).toBeLessThanOrEqual(MAX_CALL_BYTES);
    expect(largest(true)).toBeLessThanOrEqual(MAX_LISTING_BYTES);
  });
});
