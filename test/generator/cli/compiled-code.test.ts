// What a run has compiled is there for the next one.
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CompiledCode } from '../../../generator/cli/compiled-code.ts';
import { folderWith } from '../config/files.ts';

const source = `
const { sep } = require('node:path');
exports.answer = () => 6 * 7;
exports.scope = () => [sep, __dirname, __filename];
`;

interface Loaded {
  readonly answer: () => number;
  readonly scope: () => readonly string[];
}

function load(folder: string, purpose = 'generate') {
  const code = new CompiledCode(join(folder, 'cache'), purpose);
  // What the source above exports.
  const loaded = code.load(join(folder, 'main.cjs')) as Loaded;
  return { loaded, keep: () => code.keep() };
}

/** The files of the cache, with the time of their last change. */
function kept(folder: string): readonly string[] {
  const code = join(folder, 'cache/code');
  return readdirSync(code).map((name) => `${name} ${statSync(join(code, name)).mtimeMs}`);
}

/** A folder with a module whose code was kept. */
function folderWithCode(): string {
  const folder = folderWith({ 'main.cjs': source });
  const { loaded, keep } = load(folder);
  loaded.answer();
  keep();
  return folder;
}

function keptFile(folder: string): string {
  const code = join(folder, 'cache/code');
  return join(code, readdirSync(code)[0] ?? '');
}

test('a module has what Node.js gives to modules', () => {
  const folder = folderWith({ 'main.cjs': source });
  expect(load(folder).loaded.scope()).toEqual([
    expect.stringMatching(/^[/\\]$/),
    folder,
    join(folder, 'main.cjs'),
  ]);
});

test('its code is kept once, and does the same', () => {
  const folder = folderWithCode();
  const before = kept(folder);
  const { loaded, keep } = load(folder);
  keep();
  expect(loaded.answer()).toBe(42);
  expect(before).toHaveLength(1);
  expect(kept(folder)).toEqual(before);
});

test('another text of as many characters does not run the code of the first', () => {
  const folder = folderWithCode();
  writeFileSync(join(folder, 'main.cjs'), source.replace('6 * 7', '6 + 7'));
  expect(load(folder).loaded.answer()).toBe(13);
});

test('runs for another purpose keep code of their own', () => {
  const folder = folderWithCode();
  load(folder, 'diff').keep();
  expect(kept(folder)).toHaveLength(2);
});

test.each([
  ['cut short', (file: string) => truncateSync(file, statSync(file).size / 2)],
  ['empty', (file: string) => truncateSync(file)],
  ['of zeros at its end', (file: string) => zeroEnd(file)],
])('a file that is %s is replaced', (_, damage) => {
  const folder = folderWithCode();
  const whole = statSync(keptFile(folder)).size;
  damage(keptFile(folder));
  const { loaded, keep } = load(folder);
  expect(loaded.answer()).toBe(42);
  keep();
  expect(statSync(keptFile(folder)).size).toBe(whole);
  expect(load(folder).loaded.answer()).toBe(42);
});

function zeroEnd(file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0, bytes.length - 100));
}

test('a folder that cannot be written to keeps nothing', () => {
  const folder = folderWith({ 'main.cjs': source, cache: 'a file' });
  const { loaded, keep } = load(folder);
  keep();
  expect(loaded.answer()).toBe(42);
});

test('the cache does not grow with each version', () => {
  const folder = folderWith({ 'main.cjs': source });
  for (let version = 0; version < 60; version += 1) {
    writeFileSync(join(folder, 'main.cjs'), `${source}// ${version}`);
    load(folder).keep();
  }
  expect(kept(folder).length).toBeLessThanOrEqual(40);
});

const bundleNamed = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../../dist/bin/${name}.cjs`, import.meta.url)));

test('what looks for changes is a small part of the command line', () => {
  expect(bundleNamed('unchanged').length).toBeLessThan(bundleNamed('main').length / 15);
});

test.each(['main', 'unchanged'])(
  '%s is ASCII, which is read and hashed in a tenth of the time',
  (name) => {
    const bundle = bundleNamed(name);
    // The build escapes other characters, except in patterns and in tagged templates: those are written as `\u2026`.
    expect(bundle.toString().match(/[^\0-\x7f].{0,40}/)?.[0]).toBeUndefined();
  },
);
