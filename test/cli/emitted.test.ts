import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { check } from 'prettier';
import { describe, expect, test } from 'vitest';
import config from '../../batchwright.config.ts';
import { generate } from '../../generator/generate.ts';
import { readFiles } from '../support/emit.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe.each(Object.entries(config.targets))('%s', { timeout: 120_000 }, (_, target) => {
  test('has the command line that its document gives today', async () => {
    const output = `${root}${target.cli?.output}`;
    const located = { ...target, input: root + target.input, output: root + target.output };
    const { diagnostics, cli } = await generate({ ...located, cli: { output } }, { check: true });
    expect(diagnostics).toEqual([]);
    expect(cli).toMatchObject({ created: [], changed: [], removed: [] });
  });

  test('has a command line that is laid out as prettier would', async () => {
    const faults: string[] = [];
    for (const [path, text] of await readFiles(`${root}${target.cli?.output}`)) {
      if (/^(?:dist|node_modules)\/|\.jsonl$/.test(path)) continue;
      const options = { printWidth: 100, singleQuote: true, filepath: path };
      if (!(await check(text, options))) faults.push(path);
    }
    expect(faults).toEqual([]);
  });
});

test('a document without batches has calls alone', async () => {
  const { mkdtemp, rm } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const folder = await mkdtemp(`${tmpdir()}/batchwright-cli-plain-`);
  await writeFile(`${folder}/openapi.json`, JSON.stringify(plain));
  const { diagnostics, cli } = await generate({
    input: `${folder}/openapi.json`,
    output: `${folder}/client`,
    cli: { output: `${folder}/cli`, name: 'stock-cli', bin: 'stock' },
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(cli?.created).toContain('src/api.ts');
  const text = await readFile(`${folder}/cli/src/api.ts`, 'utf8');
  expect(text).not.toMatch(/batch:|builders/);
  await rm(folder, { recursive: true, force: true });
});

const plain = {
  openapi: '3.0.3',
  info: { title: 'Stock', version: '1.0.0' },
  servers: [{ url: 'https://api.example.com' }],
  paths: {
    '/items': { get: { operationId: 'getItems', responses: { 200: { description: 'Items.' } } } },
  },
};
