import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// What docs/dialects.md states.

const root = fileURLToPath(new URL('../../../../', import.meta.url));

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

const page = read('docs/dialects.md');

test('the worked example is the one that is tested', () => {
  const file = read('examples/asana/batchwright.config.ts');
  expect(page).toContain(file.replace("'../../generator/index.ts'", "'batchwright'"));
});

test('no module but the registry knows of the fourth dialect', () => {
  const modules = ['generator', 'templates'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
  );
  const knowing = modules.filter((path) =>
    /Microsoft|dialects\/graph|'graph'|\.\/graph\.ts|\bdependsOn\b|\$batch/.test(read(path)),
  );
  expect(knowing).toEqual(['generator/dialects/graph.ts', 'generator/dialects/index.ts']);
});

test('the fourth dialect is as long as it is said to be', () => {
  const [, lines] = /graph\.ts`, (\d+) lines of data/.exec(page) ?? [];
  expect(read('generator/dialects/graph.ts').trimEnd().split('\n')).toHaveLength(Number(lines));
  const registry = read('generator/dialects/index.ts').split('\n');
  expect(registry.filter((line) => line.includes('graph'))).toHaveLength(2);
});
