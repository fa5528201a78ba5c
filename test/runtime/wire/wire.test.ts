import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compile } from '../../support/compile.ts';
import { emit } from '../../support/emit.ts';
import { capture, textOf } from './capture.ts';
import { readWireScenario, type Source } from './scenario.ts';

/**
 * Each Markdown file below this folder says one call of an emitted client: the document (`yaml`;
 * without one it is that of Meraki), the code (`ts`), the client's options (`ts options`), what the
 * server answers (`http answer`; else 204), and what is expected: the requests (`http`) and what the
 * code returns (`json result`). `vitest -u` writes the latter two anew.
 */
const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));
const scenarios = await Promise.all(
  (await readdir(here, { recursive: true }))
    .filter((path) => path.endsWith('.md'))
    .toSorted()
    .map(async (path) => ({
      path,
      ...readWireScenario(await readFile(join(here, path), 'utf8')),
    })),
);

const outputs = await mkdtemp(join(tmpdir(), 'batchwright-wire-'));
const meraki = join(outputs, 'embedded');

beforeAll(async () => {
  await cp(join(root, 'templates/runtime'), join(outputs, 'runtime'), { recursive: true });
  await writeFile(join(outputs, 'package.json'), '{ "type": "module" }');
  await store(meraki, {
    document: await readFile(join(root, 'specs/meraki/openapi.yaml'), 'utf8'),
    options: { name: 'meraki' },
  });
}, 120_000);
afterAll(() => rm(outputs, { recursive: true, force: true }));

for (const { path, title, source, options, code, answers, rewritten } of scenarios)
  test(title, async () => {
    const folder = source ? join(outputs, path.replace(/\.md$/, '')) : meraki;
    if (source) await store(folder, source);
    const name = source ? 'Example' : 'Meraki';
    const call = join(folder, `${basename(path, '.md')}.call.ts`);
    await writeFile(call, callModule(name, options, code));

    await using server = await capture(answers);
    const result = await (await import(pathToFileURL(call).href)).call(server.origin);
    await expect(await rewritten(server.requests.map(textOf), result)).toMatchFileSnapshot(
      join(here, path),
    );
  });

test('what the scenarios call compiles', { timeout: 120_000 }, async () => {
  const errors = await compile(outputs, ['**/*.call.ts']);
  // The run-time has tests of its own.
  expect(errors.filter((line) => !line.startsWith('runtime/'))).toEqual([]);
});

function callModule(name: string, options: string, code: string): string {
  const variable = name.toLowerCase();
  const given = name === 'Meraki' ? "apiKey: 'key', userAgent: 'Inventory/1.0 Acme', " : '';
  return `import { create${name} } from './src/index.js';

export async function call(baseUrl: string): Promise<unknown> {
  ${options}
  const ${variable} = create${name}({ baseUrl, ${given}retry: { attempts: 1 }, ...options });
  ${code}
  return undefined;
}
`;
}

/** Keeps the modules of a package; all use one copy of the run-time. */
async function store(folder: string, { document, options }: Source): Promise<void> {
  const { files, diagnostics } = await emit(document, options);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  for (const [path, text] of files) {
    if (!path.startsWith('src/') || path.startsWith('src/runtime/')) continue;
    const file = join(folder, path);
    const shared = relative(dirname(file), join(outputs, 'runtime'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text.replaceAll(/(?<= from ')\.\.?\/runtime(?=\/)/g, shared));
  }
}
