import { expect, test } from 'vitest';
import { document, loadFiles, loadText } from './loading.ts';

const yaml = 'openapi: 3.0.3\ninfo: {title: Pets, version: "1"}\npaths: {}\n';

test('reads YAML', async () => {
  const { loaded, told } = await loadText(yaml);
  expect(told).toEqual([]);
  expect(loaded?.document).toEqual({
    openapi: '3.0.3',
    info: { title: 'Pets', version: '1' },
    paths: {},
  });
});

test('copies what YAML aliases and merge keys share', async () => {
  const { loaded } = await loadText(
    `${yaml}x-a: &a {b: [1]}\nx-c: {<<: *a, d: 2}\nx-e: [*a, *a]\n`,
  );
  const tree = loaded?.document as unknown as Record<string, { b: number[] }[]> | undefined;
  expect(tree?.['x-c']).toEqual({ b: [1], d: 2 });
  expect(tree?.['x-e']).toEqual([{ b: [1] }, { b: [1] }]);
  expect(tree?.['x-e']?.[0]).not.toBe(tree?.['x-e']?.[1]);
});

test('takes for text what only YAML 1.1 takes for something else', async () => {
  const { loaded } = await loadText(`${yaml}x-a: [yes, off, 1_000, 2020-01-01, 0o17, 1e3, ~]\n`);
  expect(loaded?.document).toHaveProperty('x-a', [
    'yes',
    'off',
    '1_000',
    '2020-01-01',
    15,
    1000,
    null,
  ]);
});

test.each([
  ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${document()}`)],
  ['UTF-16, little end first', Buffer.from(`\uFEFF${document()}`, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(`\uFEFF${document()}`, 'utf16le').swap16()],
  ['UTF-16 without a byte-order mark', Buffer.from(document(), 'utf16le')],
])('reads %s', async (_, content) => {
  const { loaded, told } = await loadFiles({ 'api.json': content });
  expect(told).toEqual([]);
  expect(loaded?.document.info.title).toBe('Pets');
});

test('says where text is not UTF-8, and goes on', async () => {
  const { loaded, told } = await loadFiles({
    'api.yaml': Buffer.from(yaml.replace('Pets', 'Caf\xe9'), 'latin1'),
  });
  expect(told).toEqual(['warning load/encoding api.yaml:2:18']);
  expect(loaded?.document.info.title).toBe('Caf\uFFFD');
});

test('says where JSON is broken', async () => {
  const { told, messages } = await loadFiles({
    'api.json': '{\n  "openapi": "3.0.3",\n  "info": [1, 2\n}',
  });
  expect(told).toEqual(['error load/syntax api.json:4:1']);
  expect(messages).toEqual(['api.json is not valid JSON: expected "," or "]", but found "}".']);
});

test('reads as YAML what is almost JSON, and says so', async () => {
  const { loaded, told } = await loadFiles({ 'api.json': document().replace(/\}$/, ',}') });
  expect(told).toEqual(['warning load/syntax api.json:1:69']);
  expect(loaded?.document.info.title).toBe('Pets');
});

test('says where YAML is broken', async () => {
  const { told, messages } = await loadText('openapi: 3.0.3\ninfo:\n title: a\n  version: b\n');
  expect(told).toEqual(['error load/syntax api.yaml:4:10']);
  expect(messages).toEqual(['api.yaml is not valid YAML: bad indentation of a mapping entry.']);
});

test('says that a key stands twice, in JSON and in YAML', async () => {
  const json = await loadFiles({
    'api.json': document().replace('"paths":{}', '"paths":{},"paths":{}'),
  });
  expect(json.told).toEqual(['warning load/duplicate-key api.json:1:69 /paths']);
  expect(json.loaded).toBeDefined();
  const spaced = document().replace('"paths":{}', '"paths":{},"paths" :{}');
  const second = await loadFiles({ 'api.json': spaced });
  expect(second.told).toEqual(['warning load/duplicate-key api.json:1:69 /paths']);

  const { loaded, told, messages } = await loadText(`${yaml}paths: {/a: {}}\n`);
  expect(told).toEqual(['warning load/duplicate-key api.yaml:4:1 /paths']);
  expect(messages).toEqual(['The key "paths" stands here twice; the last one counts.']);
  expect(loaded?.document.paths).toEqual({ '/a': {} });
});

test.each([
  ['nothing', '', 'error load/empty api.yaml', 'api.yaml is empty.'],
  ['only space', ' \n\n', 'error load/empty api.yaml', 'api.yaml is empty.'],
  [
    'a list',
    '[]',
    'error load/not-openapi api.yaml',
    'api.yaml is a list, not an OpenAPI document.',
  ],
  ['null', 'null', 'error load/not-openapi api.yaml', 'api.yaml is null, not an OpenAPI document.'],
  [
    'a web page',
    '<!doctype html><p>Hi',
    'error load/not-openapi api.yaml',
    'api.yaml is a string, not an OpenAPI document.',
  ],
  [
    'a NUL byte',
    'openapi: "3.0\0"',
    'error load/syntax api.yaml:1:14',
    'api.yaml is not valid YAML: null byte is not allowed in input.',
  ],
  [
    'another format',
    '{"asyncapi": "2.0.0"}',
    'error load/not-openapi api.yaml',
    'api.yaml has neither "openapi" nor "swagger" at its root.',
  ],
  [
    'a version to come',
    'openapi: 9.9.9\n',
    'error load/unsupported-version api.yaml:1:1 /openapi',
    'api.yaml says openapi: "9.9.9", which is not supported.',
  ],
  [
    'an object for a version',
    '{"openapi": {}}',
    'error load/unsupported-version api.yaml:1:2 /openapi',
    'api.yaml says openapi: {}, which is not supported.',
  ],
  [
    'Swagger 1.2',
    '{"swagger": "1.2"}',
    'error load/unsupported-version api.yaml:1:2 /swagger',
    'api.yaml says swagger: "1.2", which is not supported.',
  ],
])('refuses %s', async (_, content, expected, message) => {
  const { loaded, told, messages } = await loadText(content);
  expect(told).toEqual([expected]);
  expect(messages).toEqual([message]);
  expect(loaded).toBeUndefined();
});

test('wants a version in quotes, unless lenient', async () => {
  const text = 'openapi: 3.1\ninfo: {title: Pets, version: "1"}\npaths: {}\n';
  const { told, hints } = await loadText(text);
  expect(told).toEqual(['error load/invalid api.yaml:1:1 /openapi']);
  expect(hints).toEqual(['Put it in quotes: openapi: "3.1.0".']);

  const { loaded } = await loadText(text, { lenient: true });
  expect(loaded?.version).toBe('3.1');
});

test('reads OpenAPI 3.2', async () => {
  const { loaded, told } = await loadText(
    'openapi: 3.2.0\ninfo: {title: Pets, version: "1"}\npaths:\n  /a:\n    query: {responses: {200: {description: d}}}\n',
  );
  expect(told).toEqual([]);
  expect(loaded?.version).toBe('3.2');
});
