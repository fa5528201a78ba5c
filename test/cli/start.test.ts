import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../templates/cli-runtime/', import.meta.url));

/** The packages and modules that a module imports before it runs, and those that they import. */
async function loadedBy(module: string, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  if (seen.has(module)) return seen;
  seen.add(module);
  if (!module.endsWith('.ts')) return seen;
  const text = await readFile(module, 'utf8');
  for (const [, what = '', from = ''] of text.matchAll(/^import (.*?)\s*from '([^']+)';/gms)) {
    if (what.startsWith('type ')) continue;
    const path = new URL(from.replace(/\.js$/, '.ts'), `file://${module}`).pathname;
    await loadedBy(from.startsWith('.') ? path : from, seen);
  }
  return seen;
}

test('the help loads the parser of arguments, and nothing that a command needs', async () => {
  const loaded = [...(await loadedBy(`${folder}main.ts`))].map((one) => one.replace(folder, ''));
  const packages = loaded.filter((one) => !one.endsWith('.ts') && !one.startsWith('node:'));
  expect(packages).toEqual(['commander']);
  expect(
    loaded.filter((one) => /^(?:run|bulk|mcp|simulate|completion|output|schema)\//.test(one)),
  ).toEqual([]);
});
