import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from './blocks.ts';

const page = readFileSync(`${root}docs/architecture.md`, 'utf8');

test('every file and folder that docs/architecture.md names is there', () => {
  const named = [...page.matchAll(/`((?:generator|templates|test|docs|specs)\/[\w./-]*)`/g)].map(
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
});

test('the glossary of docs/architecture.md is in order and gives each word once', () => {
  const [, glossary = ''] = page.split('## Glossary');
  const words = [...glossary.matchAll(/^\| ([a-zA-Z -]+?) +\|/gm)]
    .map(([, word = '']) => word)
    .slice(1);
  expect(words.length).toBeGreaterThan(20);
  expect(words).toEqual([...new Set(words)].toSorted((a, b) => a.localeCompare(b, 'en')));
});
