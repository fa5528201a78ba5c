import { fileURLToPath } from 'node:url';
import { check } from 'prettier';
import { describe, expect, test } from 'vitest';
import config from '../../../batchwright.config.ts';
import { generate } from '../../../generator/generate.ts';
import { readManifest } from '../../../generator/write/manifest.ts';
import { compile } from '../../support/compile.ts';
import { emit, readFiles } from '../../support/emit.ts';
import { liveStatements } from '../../support/top-level.ts';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { shuffled } from './shuffled.ts';

const root = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Whether a file comes from building or installing, not from a generation. */
function isBuilt(path: string): boolean {
  return /^(dist|node_modules)\//.test(path);
}

describe.each(Object.entries(config.targets))('generated/%s', { timeout: 120_000 }, (_, target) => {
  const located = { ...target, input: root(target.input), output: root(target.output) };

  test('is what its document gives today', async () => {
    const { diagnostics, files } = await generate(located, { check: true });
    expect(diagnostics).toEqual([]);
    expect(files).toMatchObject({ created: [], changed: [], removed: [] });
  });

  test('is laid out as prettier would, and does nothing when it is loaded', async () => {
    const files = [...(await readFiles(located.output))].filter(([path]) => !isBuilt(path));
    const faults: string[] = [];
    for (const [path, text] of files) {
      const options = { printWidth: 100, singleQuote: true, filepath: path };
      if (!(await check(text, options))) faults.push(`${path}: layout`);
      if (!path.endsWith('.ts') || path.startsWith('src/runtime/')) continue;
      faults.push(...liveStatements(text).map((statement) => `${path}: ${statement}`));
    }
    expect(files.length).toBeGreaterThan(30);
    expect(faults).toEqual([]);
  });

  test.each([target.output, ...(target.cli ? [target.cli.output] : [])])(
    'holds the files of its record, and no others: %s',
    async (path) => {
      const folder = root(path);
      const files = [...(await readFiles(folder)).keys()].filter((file) => !isBuilt(file));
      const record = readManifest(folder);
      expect(files.length).toBeGreaterThan(5);
      // What begins with a dot is not read.
      const recorded = [...(record ?? new Map()).keys()].filter((file) => !file.startsWith('.'));
      expect(files.toSorted()).toEqual(recorded.toSorted());
    },
  );

  test('does not depend on the order of the keys in its document', async () => {
    const document = parse(await readFile(located.input, 'utf8'));
    const { input: _input, output: _output, ...options } = located;
    const [plain, other] = await Promise.all([
      emit(JSON.stringify(document), options),
      emit(JSON.stringify(shuffled(document, 7)), options),
    ]);
    expect([...other.files]).toEqual([...plain.files]);
  });
});

test('the compiler check can fail', { timeout: 60_000 }, async () => {
  const { mkdtemp, mkdir, rm, writeFile } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const folder = await mkdtemp(`${tmpdir()}/batchwright-golden-`);
  await mkdir(`${folder}/src`);
  await writeFile(`${folder}/package.json`, '{ "type": "module" }');
  await writeFile(`${folder}/package.json`, '{ "type": "module" }');
  await writeFile(`${folder}/src/index.ts`, "export const a: number = 'a';\n");
  expect(await compile(folder, ['src'])).toEqual([expect.stringContaining('TS2322')]);
  await rm(folder, { recursive: true, force: true });
});
