import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from 'prettier';
import { afterAll, expect, test } from 'vitest';
import { compile } from '../support/compile.ts';
import { emit, type Emitted } from '../support/emit.ts';
import { liveStatements } from '../support/top-level.ts';
import { readScenario } from './scenario.ts';

/**
 * Each Markdown file below this folder says one behaviour: a piece of a document (`yaml`), settings
 * of its target (`yaml config`), and what is emitted for it: whole files (`ts src/pets.ts`),
 * declarations (`ts src/pets.ts getPet`), `text diagnostics`. `vitest -u` writes the latter anew.
 */
const here = fileURLToPath(new URL('.', import.meta.url));
const runtime = fileURLToPath(new URL('../../templates/runtime', import.meta.url));
const paths = (await readdir(here, { recursive: true }))
  .filter((path) => path.endsWith('.md'))
  .toSorted();
const scenarios = await Promise.all(
  paths.map(async (path) => ({
    path,
    ...readScenario(await readFile(join(here, path), 'utf8')),
  })),
);

const outputs = await mkdtemp(join(tmpdir(), 'batchwright-scenarios-'));
afterAll(() => rm(outputs, { recursive: true, force: true }));

for (const { path, title, document, options, rewritten } of scenarios)
  test(title, async () => {
    const emitted = await emit(document, options);
    await expect(rewritten(emitted)).toMatchFileSnapshot(join(here, path));
    expect(await faultsOf(emitted)).toEqual([]);
    await store(join(outputs, path.replace(/\.md$/, '')), emitted);
  });

test('what the scenarios emit compiles', { timeout: 120_000 }, async () => {
  await cp(runtime, join(outputs, 'runtime'), { recursive: true });
  await writeFile(join(outputs, 'package.json'), '{ "type": "module" }');
  const errors = await compile(outputs, ['**/src/*.ts', '**/src/batch/*.ts']);
  // The run-time has tests of its own.
  expect(errors.filter((line) => !line.startsWith('runtime/'))).toEqual([]);
});

/** Files that prettier would change, and statements that would run when a module is loaded. */
async function faultsOf({ files }: Emitted): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [path, text] of files) {
    if (path.startsWith('src/runtime/')) continue;
    const settings = { filepath: path, printWidth: 100, singleQuote: true };
    if (!(await check(text, settings))) faults.push(`${path}: prettier would change it.`);
    if (path.endsWith('.ts'))
      faults.push(...liveStatements(text).map((statement) => `${path}: ${statement}`));
  }
  return faults;
}

/** Keeps the modules for the compiler; all use one copy of the run-time. */
async function store(folder: string, { files }: Emitted): Promise<void> {
  for (const [path, text] of files) {
    if (!path.startsWith('src/') || path.startsWith('src/runtime/')) continue;
    const file = join(folder, path);
    const shared = relative(dirname(file), join(outputs, 'runtime'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text.replaceAll(/(?<= from ')\.\.?\/runtime(?=\/)/g, shared));
  }
}
