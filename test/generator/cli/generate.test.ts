import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { contentOf } from '../write/folder.ts';
import { petStore, run } from './run.ts';

const document = JSON.stringify(petStore);
const generate = ['generate', '--input', 'pets.json', '--output', 'out'] as const;

test('generates a package from a document, and says what it did', async () => {
  const folder = folderWith({ 'pets.json': document });
  const { code, stdout, stderr } = await run(folder, ...generate, '--name', '@acme/pets');

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^out: 3 operations, 1 batchable, 1 paginated; out: \d+ new, 0 unchanged files\n$/,
  );
  expect(JSON.parse(readFileSync(join(folder, 'out', 'package.json'), 'utf8'))).toMatchObject({
    name: '@acme/pets',
  });
});

test('names the package after the document where nothing else does', async () => {
  const folder = folderWith({ 'pets.json': document });
  await run(folder, ...generate);
  expect(JSON.parse(readFileSync(join(folder, 'out', 'package.json'), 'utf8'))).toMatchObject({
    name: 'pet-store',
  });
});

test('generates the same from the same document', async () => {
  const folder = folderWith({ 'pets.json': document });
  await run(folder, ...generate);
  const first = contentOf(join(folder, 'out'));
  rmSync(join(folder, 'out'), { recursive: true });
  await run(folder, ...generate);
  expect(contentOf(join(folder, 'out'))).toEqual(first);
  expect((await run(folder, ...generate)).stdout).toMatch(/; out is up to date\n$/);
});

test('tells changed files from new ones', async () => {
  const folder = folderWith({ 'pets.json': document });
  await run(folder, ...generate);
  writeFileSync(join(folder, 'pets.json'), document.replaceAll('"listOwners"', '"listKeepers"'));
  const { stdout } = await run(folder, ...generate);
  expect(stdout).toMatch(/; out: \d+ changed, \d+ unchanged files\n$/);
  rmSync(join(folder, 'out/README.md'));
  expect((await run(folder, ...generate)).stdout).toMatch(/; out: 1 new, \d+ unchanged files\n$/);
});

test('generates every target of a configuration, or those that are named', async () => {
  const targets = {
    cats: { input: 'pets.json', output: 'cats', name: 'cats' },
    dogs: { input: 'pets.json', output: 'dogs', name: 'dogs' },
  };
  const files = { 'batchwright.config.json': JSON.stringify({ targets }), 'pets.json': document };
  const folder = folderWith({ ...files, 'deep/below.txt': '' });

  expect((await run(join(folder, 'deep'), 'generate', 'dogs')).stdout).toMatch(/^dogs: [^\n]*\n$/);
  expect(existsSync(join(folder, 'cats'))).toBe(false);

  const { stdout } = await run(folder, 'generate');
  expect(stdout).toMatch(/^cats: .* new, .*\ndogs: .*; dogs is up to date\n$/);
});

test('takes the command line before the configuration', async () => {
  const targets = { pets: { input: 'missing.json', output: 'missing', name: 'pets' } };
  const folder = folderWith({
    'a/batchwright.config.json': JSON.stringify({ targets }),
    'pets.json': document,
  });
  const config = ['--config', 'a/batchwright.config.json'];
  const { code } = await run(folder, ...generate, ...config, '--name', 'cats');
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'out', 'package.json'), 'utf8')).toContain('"name": "cats"');
});

test('prints what a template of the user emits', async () => {
  const target = { input: 'pets.json', output: 'out', templates: ['./notes.mjs'] };
  const folder = folderWith({
    'batchwright.config.json': JSON.stringify({ targets: { pets: target } }),
    'notes.mjs': `export default {
      name: 'notes',
      files: (api) => [{ path: 'NOTES.md', text: '# ' + api.title + '\\n' }],
    };`,
    'pets.json': document,
  });
  expect(await run(folder, 'generate')).toMatchObject({ code: 0, stderr: '' });
  expect(readFileSync(join(folder, 'out', 'NOTES.md'), 'utf8')).toBe('# Pet Store\n');
});

test('fails with 1 and writes nothing where the document cannot be used', async () => {
  const folder = folderWith({ 'pets.json': '{' });
  const { code, stdout, stderr } = await run(folder, ...generate);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/pets\.json(?::\d+:\d+)?: error load\//);
  expect(stderr).toMatch(/^out: 1 error\.$/m);
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('points at the line of a fault', async () => {
  const faulty = {
    ...petStore,
    'x-batchable-actions': [{ summary: 'x', resource: '/x', operation: 'create' }],
  };
  const folder = folderWith({ 'pets.json': JSON.stringify(faulty, null, 2) });
  const { code, stderr } = await run(folder, ...generate);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^pets\.json:\d+:\d+: error batch\/unresolved: /);
  expect(stderr).toContain('\n    at /x-batchable-actions/0\n    hint: ');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('generates one target although another fails', async () => {
  const targets = {
    good: { input: 'pets.json', output: 'good' },
    bad: { input: 'bad.json', output: 'bad' },
  };
  const folder = folderWith({
    'batchwright.config.json': JSON.stringify({ targets }),
    'pets.json': document,
  });
  const { code, stdout } = await run(folder, 'generate');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^good: [^\n]*\n$/);
});

test('refuses to overwrite an edited file without --force', async () => {
  const folder = folderWith({ 'pets.json': document });
  await run(folder, ...generate);
  writeFileSync(join(folder, 'out', 'README.md'), 'mine');

  expect(await run(folder, ...generate)).toEqual({
    code: 1,
    stdout: '',
    stderr: `${join('out', 'README.md')}: error write/edited: The file was edited by hand since it was generated.
    hint: Nothing was written. Undo the edit, or generate with --force, which discards it.
out: 1 error.
`,
  });
  expect(await run(folder, ...generate, '--force')).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, 'out', 'README.md'), 'utf8')).not.toBe('mine');
});

test('lists what differs with --check, and fails', async () => {
  const folder = folderWith({ 'pets.json': document });
  await run(folder, ...generate);
  rmSync(join(folder, 'out', 'api.md'));
  writeFileSync(join(folder, 'out', 'README.md'), 'mine');

  expect(await run(folder, ...generate, '--check')).toEqual({
    code: 1,
    stdout: `missing    ${join('out', 'api.md')}\ndifferent  ${join('out', 'README.md')}\n`,
    stderr: `out: error write/differs: The output is not what would be generated (files: 1 missing, 1 different).
    hint: Generate without --check, and commit the result.
out: 1 error.
`,
  });
  expect(existsSync(join(folder, 'out', 'api.md'))).toBe(false);
});

test('passes --check where nothing differs', async () => {
  const folder = folderWith({ 'pets.json': document });
  await run(folder, ...generate);
  expect(await run(folder, ...generate, '--check')).toMatchObject({ code: 0, stderr: '' });
});

test('reports as JSON', async () => {
  const folder = folderWith({ 'pets.json': document });
  const { code, stdout, stderr } = await run(folder, ...generate, '--format', 'json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    ok: true,
    diagnostics: [],
    targets: [
      {
        name: 'out',
        ok: true,
        input: join(folder, 'pets.json'),
        output: join(folder, 'out'),
        operations: 3,
        batchable: 1,
        paginated: 1,
        files: { changed: [], unchanged: [], removed: [], kept: [] },
        diagnostics: [],
      },
    ],
  });
});

test('reports a failure as JSON', async () => {
  const folder = folderWith({});
  const { code, stdout, stderr } = await run(folder, ...generate, '--format', 'json');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    targets: [{ ok: false, files: null, diagnostics: [{ severity: 'error' }] }],
  });
});

test('tells the time of each stage with --verbose', async () => {
  const folder = folderWith({ 'pets.json': document });
  const { stderr } = await run(folder, ...generate, '--verbose');
  expect(stderr).toMatch(
    /^out: load \d+ ms, normalize \d+ ms, bind \d+ ms, print \d+ ms, write \d+ ms$/m,
  );
  expect(stderr).toMatch(/^start-up \d+ ms, total \d+ ms$/m);
});

test.each([
  [`throw new Error('oops');`, /^template\.mjs:3:7: error config\/template: .* failed: oops$/m],
  [`return 'text';`, /^error config\/template: .* does not give a list of files\.$/m],
  [
    `return [{ path: 'a.ts', text: 'const' }];`,
    /^error config\/template: .* failed: `a\.ts` cannot be parsed: .*\(1:1\)$/m,
  ],
  [`return [{ path: '../a.ts', text: '' }];`, /^error write\/path: "\.\.\/a\.ts" has /m],
])('reports a template that says: %s', async (body, message) => {
  const target = { input: 'pets.json', output: 'out', templates: ['./template.mjs'] };
  const folder = folderWith({
    'batchwright.config.json': JSON.stringify({ targets: { pets: target } }),
    'template.mjs': `export default { name: 'own', files() {\n\n${body}\n} };`,
    'pets.json': document,
  });
  const { code, stderr } = await run(folder, 'generate');
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('lays out what a template of the user prints', async () => {
  const target = { input: 'pets.json', output: 'out', templates: ['./template.mjs'] };
  const folder = folderWith({
    'batchwright.config.json': JSON.stringify({ targets: { pets: target } }),
    'template.mjs': `export default { name: 'own', files: () => [
      { path: 'src/own.ts', text: 'export  const x="1"' },
      { path: 'own.txt', text: 'as  it is' },
    ] };`,
    'pets.json': document,
  });
  await run(folder, 'generate');
  expect(readFileSync(join(folder, 'out', 'src', 'own.ts'), 'utf8')).toBe(
    `export const x = '1';\n`,
  );
  expect(readFileSync(join(folder, 'out', 'own.txt'), 'utf8')).toBe('as  it is');
});
