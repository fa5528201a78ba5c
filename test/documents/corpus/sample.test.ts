import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { printFile } from '../../support/stages.ts';
import { compile } from './compile.ts';
import { listedDocuments } from './documents.ts';

const { sources, missing } = await listedDocuments(
  fileURLToPath(new URL('sample.json', import.meta.url)),
  '.',
);
const root = await mkdtemp(join(tmpdir(), 'batchwright-sample-'));
afterAll(() => rm(root, { recursive: true, force: true }));

test('the sample is whole: 120 documents that people published', () => {
  expect(missing).toEqual([]);
  expect(sources).toHaveLength(120);
});

const names = sources.map((_, index) => `p${index}`);
const limit = 60_000;

test.each(sources)('$path is emitted', { timeout: limit }, async ({ file, path }) => {
  const { files, diagnostics } = await printFile(file);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const folder = join(root, `p${sources.findIndex((source) => source.path === path)}`);
  const folders = new Set(files.map((each) => dirname(join(folder, each.path))));
  for (const each of folders) await mkdir(each, { recursive: true });
  await Promise.all(files.map((each) => writeFile(join(folder, each.path), each.text)));
});

test('TypeScript has nothing to say of any of them', { timeout: 600_000 }, async () => {
  const said: Record<string, readonly string[]> = {};
  for (let start = 0; start < names.length; start += 40)
    for (const [name, texts] of await compile(root, names.slice(start, start + 40), limit))
      said[sources[Number(name.slice(1))]?.path ?? name] = texts;
  expect(said).toEqual({});
});
