import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from 'prettier';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../../generator/generate.ts';
import type { ApiDescription, Operation } from '../../../generator/ir/ir.ts';
import { compile, type Compiler } from '../../support/compile.ts';
import { readFiles } from '../../support/emit.ts';
import { liveStatements } from '../../support/top-level.ts';
import { shuffled } from './shuffled.ts';

interface VendorDocument {
  readonly name: string;
  readonly file: string;
  /** How many operations, batchable actions and listings it has, where somebody counted them. */
  readonly operations?: number;
  readonly bound?: number;
  readonly paginated?: number;
}

const main: VendorDocument = {
  name: 'v1.42.0',
  file: 'meraki-v1.42.0.json',
  operations: 667,
  bound: 193,
  paginated: 64,
};
const documents: readonly VendorDocument[] = [
  { name: 'v1.41.0', file: 'meraki-v1.41.0.json' },
  main,
  { name: 'v1.44.0, Swagger 2.0', file: 'meraki-v1.44.0-swagger2.json', bound: 198 },
];

for (const counts of documents) {
  const { name, file } = counts;
  const input = fileURLToPath(new URL(`../../../../shared/specs/${file}`, import.meta.url));
  const present = existsSync(input);
  const unless = present ? '' : ' (skipped: ../shared/specs is absent)';

  describe.skipIf(!present)(`the package of ${name}${unless}`, { timeout: 180_000 }, () => {
    let folder: string;
    let output: string;
    let api: ApiDescription;
    let files: ReadonlyMap<string, string>;
    let document: { readonly paths: object; readonly 'x-batchable-actions': readonly unknown[] };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'batchwright-golden-'));
      output = join(folder, 'output');
      document = JSON.parse(await readFile(input, 'utf8'));
      const generated = await generate({ input, output, name: 'meraki', dialect: 'meraki' });
      expect(generated.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      api = generated.api!;
      files = await readFiles(output);
    }, 120_000);

    afterAll(() => rm(folder, { recursive: true, force: true }));

    const operations = (): readonly Operation[] => api.groups.flatMap((group) => group.operations);

    test('has a function for every operation of the document', () => {
      const declared = Object.values(document.paths).flatMap((item: object) =>
        Object.values(item).map(({ operationId }: { operationId: string }) => operationId),
      );
      const modules = api.groups.map(({ name }) => files.get(`src/${name}.ts`) ?? '').join('\n');
      const emitted = [...modules.matchAll(/^export function (\w+)\(/gm)].map(([, one]) => one);
      expect(emitted.toSorted()).toEqual(declared.toSorted());
      if (counts.operations) expect(emitted).toHaveLength(counts.operations);
    });

    test('has a builder for every batchable action of the document', () => {
      const builders = [...files]
        .filter(([path]) => /^src\/batch\/\w+\.ts$/.test(path) && !path.endsWith('/index.ts'))
        .flatMap(([, text]) => [...text.matchAll(/^export function (\w+)\(/gm)]);
      expect(builders).toHaveLength(document['x-batchable-actions'].length);
      if (counts.bound) expect(builders).toHaveLength(counts.bound);
    });

    test('has a paginator for every listing', () => {
      const paged = operations().filter(({ pagination }) => pagination);
      const modules = api.groups.map(({ name }) => files.get(`src/${name}.ts`) ?? '').join('\n');
      expect(modules.match(/^ {2}return paginate\(/gm)).toHaveLength(paged.length);
      if (counts.paginated) expect(paged).toHaveLength(counts.paginated);
    });

    if (counts === main)
      test('is laid out as prettier would', async () => {
        const options = { printWidth: 100, singleQuote: true };
        const checked = await Promise.all(
          [...files].map(async ([path, text]) =>
            (await check(text, { ...options, filepath: path })) ? [] : [path],
          ),
        );
        expect(files.size).toBeGreaterThan(50);
        expect(checked.flat()).toEqual([]);
      });

    test('does nothing when it is loaded', () => {
      const modules = [...files].filter(([path]) => path.endsWith('.ts') && !isRuntime(path));
      expect(modules.length).toBeGreaterThan(20);
      const live = modules.flatMap(([path, text]) =>
        liveStatements(text).map((one) => `${path}: ${one}`),
      );
      expect(live).toEqual([]);
    });

    if (counts === main)
      test('is the same, byte for byte, at the next run', async () => {
        const again = join(folder, 'again');
        await generate({ input, output: again, name: 'meraki', dialect: 'meraki' });
        expect([...(await readFiles(again))]).toEqual([...files]);
      });

    if (counts === main)
      test('does not depend on the order of the keys', async () => {
        const other = join(folder, 'shuffled.json');
        const text = JSON.stringify(shuffled(document, 42));
        expect(text).not.toBe(JSON.stringify(document));
        await writeFile(other, text);
        const again = join(folder, 'shuffled');
        await generate({ input: other, output: again, name: 'meraki', dialect: 'meraki' });
        expect([...(await readFiles(again))]).toEqual([...files]);
      });

    const compilers: readonly Compiler[] = ['typescript', 'typescript-5.9'];
    test.each(counts.bound ? compilers : [])('passes %s at its strictest', async (compiler) => {
      expect(await compile(output, ['src'], compiler)).toEqual([]);
    });
  });
}

function isRuntime(path: string): boolean {
  return path.startsWith('src/runtime/');
}
