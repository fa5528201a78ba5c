import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compile, type Compiler } from '../compile.ts';

const consumer = new URL('consumer.ts', import.meta.url);
const generated = fileURLToPath(new URL('../../generated/', import.meta.url));

let folder: string;
let text: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-types-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  text = (await readFile(consumer, 'utf8')).replaceAll(
    '../../generated/',
    generated.replaceAll('\\', '/'),
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const compilers: readonly Compiler[] = ['typescript', 'typescript-5.9'];

test.each(compilers)(
  '%s finds every mistake of a consumer, and no other',
  { timeout: 120_000 },
  async (compiler) => {
    expect(text.match(/\/\/ @ts-expect-error/g)?.length).toBeGreaterThan(15);
    await writeFile(join(folder, 'consumer.ts'), text);
    expect(await compile(folder, ['consumer.ts'], compiler)).toEqual([]);
  },
);

test('a mistake that nobody expects is found', { timeout: 120_000 }, async () => {
  const unexpected = text.replaceAll(/^.*\/\/ @ts-expect-error.*$/gm, '');
  await writeFile(join(folder, 'consumer.ts'), unexpected);
  const errors = await compile(folder, ['consumer.ts']);
  expect(errors.length).toBeGreaterThanOrEqual(text.match(/\/\/ @ts-expect-error/g)?.length ?? 0);
});
