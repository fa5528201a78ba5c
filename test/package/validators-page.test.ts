import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { pageOf } from '../../bench/validators/page.ts';
import type { Asked, Results } from '../../bench/validators/results.ts';
import { libraries } from '../validators/emitted.ts';
import { leftOut } from '../validators/left-out.ts';
import { root } from './blocks.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
// What the bench wrote.
const results = JSON.parse(read('bench/validators/results.json')) as Results;

const asked: Asked = { tests: { items: 4, type: 3 }, apart: { 'it needs `$anchor`': 2 } };
const base: Results = {
  node: 'v20.0.0',
  asked: { draft4: asked, 'draft2020-12': asked },
  columns: [],
};

/** The page of one peer's result at draft 4. */
function pageOfPeer(result: NonNullable<Results['columns'][number]['drafts']['draft4']>): string {
  const peer = { name: 'another', version: '1.2.3', drafts: { draft4: result } };
  return pageOf({ ...base, columns: [peer] });
}

test('docs/validators.md is what the bench writes of the committed results', async () => {
  const options = {
    ...(await resolveConfig(join(root, 'docs/validators.md'))),
    parser: 'markdown',
  };
  expect(read('docs/validators.md')).toBe(await format(pageOf(results), options));
});

test('the committed results of batchwright differ from the suite in what is left out by name', () => {
  for (const draft of ['draft4', 'draft2020-12'] as const)
    for (const library of Object.keys(libraries)) {
      const column = results.columns.find(({ name }) => name === library);
      const tallies = Object.values(column?.drafts[draft]?.keywords ?? {});
      const differing = tallies.reduce((sum, { agreed, total }) => sum + total - agreed, 0);
      expect(tallies.length, library).toBe(Object.keys(results.asked[draft].tests).length);
      expect(differing, `${library}, ${draft}`).toBe(leftOut[draft].length);
    }
});

test('the committed results have hey-api, orval and kubb at both drafts', () => {
  const peers = results.columns.filter(({ version }) => version !== undefined);
  expect(peers.map(({ name, drafts }) => [name, Object.keys(drafts)])).toEqual(
    ['hey-api, zod', 'hey-api, valibot', 'orval, zod', 'kubb, zod'].map((name) => [
      name,
      ['draft4', 'draft2020-12'],
    ]),
  );
});

test('a cell has one number where all tests agree, and two where some do not', () => {
  const page = pageOfPeer({
    keywords: { items: { agreed: 4, total: 4 }, type: { agreed: 1, total: 3 } },
    failures: ['type: a list of types'],
  });
  expect(page).toContain('| `items` | 4 |\n| `type` | 1/3 |');
  expect(page).toContain('| **all** | **5/7** |\n| without a validator | 1 |');
  expect(page).toContain('- 2: it needs `$anchor`');
});

test('a peer that was stopped is not finished, with its reason and dashes', () => {
  const page = pageOfPeer({
    keywords: { items: { agreed: 4, total: 4 } },
    failures: [],
    unfinished: 'it took more than 6 minutes',
  });
  expect(page).toContain('| **all** | 4, not finished |');
  expect(page).toContain('| `items` | 4 |\n| `type` | – |');
  expect(page).toContain('- another: not finished, it took more than 6 minutes.');
});

test('a peer that was not tried at a draft is not finished there', () => {
  const page = pageOf({ ...base, columns: [{ name: 'another', version: '1.2.3', drafts: {} }] });
  expect(page).toContain('| **all** | not finished |\n| without a validator | – |');
});

test('every peer of the bench of validators is pinned to one version', () => {
  // A manifest of npm.
  const { dependencies } = JSON.parse(read('bench/validators/package.json')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const loose = Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});
