import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { petStore, run } from './run.ts';

const { '/owners': _, ...pets } = Object(petStore['paths']);
const smaller = { ...petStore, paths: pets };
const described = { ...petStore, info: { ...Object(petStore['info']), description: 'All pets' } };
const folder = folderWith({
  'old.json': JSON.stringify(petStore),
  'smaller.json': JSON.stringify(smaller),
  'described.json': JSON.stringify(described),
  'broken.json': '{',
});

test('exits with 0 where nothing changed', async () => {
  expect(await run(folder, 'diff', 'old.json', 'old.json')).toEqual({
    code: 0,
    stdout: 'none: nothing changed.\n',
    stderr: '',
  });
});

test('exits with 1 where something breaks, and says what', async () => {
  const { code, stdout } = await run(folder, 'diff', 'old.json', 'smaller.json', '--level', 'wire');
  expect(code).toBe(1);
  expect(stdout).toBe(`\
On the wire
  listOwners
    breaking is gone (operation-removed, old line 1, new line 1)

major: 1 of 1 changes break (wire).
`);
});

test('exits with 2 where a document cannot be read', async () => {
  const { code, stdout, stderr } = await run(folder, 'diff', 'old.json', 'broken.json');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('broken.json cannot be compared: 1 error.');
});

test.each([
  [['old.json'], 'takes two documents'],
  [['old.json', 'old.json', 'old.json'], 'takes two documents'],
  [['old.json', 'old.json', '--level', 'wires'], '`--level wires` must be one of'],
  [['old.json', 'old.json', '--fail-on', 'info'], '`--fail-on info` must be one of'],
  [['old.json', 'old.json', '--format', 'xml'], '`--format xml` must be one of'],
  [['old.json', 'old.json', '--since', 'main'], '`--since` takes one document'],
  [['--since', 'main'], '`--since` takes one document, or a configuration with one target'],
])('exits with 2 where the command line is wrong: %s', async (argv, message) => {
  const { code, stderr } = await run(folder, 'diff', ...argv);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test('reports as JSON', async () => {
  const argv = ['old.json', 'smaller.json', '--level', 'wire', '--format', 'json'];
  const { code, stdout } = await run(folder, 'diff', ...argv);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    breaking: true,
    advice: 'major',
    findings: [
      {
        rule: 'operation-removed',
        axis: 'wire',
        severity: 'breaking',
        message: 'is gone',
        operation: 'listOwners',
        old: { pointer: '/paths/~1owners/get', line: 1 },
        new: { pointer: '/paths', line: 1 },
        fingerprint: expect.stringMatching(/^[\da-f]{16}$/),
      },
    ],
  });
});

test('documentation alone asks for a patch', async () => {
  const { code, stdout } = await run(
    folder,
    'diff',
    'old.json',
    'described.json',
    '--format',
    'json',
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ breaking: false, advice: 'patch' });
});

test('fails on warnings where it is asked to', async () => {
  const warned = folderWith({
    'old.json': JSON.stringify({ ...petStore, info: { title: 'Pets', version: '2.0.0' } }),
    'new.json': JSON.stringify({ ...petStore, info: { title: 'Pets', version: '1.0.0' } }),
  });
  expect((await run(warned, 'diff', 'old.json', 'new.json')).code).toBe(0);
  expect((await run(warned, 'diff', 'old.json', 'new.json', '--fail-on', 'warning')).code).toBe(1);
});

test.each(['markdown', 'html'])(
  'reports as %s, with the text of a document escaped',
  async (format) => {
    const strange = folderWith({
      'old.json': JSON.stringify({ ...petStore, servers: [{ url: 'https://a.example/<b>|' }] }),
      'new.json': JSON.stringify(petStore),
    });
    const { stdout } = await run(strange, 'diff', 'old.json', 'new.json', '--format', format);
    expect(stdout).toContain('https://a.example/&lt;b');
    expect(stdout).not.toContain('<b>');
  },
);

test('leaves out what the configuration accepts', async () => {
  const json = ['diff', 'old.json', 'smaller.json', '--format', 'json'];
  const { findings } = JSON.parse((await run(folder, ...json)).stdout);
  const accept = findings.map(({ fingerprint }: { readonly fingerprint: string }) => ({
    fingerprint,
    reason: 'Nobody owns a pet any more',
  }));
  const config = { targets: { pets: { input: 'old.json', output: 'out' } }, accept };
  const file = join(folder, 'batchwright.config.json');
  writeFileSync(file, JSON.stringify(config));
  const { code, stdout } = await run(folder, ...json);
  rmSync(file);
  expect({ code, findings: JSON.parse(stdout).findings }).toEqual({ code: 0, findings: [] });
});

test('compares the only target of the configuration with a revision', async () => {
  const repository = folderWith({
    'apis/pets.json': JSON.stringify(petStore),
    'batchwright.config.json': JSON.stringify({
      targets: { pets: { input: 'apis/pets.json', output: 'out' } },
    }),
  });
  commitAll(repository);
  writeFileSync(join(repository, 'apis/pets.json'), JSON.stringify(smaller));
  const { code, stdout } = await run(repository, 'diff', '--since', 'HEAD', '--format', 'json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout).findings[0]).toMatchObject({ operation: 'listOwners' });
});

function commitAll(repository: string): void {
  const git = (...argv: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...argv], {
      cwd: repository,
      stdio: 'ignore',
    });
  git('init');
  git('add', '.');
  git('commit', '-m', 'First');
}

test('compares with a revision of the repository', async () => {
  const repository = folderWith({ 'api.json': JSON.stringify(petStore) });
  commitAll(repository);
  writeFileSync(join(repository, 'api.json'), JSON.stringify(smaller));
  const since = await run(repository, 'diff', '--since', 'HEAD', 'api.json', '--format', 'json');
  const named = await run(repository, 'diff', 'git:HEAD:api.json', 'api.json', '--format', 'json');
  expect(since.code).toBe(1);
  expect(since.stdout).toBe(named.stdout);
  expect(JSON.parse(since.stdout).findings[0]).toMatchObject({ operation: 'listOwners' });
  const unknown = await run(repository, 'diff', 'git:none:api.json', 'api.json');
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('Git has no none:./api.json');
});
