import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publicUrl } from '../../../generator/cli/init/origin-url.ts';
import { main } from '../../../generator/cli/main.ts';
import { folderWith } from '../config/files.ts';
import { petStore, run } from './run.ts';

const document = JSON.stringify(petStore);
const configOf = (folder: string): string =>
  readFileSync(join(folder, 'batchwright.config.ts'), 'utf8');

test('writes a configuration that generates, with the dialect that it recognizes', async () => {
  const folder = folderWith({ 'openapi.json': document });
  const argv = ['openapi.json', '--output', 'packages/pets', '--name', '@acme/pets'];
  expect(await run(folder, 'init', ...argv)).toEqual({
    code: 0,
    stdout:
      'openapi.json: 3 operations, 1 batchable (meraki), 1 paginated\nbatchwright.config.ts is written. Next: npx batchwright generate\n',
    stderr: '',
  });
  expect(configOf(folder)).toBe(`import { type Config, defineConfig } from 'batchwright';

const config: Config = defineConfig({
  targets: {
    pets: {
      input: 'openapi.json',
      output: 'packages/pets',
      name: '@acme/pets',
      dialect: 'meraki',
      version: 'semver',
    },
  },
});

export default config;
`);
  expect(await run(folder, 'generate')).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(join(folder, 'packages/pets/src/index.ts'))).toBe(true);
});

test('finds the document by its usual name, and takes defaults where nobody can be asked', async () => {
  const folder = folderWith({ 'openapi.json': document });
  expect(await run(folder, 'init')).toMatchObject({ code: 0 });
  expect(configOf(folder)).toContain("input: 'openapi.json'");
  expect(configOf(folder)).toContain("'pet-store': {");
  expect(configOf(folder)).toContain("output: 'client'");
});

test('asks on a terminal, and proposes what it found', async () => {
  const folder = folderWith({ 'swagger.json': document });
  const answers = ['', 'src/client', '@acme/zoo'];
  const questions: string[] = [];
  const silent = { write: () => true };
  const ask = async (question: string): Promise<string> => {
    questions.push(question);
    return answers.shift() ?? '';
  };
  expect(await main(['init'], { stdout: silent, stderr: silent, folder, ask })).toBe(0);
  expect(questions).toEqual([
    'Document (file or URL) [swagger.json]: ',
    'Folder of the package [client]: ',
    'Name of the package [pet-store]: ',
  ]);
  expect(configOf(folder)).toMatch(
    /zoo: \{\n {6}input: 'swagger\.json',\n {6}output: 'src\/client',/,
  );
});

test('knows the repository, without the credentials that its remote holds', async () => {
  const folder = folderWith({ 'openapi.json': document });
  const git = (...argv: readonly string[]): void => void execFileSync('git', argv, { cwd: folder });
  git('init', '--quiet');
  git('remote', 'add', 'origin', 'https://me:secret@git.example/acme/pets.git');
  await run(folder, 'init');
  expect(configOf(folder)).toContain("package: { repository: 'https://git.example/acme/pets' },");
  expect(configOf(folder)).not.toContain('secret');
});

test.each([
  ['git@github.com:acme/pets.git', 'https://github.com/acme/pets'],
  ['ssh://git@github.com/acme/pets.git', 'https://github.com/acme/pets'],
  ['https://token@github.com/acme/pets', 'https://github.com/acme/pets'],
  ['/srv/git/pets.git', undefined],
  ['', undefined],
])('the remote %s is kept at %s', (remote, url) => {
  expect(publicUrl(remote)).toBe(url);
});

test('writes text of a document as text', async () => {
  const folder = folderWith({ "it's.json": document });
  await run(folder, 'init', "it's.json");
  expect(configOf(folder)).toContain(String.raw`input: 'it\'s.json'`);
  expect(await run(folder, 'generate')).toMatchObject({ code: 0 });
});

test.each([
  [
    'a configuration that is there',
    { 'batchwright.config.json': '{}' },
    2,
    'There is a configuration already',
  ],
  ['no document', {}, 2, 'needs a document'],
  ['a document that cannot be read', { 'openapi.json': '{' }, 1, 'load/syntax'],
])('with %s it writes nothing, and says why', async (_, files, code, message) => {
  const folder = folderWith(files);
  const result = await run(folder, 'init');
  expect(result).toMatchObject({ code, stderr: expect.stringContaining(message) });
  expect(existsSync(join(folder, 'batchwright.config.ts'))).toBe(false);
});

test('a name that npm does not take is refused', async () => {
  const folder = folderWith({ 'openapi.json': document });
  const { code, stderr } = await run(folder, 'init', '--name', 'My Client');
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('package name'),
  });
});
