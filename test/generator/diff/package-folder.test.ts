import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { petStore, run } from '../cli/run.ts';

const { '/owners': _, ...pets } = Object(petStore['paths']);
const smaller = JSON.stringify({ ...petStore, paths: pets });
const files = { 'old.json': JSON.stringify(petStore), 'new.json': smaller };

async function generate(folder: string, ...argv: readonly string[]): Promise<void> {
  const at = ['--input', 'old.json', '--output', 'client'];
  expect(await run(folder, 'generate', ...at, ...argv)).toMatchObject({ code: 0 });
}

async function fingerprints(
  folder: string,
  ...argv: readonly string[]
): Promise<readonly string[]> {
  const { stdout, stderr } = await run(folder, 'diff', ...argv, '--format', 'json');
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout);
  return findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
}

test('the folder of a package stands for the document that it was generated of', async () => {
  const folder = folderWith(files);
  await generate(folder);
  const documents = await fingerprints(folder, 'old.json', 'new.json');
  expect(documents.length).toBeGreaterThan(1);
  expect(await fingerprints(folder, 'client', 'new.json')).toEqual(documents);
  expect(await fingerprints(folder, 'new.json', 'client')).toEqual(
    await fingerprints(folder, 'new.json', 'old.json'),
  );
  expect(await fingerprints(folder, 'client', 'client')).toEqual([]);
});

test('the package as it was in a revision does, too', async () => {
  const folder = folderWith(files);
  await generate(folder);
  const git = (...argv: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...argv], {
      cwd: folder,
      stdio: 'ignore',
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'First');
  const documents = await fingerprints(folder, 'old.json', 'new.json');
  expect(await fingerprints(folder, 'git:HEAD:client', 'new.json')).toEqual(documents);
  expect(await fingerprints(folder, '--since', 'HEAD', 'client')).toEqual([]);
});

test('the names that the package was generated with hold for the new document', async () => {
  const folder = folderWith({
    ...files,
    'batchwright.config.mjs': `export default { targets: { pets: {
      input: 'old.json', output: 'client', name: '@acme/zoo',
      rename: { operations: { listPets: 'allPets' } },
    } } };`,
  });
  expect(await run(folder, 'generate')).toMatchObject({ code: 0 });
  expect(await fingerprints(folder, 'client', 'old.json')).toEqual([]);
});

test('a package whose target corrects its document is compared with the new one corrected likewise', async () => {
  const folder = folderWith({
    ...files,
    'overlay.yaml':
      'overlay: 1.0.0\ninfo: { title: t, version: "1" }\nactions:\n  - target: $.paths["/owners"].get\n    remove: true\n',
    'batchwright.config.json': JSON.stringify({
      targets: { pets: { input: 'old.json', output: 'client', overlays: ['overlay.yaml'] } },
    }),
  });
  expect(await run(folder, 'generate')).toMatchObject({ code: 0 });
  expect(await fingerprints(folder, 'client', 'old.json')).toEqual([]);
  expect(await fingerprints(folder, 'old.json', 'new.json', '--target', 'pets')).toEqual([]);
  expect(await fingerprints(folder, 'old.json', 'new.json')).not.toEqual([]);
});

test('a target that the configuration does not have is an error of usage', async () => {
  const folder = folderWith({
    ...files,
    'batchwright.config.json': JSON.stringify({
      targets: { pets: { input: 'old.json', output: 'client' } },
    }),
  });
  const { code, stderr } = await run(folder, 'diff', 'old.json', 'new.json', '--target', 'pet');
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('has no target `pet`'),
  });
});

test.each([
  ['without a document', (api: { document?: string }) => delete api.document],
  ['with a damaged document', (api: { document?: string }) => (api.document = 'AAAA')],
  ['of another document', (api: { digest?: string }) => (api.digest = '0'.repeat(64))],
  [
    'with options of the wrong kind',
    (api: { options?: unknown }) => (api.options = { pagination: 1 }),
  ],
  ['that names an input', (api: { options?: unknown }) => (api.options = { inputs: 'x' })],
])('a record %s cannot be compared, and says so', async (_, change) => {
  const folder = folderWith(files);
  await generate(folder);
  const path = join(folder, 'client/.batchwright.json');
  const record = JSON.parse(readFileSync(path, 'utf8'));
  change(record.api);
  writeFileSync(path, JSON.stringify(record));
  const { code, stderr } = await run(folder, 'diff', 'client', 'new.json');
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('diff/record'),
  });
});

test('a folder that is no package cannot be compared, and says so', async () => {
  const folder = folderWith({ ...files, 'empty/a.txt': '' });
  const { code, stderr } = await run(folder, 'diff', 'empty', 'new.json');
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('The package does not record its document.'),
  });
});
