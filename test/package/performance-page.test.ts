import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { root } from './blocks.ts';

interface Row {
  readonly what: string;
  readonly value: string;
  readonly goal: string;
}

interface Part {
  readonly name: string;
  rows(printed: unknown): readonly Row[];
}

type Results = Readonly<Record<string, { readonly rows: readonly Row[] }>>;

interface Page {
  pageOf(results: Results): string;
  quoted(readme: string, results: Results): string;
}

// The bench is JavaScript, which this project's types do not reach.
const { pageOf, quoted }: Page = await import(join(root, 'bench/page.mjs'));
const { parts }: { readonly parts: readonly Part[] } = await import(join(root, 'bench/parts.mjs'));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const results: Results = JSON.parse(read('bench/results.json'));

async function formatted(text: string, path: string): Promise<string> {
  return format(text, { ...(await resolveConfig(join(root, path))), filepath: path });
}

function rowsOf(name: string, printed: unknown): readonly Row[] {
  return parts.find((part) => part.name === name)?.rows(printed) ?? [];
}

const one = { node: 'v20.0.0', cores: 2, load: 0.25, rounds: 3 };

test('docs/performance.md is what the bench writes of the committed results', async () => {
  expect(read('docs/performance.md')).toBe(await formatted(pageOf(results), 'docs/performance.md'));
});

test('README.md quotes the committed results', async () => {
  expect(read('README.md')).toBe(await formatted(quoted(read('README.md'), results), 'README.md'));
});

test('the page has a table for each part that was measured, and says which was not', () => {
  const page = pageOf({ types: { ...one, rows: [{ what: 'CPU', value: '9.87', goal: '1.10' }] } });
  expect(page).toContain('load 0.3, medians of 3 rounds');
  expect(page).toContain('| CPU | 9.87 | 1.10 |');
  expect(page).toContain('`npm run bench:client`: not measured yet.');
});

test('a README without the quoted rows stays as it is', () => {
  const readme = '| what | measured |\n| --- | --- |\n| tests | 12 |\n';
  expect(quoted(readme, results)).toBe(readme);
});

test('a README quotes a figure that was not measured as a dash', () => {
  const what = '[the client object](docs/performance.md), minified, loaded at once; one call';
  expect(quoted(`| ${what} | 135 kB; 5.5 kB |`, {})).toBe(`| ${what} | – kB; – kB |`);
});

test('generation is compared with each peer of the same run', () => {
  const tools = [
    { name: 'batchwright', median: { wall: 2, cpu: 3, memory: 150 * 2 ** 20 } },
    { name: 'batchwright unchanged', median: { wall: 0.5, cpu: 1, memory: 1 } },
    { name: 'oazapfts', median: { wall: 4, cpu: 4, memory: 300 * 2 ** 20 } },
    // One that failed has no figures.
    { name: 'orval', failure: 'exit code 1' },
  ];
  const rows = rowsOf('full', { documents: [{ tools }] });
  expect(rows).toContainEqual({ what: 'wall time of oazapfts', value: '0.50', goal: '0.30' });
  expect(rows).toContainEqual({ what: 'CPU of oazapfts', value: '0.75', goal: '0.30' });
  expect(rows).toContainEqual({ what: 'wall time of orval', value: '–', goal: '' });
  expect(rows).toContainEqual({
    what: 'again, unchanged, of the first run',
    value: '0.25',
    goal: '0.20',
  });
  expect(rows).toContainEqual({ what: 'peak memory, MiB', value: '150', goal: '100' });
});

test('calls are compared with fetch, and those at a time by how many come in a second', () => {
  const rows = rowsOf('calls', {
    rows: [
      ['small fetch', '0.5', '1.00', '1.0', '1.00', '100', '1.00'],
      ['small createClient', '0.6', '1.20', '1.0', '1.00', '100', '1.00'],
      ['small undici parallel', '0.4', '0.80', '0.5', '0.50', '100', '1.00'],
      ['large createMeraki', '0.4', '1.15', '0.5', '0.50', '100', '1.08'],
    ],
  });
  expect(rows).toEqual([
    { what: 'small createClient: CPU', value: '1.20', goal: '1.10' },
    { what: 'small undici parallel: CPU', value: '0.80', goal: '' },
    { what: 'small undici parallel: calls a second', value: '2.00', goal: 'at least 1.50' },
    { what: 'large createMeraki: CPU', value: '1.15', goal: '1.10' },
    { what: 'large createMeraki: memory', value: '1.08', goal: '1.15' },
  ]);
});

test('every peer of the bench is pinned to one version', () => {
  const { dependencies } = JSON.parse(read('bench/package.json')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const peers = ['kubb/core', 'hey-api/openapi-ts'].map((name) => `@${name}`);
  expect(Object.keys(dependencies)).toEqual(
    expect.arrayContaining([
      ...peers,
      'orval',
      'oazapfts',
      'openapi-typescript',
      'openapi-typescript-codegen',
      'openapi-fetch',
      'ky',
      'got',
    ]),
  );
  expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual(
    [],
  );
});
