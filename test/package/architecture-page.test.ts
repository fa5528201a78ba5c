import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
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

describe('the picture of batches in docs/architecture.md', () => {
  const [, section = ''] = page.split('### The run-time of batches');
  const [, picture = '', rest = ''] = section.split('```');
  const batch = `${root}templates/runtime/batch/`;

  test('names modules that are there', () => {
    const named = [...picture.matchAll(/\b[a-z]+\/[a-z-]+/g)].map(([path]) => path);
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter((path) => !existsSync(`${batch}${path}.ts`))).toEqual([]);
  });

  test('has every part of the run-time of batches', () => {
    const parts = readdirSync(batch, { withFileTypes: true }).filter((one) => one.isDirectory());
    expect(parts.map(({ name }) => name).filter((name) => !shows(picture, name))).toEqual([]);
  });

  test('explains types that are there, each once', () => {
    const types = [...rest.split('## ')[0]!.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
    const source = readdirSync(batch, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(`${batch}${path}`, 'utf8'))
      .join('\n');
    const declarations = (name: string): number =>
      [...source.matchAll(new RegExp(`^export (?:interface|type) ${name}\\b`, 'gm'))].length;
    expect(types.length).toBeGreaterThan(6);
    expect(types.filter((name) => declarations(name) !== 1)).toEqual([]);
  });
});

function shows(picture: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(picture);
}
